"""The type of a question: about words or deeds, about articles as wholes, about the library, or no question."""

import pytest

from rag.question import FactQuestion, LibraryQuestion, OverviewQuestion, SmallTalk, SpeechQuestion

from .stub_knowledge import parse_question


@pytest.mark.parametrize(
    ("question", "speakers", "about"),
    [
        # verbs of the lexicon, with particles and listeners
        ("What did Lagarde reveal about the talks?", ("Lagarde",), "the talks"),
        ("What did Lagarde hint at?", ("Lagarde",), None),
        ("What does Lagarde concede about inflation?", ("Lagarde",), "inflation"),
        ("What did Tusk lash out at?", ("Tusk",), None),
        ("What did Tusk come out against?", ("Tusk",), None),
        ("What did Tusk tell reporters about the border?", ("Tusk",), "the border"),
        ("What did Tusk say to parliament about the border?", ("Tusk",), "the border"),
        ("What has Tusk been saying about coal?", ("Tusk",), "coal"),
        ("Hasn't Tusk denied the report?", ("Tusk",), "the report"),
        ("Did Tusk ever say that coal has no future?", ("Tusk",), "coal has no future"),
        # verbs that are in no list
        ("What did Lagarde divulge about the merger?", ("Lagarde",), "the merger"),
        ("What did Lagarde rave about?", ("Lagarde",), None),
        # passive and carried
        ("What was said by Lagarde about the euro?", ("Lagarde",), "the euro"),
        ("What was Lagarde quoted as saying about the euro?", ("Lagarde",), "the euro"),
        ("How was the plan described by Lagarde?", ("Lagarde",), "the plan"),
        # nouns
        ("What was Lagarde's reaction to the vote?", ("Lagarde",), "the vote"),
        ("Any comment from Boeing on the crash?", ("Boeing",), "the crash"),
        ("the position of Norway on whaling", ("Norway",), "whaling"),
        ("What promises did Macron make about pensions?", ("Macron",), "pensions"),
        ("Macron on pensions", ("Macron",), "pensions"),
        # indirect
        ("I'd like to know what Lagarde said about the euro.", ("Lagarde",), "the euro"),
        ("Could you find out whether Lagarde mentioned the euro?", ("Lagarde",), "the euro"),
        # misspelt, without capitals
        ("wht did zelenski say about grain", ("zelenski",), "grain"),
        ("what did kirby sya about iran", ("kirby",), "iran"),
        ("waht does merkel thnk of the treaty", ("merkel",), "the treaty"),
        ("what did kirby hint at", ("Kirby",), None),
        # several speakers
        ("How do Macron and Scholz differ on defence?", ("Macron", "Scholz"), "defence"),
        # in another's words
        ("According to Unesco, how many people fell ill?", ("Unesco",), "how many people fell ill"),
        ("In Lagarde's view, what caused the crisis?", ("Lagarde",), "what caused the crisis"),
    ],
)
def test_what_somebody_said(question: str, speakers: tuple[str, ...], about: str | None) -> None:
    parsed = parse_question(question)
    assert isinstance(parsed, SpeechQuestion), parsed
    assert tuple(name.lower() for name in parsed.speakers) == tuple(name.lower() for name in speakers)
    assert parsed.about == about


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Who criticised the budget?", "the budget"),
        ("Who attacked the plan as reckless?", "the plan as reckless"),
        ("Who attacked the proposal?", "the proposal"),
        ("Which senators came out against the bill?", "the bill"),
        ("Who among the ministers denounced the coup?", "the coup"),
        ("Who called for a ceasefire?", "a ceasefire"),
        ("Who called the deal a disaster?", "the deal a disaster"),
        ("Were there any doctors who disputed the study?", "the study"),
        ("Who was it that denied the charges?", "the charges"),
        ("By whom was the plan condemned?", "the plan"),
        ("What has been said about the tunnel?", "the tunnel"),
    ],
)
def test_who_said_something(question: str, about: str) -> None:
    parsed = parse_question(question)
    assert isinstance(parsed, SpeechQuestion), parsed
    assert (parsed.speakers, parsed.about) == ((), about)


@pytest.mark.parametrize(
    "question",
    [
        "Who attacked Pearl Harbor?",
        "Who opposed Napoleon at Waterloo?",
        "Which fund backed the start-up?",
        "Who supported the roof during the repair?",
        "Who was told to leave the building?",
        "How many people were told to stay inside?",
        "Where did Obama announce his candidacy?",
        "When was the treaty rejected?",
        "Why did the league call off the match?",
        "Who answered the phone?",
        "Who named the ship?",
        "Who questioned the suspect overnight?",
        "Who charged the driver?",
        "Who called the ambulance?",
        "What is the capital of Malta called?",
        "What did the floodwater reveal beneath the car park?",
        "What war featured Huguenot regiments?",
        "Friedrich thought imperialism was what for the country?",
        "Which country was thinking about going to war?",
        "What law justified the siege?",
        "Which towns are threatened by the lava?",
        "Which countries did Trump threaten with tariffs?",
        "How long did Kirby speak?",
        "how tall is the eiffel tower",
    ],
)
def test_deeds_are_facts(question: str) -> None:
    assert isinstance(parse_question(question), FactQuestion)


@pytest.mark.parametrize(
    ("question", "kind", "subject"),
    [
        ("What is the Notre-Dame article about?", "article", "Notre-Dame"),
        ("Give me a summary of the report on the chess scandal.", "article", "the chess scandal"),
        ("What happened in Valencia?", "article", "Valencia"),
        ("Which articles mention Kirby?", "mentions", "Kirby"),
        ("Is there anything about Brexit in here?", "mentions", "Brexit"),
        ("do you have any stories about whales", "mentions", "whales"),
        ("what's the latest on the miners' strike", "mentions", "the miners' strike"),
        ("In how many articles does China appear?", "mentions", "China"),
    ],
)
def test_overviews(question: str, kind: str, subject: str) -> None:
    parsed = parse_question(question)
    assert isinstance(parsed, OverviewQuestion), parsed
    assert (parsed.kind, parsed.query.text) == (kind, subject)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many articles are there?", "count"),
        ("how mny articels do you have", "count"),
        ("Which article is the newest?", "newest"),
        ("what's the oldest article", "oldest"),
        ("Which outlets are in the collection?", "outlets"),
        ("What is in here?", "contents"),
        ("list all articles", "contents"),
    ],
)
def test_questions_about_the_library(question: str, kind: str) -> None:
    parsed = parse_question(question)
    assert isinstance(parsed, LibraryQuestion), parsed
    assert parsed.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hello!", "greeting"),
        ("good morning", "greeting"),
        ("thanks!", "thanks"),
        ("Thank you very much", "thanks"),
        ("bye", "farewell"),
        ("Help", "help"),
        ("What can I ask you?", "help"),
        ("Who are you?", "help"),
        ("ok", "help"),
    ],
)
def test_small_talk(text: str, kind: str) -> None:
    parsed = parse_question(text)
    assert isinstance(parsed, SmallTalk), parsed
    assert parsed.kind == kind


@pytest.mark.parametrize("text", ["Kirby", "biden?", "Suez Canal", "0", "[1]", "the economy"])
def test_words_to_search_for_are_neither(text: str) -> None:
    assert isinstance(parse_question(text), FactQuestion)
