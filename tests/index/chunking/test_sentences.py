"""Sentence ends of other scripts, and full stops of other languages that are none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["市议会投票决定关闭渡轮码头。", "市长说这很难！", "为什么？", "没有人知道。"],
        ["市議会は閉鎖を決定した。", "「行きます。」と彼は言った。", "雨だった。", "Yahoo！JAPANは大きい。"],
        ["他说：“我不去。”", "她去了。"],
        ["परिषद ने मतदान किया।", "महापौर ने कहा।"],
        ["صوت المجلس اليوم؟", "نعم."],
        ["کونسل نے ووٹ دیا۔", "میئر نے کہا۔"],
        ["Der Stadtrat tagte am 7. März in Köln.", "Die Sitzung dauerte lange, sagte der Bürgermeister."],
        ["Im 19. Jahrhundert war die Stadt noch klein.", "Dann kam der 2. Weltkrieg und zerstörte sie."],
        ["Das kostet 3 Mio. Euro im Jahr, d. h. zu viel.", "Der Abs. 5 bzw. Nr. 7 gilt nicht mehr."],
        ["La alcaldesa Sra. Calder dijo que no.", "El Sr. Peña y la Dra. Gómez callaron ante los vecinos."],
        ["Il dott. Rossi ha parlato con la sig. Bianchi.", "Poi è andato via con gli altri ospiti della sera."],
        ["Starostka tzv. Nová řekla, že jednání začne 3. Října.", "Pak odešla a už se nevrátila domů."],
        ["Он живёт на ул. Ленина уже давно.", "Мэр сказала, что это было трудное решение."],
        ["Mødet er den 3. Maj i Aarhus, sagde borgmesteren.", "Derefter skal byrådet stemme om planen."],
        # In English, the same words and numbers end a sentence.
        [
            "He came in at number 7.",
            "March was cold, and the council met only on Fridays to discuss its art.",
            "It was dull.",
        ],
        [
            "She had two in the 3.",
            "Mai Tai was the drink of the evening for all of the guests who had come to see her.",
        ],
    ],
)
def test_sentences_of_other_languages(sentences: list[str]) -> None:
    for separator in ("", " ") if sentences[0][-1] in "。！？" else (" ",):
        text = separator.join(sentences)
        assert [span.of(text) for span in sentence_spans(text)] == sentences


@pytest.mark.parametrize("text", ["am 7. März", "Sra. Calder", "Die Feier am 3. Oktober", "Dott. Rossi"])
def test_short_texts_are_not_divided(text: str) -> None:
    assert [span.of(text) for span in sentence_spans(text)] == [text]


@given(
    st.lists(
        st.sampled_from(["7. ", "März", "Sra. ", "Calder", "。", "「", "」", "”", " ", "と", "a", "A", "\n", "!", "？"])
    )
)
def test_every_character_is_in_one_sentence(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
