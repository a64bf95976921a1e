"""Speakers: one person with several names, several people with one name, misspelt names."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library, Period
from index.search.speakers import misspelt, nearest, same_people
from rag import Assistant, Turn
from rag.knowledge.speakers import find_speakers
from rag.quotes.wording import NO_MORE_STATEMENTS

Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, library: Library) -> Write:
    """Add an article."""
    folder = tmp_path / "articles"
    folder.mkdir()

    def write(name: str, text: str, publisher: str = "Daily Post", published: str = "2022-12-22") -> None:
        head = f"---\ntitle: {name}\npublisher: {publisher}\npublished: {published}\n---\n"
        (folder / f"{name}.md").write_text(f"{head}\n{text}\n")
        assert not library.add(folder / f"{name}.md").failed

    return write


def test_several_names_of_one_person() -> None:
    names = [("John Kirby", True), ("Kirby", True), ("J. Kirby", True), ("John F. Kirby", True), ("NASA", False)]
    assert same_people(names) == {
        "John Kirby": "John Kirby",
        "Kirby": "John Kirby",
        "J. Kirby": "John Kirby",
        "John F. Kirby": "John Kirby",
        "NASA": "NASA",
    }


def test_ambiguous_names_are_not_resolved() -> None:
    names = [("Hillary Clinton", True), ("Bill Clinton", True), ("Clinton", True)]
    assert same_people(names) == {name: name for name, _ in names}


def test_place_names_are_not_people() -> None:
    assert same_people([("Jim Jordan", True), ("Jordan", False)])["Jordan"] == "Jordan"


@given(st.lists(st.tuples(st.sampled_from(["A B", "A C B", "B", "D B", "A. B", "van B", "", "É"]), st.booleans())))
def test_every_name_has_a_canonical_one(names: list[tuple[str, bool]]) -> None:
    canonical = same_people(names)
    assert set(canonical) == {name for name, _ in names}
    assert all(canonical[one] == one for one in canonical.values())


def test_misspelt_words() -> None:
    known = ["kirby", "kerry", "zelensky", "li"]
    assert misspelt("kerby", known) == ["kirby", "kerry"]
    assert misspelt("zelenskyy", known) == ["zelensky"]
    assert misspelt("smith", known) == []
    assert misspelt("lo", known) == []
    assert nearest("kirbey", known)[0] == "kirby"


def test_the_speakers_of_a_library(write: Write, library: Library) -> None:
    write("One", "White House spokesman John Kirby said yes. Kirby said it was late. Ann Lee said yes.")
    write("Two", "Spokesman J. Kirby said yes.", publisher="Evening Star", published="2023-01-05")
    kirby, lee = library.speakers()
    assert (kirby.name, kirby.statements, kirby.articles) == ("John Kirby", 3, 2)
    assert set(kirby.names) == {"John Kirby", "J. Kirby"}
    assert kirby.roles[0] == "White House spokesman"
    assert (kirby.first, kirby.last) == (date(2022, 12, 22), date(2023, 1, 5))
    assert (lee.name, lee.statements) == ("Ann Lee", 1)
    assert [s.name for s in library.speech.speakers("LEE")] == ["Ann Lee"]
    assert [s.name for s in library.speech.speakers(publisher="star")] == ["John Kirby"]
    assert library.speech.speakers(publisher="star")[0].statements == 1
    assert [s.name for s in library.speech.speakers(period=Period(until=date(2022, 12, 31)))] == [
        "John Kirby",
        "Ann Lee",
    ]
    assert library.speech.speakers(names=["J. Kirby"])[0].statements == 3

    [two] = library.articles("Two")
    library.remove(two.id)
    assert library.speakers()[0].names == ("John Kirby",)


def test_ambiguous_name(write: Write, library: Library) -> None:
    write("One", "Hillary Clinton said that she would run. Hillary Clinton said it would be hard.")
    write("Two", "Bill Clinton said that he was glad.")
    write("Three", "Senator Clinton said that it was late.")
    assistant = Assistant(library)
    answer = assistant.ask("What did Clinton say?")
    assert answer.text.startswith("“Clinton” may be Hillary Clinton or Bill Clinton. Use a full name to see only")
    assert "would run" in answer.text
    assert "was glad" in answer.text
    hillary = assistant.ask("What did Hillary Clinton say?").text
    assert "would run" in hillary
    assert "glad" not in hillary
    assert "late" not in hillary  # it isn't known whose words these are


@pytest.mark.parametrize("son", ["Donald Trump Jr.", "Donald Trump Jr", "Donald Trump, Jr.,", "Donald Trump III"])
def test_father_and_son(write: Write, library: Library, son: str) -> None:
    write("One", f"{son} said that the rally was large.")
    write("Two", "Donald Trump said that the vote was rigged.")
    write("Three", "Officials were there. Trump said that the tax would end.")
    assistant = Assistant(library)
    answers = {name: assistant.ask(f"What did {name} say?").text for name in (son.strip(","), "Donald Trump", "Trump")}
    of_son, of_father, of_both = answers.values()
    assert "rally" in of_son
    assert "rigged" not in of_son
    assert "tax" not in of_son
    assert "rigged" in of_father
    assert "rally" not in of_father
    assert "tax" not in of_father
    assert "“Trump” may be" in of_both
    assert all(words in of_both for words in ("rally", "rigged", "tax"))


def test_son_does_not_answer_for_his_father(write: Write, library: Library) -> None:
    write("One", "Donald Trump Jr. said that the rally was large. Donald Trump Sr. said that it was late.")
    assistant = Assistant(library)
    answer = assistant.ask("What did Donald Trump say?")
    assert answer.abstained
    assert "Donald Trump Jr." in answer.text  # "Did you mean …?"
    follow_up = assistant.ask("And Donald Trump Jr.?", [Turn("What did Donald Trump Sr. say?", "“…” [1]")])
    assert "rally" in follow_up.text
    assert "late" not in follow_up.text


def test_misspelt_name(assistant: Assistant) -> None:
    answer = assistant.ask("What did Kerby say?")
    assert answer.text.startswith("No speaker named “Kerby” was found. Showing results for “Kirby”.\n\nJohn Kirby (")
    assert "no sign at all" in answer.text
    assert find_speakers(assistant.library, "John Kerby").corrected_name == "John Kirby"


def test_ambiguous_misspelling(write: Write, library: Library) -> None:
    write("One", "John Kirby said yes. Teresa Kerry said no.")
    answer = Assistant(library).ask("What did Kerby say?")
    assert answer.abstained
    assert "Did you mean Teresa Kerry or John Kirby?" in answer.text


def test_unknown_name(assistant: Assistant) -> None:
    answer = assistant.ask("What did Kirbyson say?")
    assert answer.abstained
    assert "The articles report no statements by Kirbyson. Did you mean John Kirby?" in answer.text
    assert "Did you mean" not in assistant.ask("What did Angela Merkel say?").text


def test_near_duplicates_are_merged(write: Write, library: Library) -> None:
    write("One", "Ann Lee said on Monday that the bridge would open in May.")
    write("Two", "Ann Lee said Monday that the bridge would open in May.", publisher="Evening Star")
    answer = Assistant(library).ask("What did Ann Lee say?")
    assert len(answer.citations) == 1
    assert "[1] (also in " in answer.text


def test_many_statements(write: Write, library: Library) -> None:
    write("One", "\n\n".join(f"Ann Lee said that bridge number {n} of the {n * 7} was open to all." for n in range(30)))
    assistant = Assistant(library)
    answer = assistant.ask("What did Ann Lee say?")
    assert len(answer.citations) == 12
    assert answer.text.endswith("Showing 12 of 30 statements.")
    page, total = assistant.page_of_statements("Ann Lee", limit=10, offset=25)
    assert (len(page), total) == (5, 30)
    with pytest.raises(ValueError, match="limit is -1"):
        assistant.statements("Ann Lee", limit=-1)


def test_dates_and_outlets(write: Write, library: Library) -> None:
    write("One", "Ann Lee said that it rained.", publisher="Daily Post", published="2022-12-22")
    write("Two", "Ann Lee said that it snowed.", publisher="Evening Star", published="2023-01-05")
    assistant = Assistant(library)

    def words(question: str) -> str:
        return "".join(c.quote for c in assistant.ask(question).citations)

    assert words("What did Ann Lee say in the Evening Star?") == "Ann Lee said that it snowed."
    assert words("What did Ann Lee say since 2023?") == "Ann Lee said that it snowed."
    assert words("What did Ann Lee say in December 2022?") == "Ann Lee said that it rained."
    nothing = assistant.ask("What did Ann Lee say in 2019?")
    assert nothing.abstained
    assert "The articles report 2 statements by Ann Lee, but none published between 1 January 2019 and" in nothing.text
    assert [s.text for s in assistant.statements("Lee", since=date(2023, 1, 1))] == ["Ann Lee said that it snowed."]
    assert assistant.statements("Lee", publisher="post", until=date(2022, 12, 1)) == []


@pytest.mark.parametrize(
    ("questions", "speakers", "words"),
    [
        (["Who said Russia avoids responsibility?"], {"Mykhailo Podolyak"}, "avoid responsibility"),
        (["Did Kirby reject the remarks?"], {"John Kirby"}, "rejected the remarks"),
        (["What was Putin's response to the Patriot system?"], {"Vladimir Putin"}, "antidote"),
        (["According to Kirby, what will Biden do?"], {"John Kirby"}, "consult Ukraine"),
        (["Who welcomed the ruling on marriage?"], {"Barack Obama"}, "in the Rose Garden"),
        (["What did Obama say about climate change?"], {"Barack Obama"}, "best chance to save the planet"),
        (["What did the French president say about the cathedral?"], {"Emmanuel Macron"}, "rebuilt"),
        (["Compare what Kirby and Putin said about negotiations"], {"John Kirby", "Vladimir Putin"}, "negotiations"),
        (["What did Kirby say about Biden?", "And Putin?"], {"Vladimir Putin"}, ""),
        (["What did Kirby say?", "And about Biden?"], {"John Kirby"}, "Biden was open to talks"),
        (["What did Kirby say about Biden?", "when?"], {"John Kirby"}, "Biden"),
        (["What did Obama say?", "and in December 2015?"], {"Barack Obama"}, "turning point"),
        (["What did Kirby say?", "And Blinken on diplomacy?"], {"Antony Blinken"}, "meaningful diplomacy"),
    ],
)
def test_forms_of_questions(assistant: Assistant, questions: list[str], speakers: set[str], words: str) -> None:
    *before, question = questions
    answer = assistant.ask(question, [Turn(text) for text in before])
    cited = {(c.article_id, c.start, c.end) for c in answer.citations}
    theirs = {
        (s.article_id, s.start, s.end): s.speaker for s in assistant.library.statements() if s.speaker in speakers
    }
    assert cited
    assert cited <= set(theirs)
    assert {theirs[c] for c in cited} == speakers
    assert words in answer.text


def test_statements_of_anyone_about_a_topic(assistant: Assistant) -> None:
    answer = assistant.ask("What has been said about the cathedral of Notre-Dame?")
    assert "Emmanuel Macron (French President)" in answer.text
    assert {assistant.library.article(c.article_id).title[:12] for c in answer.citations} == {"Macron wants"}


def test_unreported_speech_act(assistant: Assistant) -> None:
    answer = assistant.ask("What did Cameron deny?")
    assert answer.abstained
    assert "No denial by David Cameron is reported. The articles report " in answer.text
    assert "No promise by Mark Carney is reported. " in assistant.ask("Did Carney promise anything?").text
    assert assistant.ask("Who criticised Putin?").abstained


def test_inherited_topic_without_statements(assistant: Assistant) -> None:
    answer = assistant.ask("And Macron?", [Turn("What did Putin say about Biden?")])
    assert answer.text.startswith("No statement by Emmanuel Macron about Biden is reported. Showing statements about ")


def test_what_else(write: Write, library: Library) -> None:
    write("One", "\n\n".join(f"Ann Lee said that bridge number {n} of the {n * 7} was open to all." for n in range(15)))
    assistant = Assistant(library)
    first = assistant.ask("What did Ann Lee say?")
    turns = [Turn("What did Ann Lee say?", first.text)]
    second = assistant.ask("what else?", turns)
    assert {c.start for c in second.citations}.isdisjoint(c.start for c in first.citations)
    assert len(second.citations) == 3
    third = assistant.ask("what else?", [*turns, Turn("what else?", second.text)])
    assert NO_MORE_STATEMENTS in third.text


def test_who_else(assistant: Assistant) -> None:
    answer = assistant.ask("who else?", [Turn("What did Kirby say about negotiations?")])
    assert answer.citations
    assert "John Kirby (" not in answer.text


def test_part_of_a_name_is_not_the_name(write: Write, library: Library) -> None:
    write("One", "The board said that the bank was safe. Judge Berman said that it was late.")
    assistant = Assistant(library)
    assert assistant.ask("What did the Broadcasting Board say?").abstained
    assert assistant.ask("What did Leonard E. Burman say?").abstained
    assert assistant.ask("What did Judge Burman say?").citations
