"""Who said what in a text: quotations, labels, cues, people."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Library, Span, Statement
from index.chunking.sentences import sentence_spans
from index.statements.labels import find_labels
from index.statements.parser import Parser
from index.statements.quotations import quotations
from index.statements.statements import find_statements


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(text: str, parser: Parser) -> list[Statement]:
    """The statements of a text, offsets checked."""
    statements = find_statements(1, text, sentence_spans(text), parser)
    for statement in statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.content
        assert all(statement.start <= span.start < span.end <= statement.end for span in statement.content)
        assert statement.role is None or statement.role in text
        assert statement.mention in text
        assert statement.cue in text
    return statements


def said(text: str, parser: Parser) -> list[tuple[str, str]]:
    """Speaker and sentence of each statement."""
    return [(s.speaker, s.text) for s in read(text, parser)]


def words_said(text: str, parser: Parser) -> list[str]:
    """The words said of the only statement."""
    [statement] = read(text, parser)
    return [span.of(text) for span in statement.content]


@pytest.mark.parametrize(
    "sentence",
    [
        "John Kirby said that the war would go on.",
        "“The war will go on,” John Kirby said.",
        "“The war will go on,” said John Kirby.",
        "“The war,” John Kirby said, “will go on.”",
        '"The war will go on," said John Kirby, a spokesman.',
        "''The war will go on,'' said White House spokesman John Kirby.",
        "‘The war will go on,’ John Kirby said.",
        "“He told me ‘the war will go on’,” John Kirby said.",
        "White House spokesman John Kirby told reporters on Monday that the war would go on.",
        "John Kirby told reporters in an online briefing that the war would go on.",
        "The war will go on, according to John Kirby.",
        "The war will go on, according to White House spokesman John Kirby.",
        "The war, John Kirby said, will go on.",
        "John Kirby, a spokesman for the White House, also denied that the war would go on.",
        "John Kirby, who spoke on Monday, said that the war would go on.",
        "On Monday, John Kirby warned of more war.",
        "John Kirby called for an end to the war.",
        "But John Kirby (D-Ohio) has repeatedly argued that the war would go on.",
        "John Kirby: the war goes on.",
        "The war goes on: John Kirby",
        "John Kirby tweeted: “The war will go on.”",
        "In a letter to Congress, John Kirby wrote that the war would go on.",
        "Asked about the war, John Kirby replied that it would go on.",
        "“The war will go on and on!” exclaimed John Kirby.",
        "Putin was accused by John Kirby of going on with the war.",
        "John Kirby thanked the reporters and said the war would go on.",
        "John Kirby put out a statement saying that the war would go on.",
        "Biden is open to talks, John Kirby mentioned.",
        "John Kirby hopes that the war will end.",
        "John Kirby's claim that the war was over surprised Kyiv.",
        "LONDON, July 19 (AP) — John Kirby said the war would go on.",
    ],
)
def test_forms_of_speech(sentence: str, parser: Parser) -> None:
    assert said(sentence, parser) == [("John Kirby", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor met John Kirby on Monday.",
        "The war will go on.",
        "“John Kirby said so.”",
        "Nothing was said about John Kirby.",
        "John Kirby did not respond to a request for comment.",
        "When asked about the war, the room fell silent.",
        "Note: the bridge is closed.",
    ],
)
def test_no_speech(sentence: str, parser: Parser) -> None:
    assert said(sentence, parser) == []


@pytest.mark.parametrize(
    ("sentence", "words", "is_direct"),
    [
        ("“The war,” Kirby said, “will go on.”", ["“The war,”", "“will go on.”"], True),
        ("Kirby said that the war would go on.", ["that the war would go on"], False),
        ("Kirby said the war was “over.”", ["the war was “over.”"], False),
        ("The war, Kirby said, will go on.", ["The war", "will go on"], False),
        ("“It is over,” Kirby told the BBC.", ["“It is over,”"], True),
    ],
)
def test_the_words_said(sentence: str, words: list[str], is_direct: bool, parser: Parser) -> None:
    assert words_said(sentence, parser) == words
    assert read(sentence, parser)[0].is_direct == is_direct


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Kirby did not say that the war was over.", "did not say"),
        ("Kirby denied that the war was over.", "denied"),
        ("Kirby refused to say that the war was over.", "refused"),
        ("Kirby would not rule out talks, and said so.", "said"),
    ],
)
def test_a_denial_stays_one(sentence: str, cue: str, parser: Parser) -> None:
    [statement] = read(sentence, parser)
    assert statement.text == sentence
    assert statement.cue == cue


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Bank of England cut its rate. The bank said that prices would fall.", "Bank of England"),
        (
            "Silicon Valley Bank sold bonds. The Supreme Court was silent. The bank said that it was sound.",
            "Silicon Valley Bank",
        ),
        ("The bank said that it was sound. Barclays Bank was not named.", "bank"),
    ],
)
def test_a_body_is_called_by_the_last_word_of_its_name(text: str, speaker: str, parser: Parser) -> None:
    assert [who for who, _ in said(text, parser)] == [speaker]


def test_a_role_ends_with_a_noun_and_is_nobody_elses(parser: Parser) -> None:
    text = "Thomas Perlmann, the secretary of the Nobel Assembly, waited. The Nobel Assembly said that he had called."
    assert [(s.speaker, s.role) for s in read(text, parser)] == [("Nobel Assembly", None)]


def test_names_pronouns_and_roles_are_carried(parser: Parser) -> None:
    text = (
        "White House spokesman John Kirby met the mayor, Ann Lee. Kirby said it was cold. He added that it would snow."
        "\n\nLee said no. She denied that it was cold. The spokesman insisted that it was."
    )
    statements = read(text, parser)
    assert [(s.speaker, s.mention, s.inferred) for s in statements] == [
        ("John Kirby", "Kirby", False),
        ("John Kirby", "He", True),
        ("Ann Lee", "Lee", False),
        ("Ann Lee", "She", True),
        ("John Kirby", "The spokesman", True),
    ]
    assert {s.role for s in statements if s.speaker == "John Kirby"} == {"White House spokesman"}


def test_he_and_she_are_told_apart_by_first_names(parser: Parser) -> None:
    text = "Donald Hale met Maria Stone in Rome. He said it was hot. She said it was not. He said it was."
    assert [speaker for speaker, _ in said(text, parser)] == ["Donald Hale", "Maria Stone", "Donald Hale"]


def test_a_quotation_over_several_sentences_is_one_statement(parser: Parser) -> None:
    quotation = "“It is cold. It will snow. We stay,” Ann Lee said. “That is all.”"
    text = f"{quotation}\n\n“One more thing. Take care.”\n\nIt snowed."
    first, second = read(text, parser)
    assert (first.speaker, first.text, first.inferred) == ("Ann Lee", quotation, False)
    assert (second.speaker, second.text, second.inferred) == ("Ann Lee", "“One more thing. Take care.”", True)


def test_a_quotation_over_several_paragraphs_has_one_speaker(parser: Parser) -> None:
    text = "“It is cold,” Ann Lee said. “It will snow.\n\n“We stay here tonight.\n\n“And tomorrow.”\n\nIt snowed."
    assert [speaker for speaker, _ in said(text, parser)] == ["Ann Lee"] * 3


def test_a_long_quotation_becomes_several_statements(parser: Parser) -> None:
    text = "“It is cold,” Ann Lee said. “" + "It was a long and cold winter for all of us. " * 60 + "Yes.”"
    statements = read(text, parser)
    assert len(statements) > 2
    assert all(len(s.text) <= 800 and s.speaker == "Ann Lee" for s in statements)


def test_words_of_one_are_not_given_to_another(parser: Parser) -> None:
    quotation = "“We stay,” John Kirby told Ann Lee."
    text = f"Ann Lee said it was cold.\n\nIt was Monday. {quotation}"
    assert said(text, parser) == [("Ann Lee", "Ann Lee said it was cold."), ("John Kirby", quotation)]


def test_two_speakers_of_one_sentence(parser: Parser) -> None:
    text = "Ann Lee and John Kirby said that it was cold."
    assert said(text, parser) == [("Ann Lee", text), ("John Kirby", text)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Anna Bell, 69, told Reuters on Monday that it was over.", ["Anna Bell"]),
        ("General Motors said yes.", ["General Motors"]),
        ("The Treasury Department said no.", ["Treasury Department"]),
        ("Martin Luther King Jr. said that he had a dream.", ["Martin Luther King Jr."]),
        ("His coach, Patrick Sang, said that he was glad.", ["Patrick Sang"]),
        ("After Ann Brandt insisted, Joe Duarte said yes.", ["Joe Duarte"]),
        ("US Secretary of State Antony Blinken said so. He argued for peace.", ["Antony Blinken"] * 2),
        ("Jim Obergefell of Cincinnati, Ohio, said that it was good.", ["Jim Obergefell"]),
        ("Abdel Fattah al-Sisi spoke. Sisi said it was over.", ["Abdel Fattah al-Sisi"]),
        ("Maria Van Kerkhove spoke. Van Kerkhove said it was over.", ["Maria Van Kerkhove"]),
        ("UN Secretary-General Ban Ki-moon said it was over. Ban called for peace.", ["Ban Ki-moon"] * 2),
        ("Lee Sedol played Go. Lee said it was hard.", ["Lee Sedol"]),
        ("Bill Clinton came with Hillary Clinton. Clinton said it was late.", ["Clinton"]),
        ("Hillary Clinton spoke. Her husband is Bill Clinton. Clinton said it was late.", ["Hillary Clinton"]),
        ("Hillary Clinton came. Bill Clinton came. Mr. Clinton said it was late.", ["Bill Clinton"]),
        ("The Kremlin rejected the claim. It said Kyiv was lying.", ["Kremlin"] * 2),
        ("Ukrainian officials warned of attacks. They said missiles had hit.", ["Ukrainian officials"] * 2),
        ("The report found that prices had doubled.", ["report"]),
        ("Hillary Clinton's campaign rejected the report.", ["Hillary Clinton’s campaign"]),
        ("Former Attorney General Michael Mukasey said yes. AG Mukasey said it was late.", ["Michael Mukasey"] * 2),
        ("“I like [Newt] Gingrich,” said Joe Baker.", ["Joe Baker"]),
        ("“We won Ohio, Utah, Iowa and Maine,” Ann Lee said.", ["Ann Lee"]),
    ],
)
def test_the_right_speaker(text: str, speakers: list[str], parser: Parser) -> None:
    assert [speaker for speaker, _ in said(text, parser)] == speakers


def test_transcripts(parser: Parser) -> None:
    text = (
        "JACK TAPPER: The president spoke on Friday. Take a listen.\n\n(BEGIN VIDEO CLIP.)\n\n"
        "TRUMP: It was a great day.\n\nTAPPER: Was it?\n\nQ: Why?\n\nA: Because he said so."
    )
    assert [(s.speaker, s.text[:12]) for s in read(text, parser)] == [
        ("Jack Tapper", "JACK TAPPER:"),
        ("Trump", "TRUMP: It wa"),
        ("Jack Tapper", "TAPPER: Was "),
        ("Q", "Q: Why?"),
        ("A", "A: Because h"),
    ]


def test_one_capitalised_label_is_no_transcript() -> None:
    assert find_labels("UPDATE: It rained.\n\nWATCH: The rain.\n\nROME: It rained.", lambda _: False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“A,” he said. “B.”", ["“A,”", "“B.”"]),
        ('"A," he said. "B."', ['"A,"', '"B."']),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("“She said “no” to me,” she said.", ["“She said “no” to me,”"]),
        ("“It goes on.\n\n“It ends.”", ["“It goes on.", "“It ends.”"]),
        ("It’s the boys’ room.", []),
        ("He called it ‘a great day’ for Rome.", ["‘a great day’"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("A 5\" nail and a 3' board.", []),
        ("", []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == found


_WORDS = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "''",
    ".",
    ",",
    ":",
    "—",
    "é",
    "😀",
    "Kirby",
    "he",
    "she",
    "said",
    "told",
    "denied",
    "that",
    "and",
    "who",
    "KIRBY",
    "Mr.",
    "was",
    "over",
    "the",
    "war",
    "according",
    "to",
]
_PIECES = st.lists(st.sampled_from([*_WORDS, "\n", " ", ". ", "John Kirby", "Ann Lee"]), max_size=60)


@settings(deadline=None, max_examples=150)
@given(pieces=_PIECES)
def test_offsets_hold_whatever_the_text(pieces: list[str], parser: Parser) -> None:
    read(" ".join(pieces), parser)
    read("".join(pieces), parser)


@given(st.text(alphabet="“”\"'‘’« »a.\n", max_size=80))
def test_quotations_lie_in_order_within_lines(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not any("\n" in span.of(text) for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Word " * 20_000,
        "JOHN KIRBY SAID THAT THE WAR WAS OVER. " * 500,
        "“Kirby said ",
        "“" * 500 + "no" + "”" * 500 + " Kirby said.",
        "Kirby said “no. " * 2_000,
        "Smith John " * 5_000,
        "KIRBY: No.\n\nPUTIN: Yes.\n\n" * 1_000,
        " ".join(f"Ann Name{n} said no." for n in range(2_000)),
    ],
    ids=lambda text: text[:20],
)
def test_odd_texts(text: str, parser: Parser) -> None:
    read(text, parser)


def test_sample_articles(samples: Library) -> None:
    kirby = samples.statements(speakers=["John Kirby"])
    assert len(kirby) == 5
    assert all(s.role == "White House spokesman" for s in kirby)
    assert [s.inferred for s in kirby] == [False, False, False, True, False]
    for statement in samples.statements():
        article = samples.article(statement.article_id)
        assert Span(statement.start, statement.end).of(article.text) == statement.text
        assert not re.match(r"[a-z]", statement.speaker) or not statement.is_person
