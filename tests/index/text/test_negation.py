"""Whether a word of a sentence is negated."""

import pytest

from index.text import is_negated


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Ian Frazier did not dispute that he had been in the villa.", "dispute"),
        ("Anne Cole refused to criticise the ruling.", "criticise"),
        ("She didn’t deny it.", "deny"),
        ("Maria Lopez no longer believes that the deal is fair.", "believes"),
        ("Neither Ann Cole nor Bob Reed said that the bridge was safe.", "said"),
        ("Ann Cole stopped short of accusing the minister of fraud.", "accusing"),
        ("Ann Cole has yet to confirm the deal.", "confirm"),
        ("Ann Cole couldn't confirm the report.", "confirm"),
        ("Nobody promised anything.", "promised"),
        ("Ann Cole avoided criticising the ruling.", "criticising"),
        ("He resigned instead of denying it.", "denying"),
    ],
)
def test_negated(sentence: str, word: str) -> None:
    assert is_negated(sentence, sentence.index(word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("He denied that it was free.", "denied"),
        ("The failed candidate criticised the ruling.", "criticised"),
        ("Instead he criticised the ruling.", "criticised"),
        ("Yet he criticised the ruling.", "criticised"),
        ("A short statement criticised the ruling.", "criticised"),
        ("He not only criticised the ruling.", "criticised"),
        ("No fewer than five ministers criticised it.", "criticised"),
        ("Ann Cole did not resign but denied the claim.", "denied"),
        ("Ann Cole, who never voted, criticised the ruling.", "criticised"),
        ("It was not late. She promised to come.", "promised"),
        ("“I am not afraid,” she warned.", "warned"),
        ("Refused entry, he criticised the guards.", "criticised"),
        ("Nothing was said about it, and Reed promised an answer.", "promised"),
    ],
)
def test_not_negated(sentence: str, word: str) -> None:
    assert not is_negated(sentence, sentence.index(word))


def test_only_the_clause_before_the_word_counts() -> None:
    text = "not " * 100_000 + "far away. " + "a word " * 100_000 + "criticised"
    assert not is_negated(text, text.index("criticised"))
    assert is_negated("not criticised", 4)
    assert not is_negated("criticised", 0)
