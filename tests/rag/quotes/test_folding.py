"""Statements and passages are shown as one only if they report the same; newer versions come first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import Library
from rag import Answer, Assistant

Ask = Callable[..., Answer]
FLOOD = """HUARAZ, Peru (Harbour Wire) - Flash floods triggered by two days of heavy rain killed at least {dead} \
people and destroyed more than 300 homes in Peru's Ancash region, officials said.

"The river rose three metres in less than an hour," civil defence chief Jorge Salas told reporters in Huaraz. \
"People had no time." He said {missing} people were still missing.

Regional governor Lucia Quispe declared a state of emergency and asked the central government for helicopters. A \
spokesman for the defence ministry said two helicopters would be sent from Trujillo.

Residents said no siren had sounded. "We heard a noise like a train," said Ana Huaman, a 38-year-old shopkeeper. "Then \
the wall was gone."
"""
OLD_FLOOD, NEW_FLOOD = FLOOD.format(dead=17, missing=46), FLOOD.format(dead=31, missing=22)
FERRY = """A ferry with {aboard} passengers sank off the coast of Lornea early on Sunday after its engine failed, the \
coast guard said. The vessel, the Silver Tern, had left the port of Mellin at midnight. Rescuers searched the bay with \
four boats and a helicopter. The captain, Piet Maas, was found on a raft and taken to hospital in Mellin.
"""


@pytest.fixture
def ask(tmp_path: Path, library: Library) -> Ask:
    """Ask about articles, each given as (publisher, day, text)."""

    def ask(question: str, *articles: tuple[str, str, str]) -> Answer:
        folder = tmp_path / "articles"
        folder.mkdir()
        for number, (publisher, published, text) in enumerate(articles):
            head = f"---\ntitle: Report {number}\npublisher: {publisher}\npublished: {published}\n---\n"
            (folder / f"{number}.md").write_text(f"{head}\n{text}\n")
        assert not library.add(folder).failed
        return Assistant(library).ask(question)

    return ask


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "What did Ann Cole say about taxes?",
            '"We will raise taxes on homes next year," finance minister Ann Cole told parliament on Monday.',
            '"We will not raise taxes on homes next year," finance minister Ann Cole told parliament on Tuesday.',
        ),
        (
            "What did Li Wei say about profit?",
            "Li Wei, the chief financial officer of Company A, said profit would fall.",
            "Li Wei, the chief financial officer of Company B, said profit would rise.",
        ),
        (
            "What did Mary Owusu say about the port?",
            "Harbour chief Mary Owusu said on Monday that the old port of Tema would close before the winter.",
            "Harbour chief Mary Owusu said on Monday that the old port of Tema would never close before the winter.",
        ),
        (
            "What did Pavel Novak say about the strike?",
            "Union leader Pavel Novak said the strike at the Brno plant would last for 12 days at the most.",
            "Union leader Pavel Novak said the strike at the Brno plant would last for 20 days at the most.",
        ),
        (
            "What did Carla Reyes say about the summit?",
            "Foreign minister Carla Reyes said that the next summit of the group would be held in Lisbon.",
            "Foreign minister Carla Reyes said that the next summit of the group would be held in Madrid.",
        ),
        (
            "What did Sam Hill say about the vaccine?",
            "Sam Hill, a scientist at Norbury University, said that the new vaccine was safe for children.",
            "Sam Hill, a scientist at Norbury University, said that the new vaccine was unsafe for children.",
        ),
        (
            "What did Omar Haddad say about the talks?",
            "Envoy Omar Haddad said that the talks about water would begin again on Thursday in Geneva.",
            "Envoy Omar Haddad said that the talks about water would begin again on Sunday in Geneva.",
        ),
    ],
)
def test_statements_that_differ_are_both_shown(ask: Ask, question: str, one: str, other: str) -> None:
    answer = ask(question, ("H", "2024-03-04", one), ("K", "2024-03-05", other))
    assert {citation.quote for citation in answer.citations} == {one, other}
    assert "also in" not in answer.text


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "What did Ann Cole say about taxes?",
            '"We won\'t raise taxes on homes next year," finance minister Ann Cole told parliament on Monday.',
            '"We won\'t raise taxes on homes next year," minister Ann Cole told parliament on Monday.',
        ),
        (
            "What did Pavel Novak say about the strike?",
            "Union leader Pavel Novak said the strike at the Brno plant would last for 12 days at the most.",
            "Union leader Pavel Novak said that the strike at the Brno plant would last for twelve days at most.",
        ),
        (
            "What did Mary Owusu say about the port?",
            "Harbour chief Mary Owusu said on Monday that the old port of Tema would close before the winter.",
            "Harbour chief Mary Owusu said on 4 March that the old port of Tema would close before the winter.",
        ),
    ],
)
def test_one_statement_in_two_outlets_is_shown_once(ask: Ask, question: str, one: str, other: str) -> None:
    answer = ask(question, ("H", "2024-03-04", one), ("K", "2024-03-05", other))
    assert len(answer.citations) == 1
    assert "(also in " in answer.text


def test_namesakes_with_the_same_words_are_both_shown(ask: Ask) -> None:
    text = "{1}.\n\nLi Wei, head of {0}, spoke in Alder.\n\nLi Wei said profit would fall because of high prices."
    articles = [
        text.format("Acme Motors", "A maker of cars has met its shareholders"),
        text.format("Bolt Foods", "Schools will get other bread"),
    ]
    answer = ask(
        "What did Li Wei say about profit?", ("H", "2024-03-04", articles[0]), ("K", "2024-03-05", articles[1])
    )
    assert len(answer.citations) == 2
    assert "also in" not in answer.text


def test_words_of_two_speakers_are_both_shown(ask: Ask) -> None:
    text = "{}, who leads the party, met voters in Alder.\n\nHe said that the election had been stolen from the people."
    answer = ask(
        "Who said that the election had been stolen?",
        ("H", "2024-03-04", text.format("John Harper")),
        ("K", "2024-03-05", text.format("Peter Lang")),
    )
    assert len(answer.citations) == 2
    assert "also in" not in answer.text


@pytest.mark.parametrize(
    ("question", "new"),
    [
        ("How many people were killed in the floods in Ancash?", "at least 31 people"),
        ("How many people are missing after the floods in Ancash?", "22 people were still missing"),
    ],
)
@pytest.mark.parametrize("is_newer_first", [False, True])
def test_the_newest_version_answers(ask: Ask, question: str, new: str, is_newer_first: bool) -> None:
    articles = [("H", "2024-03-04", OLD_FLOOD), ("H", "2024-03-05", NEW_FLOOD)]
    answer = ask(question, *(articles[::-1] if is_newer_first else articles))
    assert new in " ".join(citation.quote for citation in answer.citations[:2])
    parts = answer.text.split("\n\n")
    changed = [part for part in parts if "31 people" in part or "22 people" in part]
    stale = [part for part in parts if "17 people" in part or "46 people" in part]
    assert changed
    assert all(part.startswith("Earlier: ") and parts.index(part) > parts.index(changed[0]) for part in stale)
    assert "also in" not in " ".join(changed)


def test_what_has_not_changed_is_also_in_the_earlier_version(ask: Ask) -> None:
    articles = [("H", "2024-03-04", OLD_FLOOD), ("K", "2024-03-05", NEW_FLOOD)]
    answer = ask("Who declared a state of emergency in Ancash?", *articles)
    quotes = [citation.quote for citation in answer.citations]
    assert any("Lucia Quispe" in quote for quote in quotes)
    assert len(set(quotes)) == len(quotes)
    assert not [part for part in answer.text.split("\n\n") if "31 people" in part and "also in" in part]


def test_versions_of_a_passage_are_two_hits(ask: Ask, library: Library) -> None:
    edited = NEW_FLOOD.replace("HUARAZ, Peru (Harbour Wire) - ", "").replace("said Ana", "said Mrs Ana")
    ask("floods", ("H", "2024-03-04", OLD_FLOOD), ("K", "2024-03-05", NEW_FLOOD), ("L", "2024-03-05", edited))
    hits = Assistant(library).search("How many people were killed in the floods in Ancash?")
    also_in = {dead: len(hit.also_in) for hit in hits for dead in (17, 31) if f"{dead} people" in hit.passage.text}
    assert also_in == {31: 1, 17: 0}, [hit.passage.text for hit in hits]


def test_different_numbers_of_one_day_are_both_shown(ask: Ask) -> None:
    answer = ask(
        "How many passengers were on the ferry that sank off Lornea?",
        ("H", "2024-03-04", FERRY.format(aboard=85)),
        ("K", "2024-03-04", FERRY.format(aboard=112)),
    )
    text = " ".join(citation.quote for citation in answer.citations)
    assert "85 passengers" in text
    assert "112 passengers" in text
    assert not [part for part in answer.text.split("\n\n") if "passengers" in part and "also in" in part]


def test_a_newer_statement_about_a_topic_comes_first(ask: Ask) -> None:
    text = "Police chief Dana Moss said that {} people had been arrested after the march through the city of Alder."
    answer = ask(
        "What did Dana Moss say about the march?",
        ("H", "2024-03-04", text.format(9)),
        ("H", "2024-03-05", text.format(14)),
    )
    assert ["14 people" in citation.quote for citation in answer.citations] == [True, False]
