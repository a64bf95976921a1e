"""The texts of answers: plain text, exact quotes, markers such as [1]. Every sentence that users read is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from index import Article, Period, Statement
from index.text import long_date

from ..answer import Answer, Citation
from ..knowledge import SpeakerQuery
from ..question import SpeechQuestion

ABSTAINED = "I couldn't find an answer in your articles."
EMPTY_LIBRARY = "Your library has no articles yet. Add some, then ask again."
LIBRARY_CHANGED = "The articles changed while your question was being answered. Please ask again in a moment."
NOT_ANSWERED = "Some passages are about this, but none seems to answer the question."
EARLIER = "Earlier: "
NO_DATES = "These statements don't mention a date. The dates shown are those of the articles."
NO_MORE_STATEMENTS = "There are no more statements."
SHOWING_QUOTES = "Showing exact quotes instead."

_MAX_NAME_CHARACTERS = 60
# For verbs of a question, what a statement reported with such a verb is.
_SPEECH_ACT_NOUNS = {
    "accuse": "accusation",
    "acknowledge": "acknowledgement",
    "admit": "admission",
    "announce": "announcement",
    "attack": "verbal attack",
    "back": "statement of support",
    "blame": "statement of blame",
    "call": "appeal",
    "complain": "complaint",
    "concede": "concession",
    "condemn": "condemnation",
    "confirm": "confirmation",
    "congratulate": "congratulation",
    "criticise": "criticism",
    "defend": "defence",
    "demand": "demand",
    "deny": "denial",
    "endorse": "endorsement",
    "fear": "expression of fear",
    "hope": "expression of hope",
    "mock": "mockery",
    "oppose": "statement of opposition",
    "praise": "praise",
    "predict": "prediction",
    "promise": "promise",
    "propose": "proposal",
    "question": "expression of doubt",
    "reject": "rejection",
    "support": "statement of support",
    "thank": "expression of thanks",
    "threaten": "threat",
    "urge": "appeal",
    "want": "demand",
    "warn": "warning",
    "welcome": "expression of approval",
}


class FallbackReason(StrEnum):
    """Why exact quotes are shown instead of a written answer, besides failures of the language model."""

    WINDOW_TOO_SMALL = "The language model's context window is too small for the sources."
    UNSAFE_SOURCES = "No source can be sent to the language model, because they address language models."
    UNSUPPORTED = "The language model wrote nothing that the articles support."
    NO_ANSWER = "The language model found no answer in the sources."


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote to show, near-duplicates that contain it, the sentence before it, whether a newer article differs."""

    citation: Citation
    article: Article
    also_in: Sequence[Article] = ()
    context: Citation | None = None
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement to show under the name `speaker`, and further articles that report nearly the same words."""

    statement: Statement
    speaker: str
    citation: Citation
    article: Article
    also_in: Sequence[Article] = ()


def format_quotes(cited: Sequence[CitedQuote], note: str = "") -> str:
    """A note, then each quote with outlet and date, further articles that contain it, and the sentence before it."""
    parts = [note] if note and cited else []
    for quote in cited:
        words = f"{EARLIER if quote.is_earlier else ''}{quoted(quote.citation.quote)} [{quote.citation.marker}]"
        parts.append(f"{words}{origin(quote.article, ' — ')}{_also_in(quote.also_in)}{_context(quote.context)}")
    return "\n\n".join(parts)


def format_mentions(cited: Sequence[CitedQuote], total: int) -> str:
    """The number of articles that mention something, then sentence, title, outlet and date of each one shown."""
    count = "One article mentions it" if total == 1 else f"{total:,} articles mention it"
    parts = [f"{count}:" if total == len(cited) else f"{count}. Showing {len(cited)}:"]
    for quote in cited:
        title = shortened(quote.article.title).rstrip(".")
        words = f"{quoted(quote.citation.quote)} [{quote.citation.marker}]"
        parts.append(f"{words} — {title}{origin(quote.article, ', ')}")
    return "\n\n".join(parts)


def format_statements(cited: Sequence[CitedStatement], total: int, note: str = "") -> str:
    """A note, then the statements by speaker and article, each group headed by speaker, role, outlet and date.

    `total` is the number of all statements that answer the question.
    """
    parts = [note] if note else []
    for _, group in groupby(cited, key=lambda item: (item.speaker, item.article.id)):
        items = list(group)
        role = f" ({items[0].statement.role})" if items[0].statement.role else ""
        parts.append(f"{_capitalised(items[0].speaker)}{role}{origin(items[0].article, ', ')}:")
        # A statement has only the quotation marks of its article: reported speech isn't shown as direct speech.
        parts += [
            f"{item.citation.quote} [{item.citation.marker}]{_reported_by(item.statement)}{_also_in(item.also_in)}"
            for item in items
        ]
    if total > sum(1 + len(item.also_in) for item in cited):
        parts.append(f"Showing {len(cited)} of {total:,} statements.")
    return "\n\n".join(parts)


def abstention(reason: str = "") -> str:
    """The text of an answer that abstains."""
    return f"{ABSTAINED} {reason}" if reason else ABSTAINED


def no_statements(speaker: SpeakerQuery, question: SpeechQuestion, others: int) -> str:
    """Why no statement of a speaker answers; `others` counts the statements that they made in all."""
    name = _display_name(speaker)
    if not others:
        return f"The articles report no statements by {name}.{_did_you_mean(speaker.similar_names)}"
    about = f" about {shortened(question.about)}" if question.about else ""
    outlet = f" in {shortened(question.filters.publisher)}" if question.filters.publisher else ""
    published = published_in(question.filters.period)
    matching = " that matches the filter" if question.filters.where else ""
    return f"The articles report {_count_statements(others)} by {name}, but none{about}{outlet}{published}{matching}."


def no_speech_act(speaker: SpeakerQuery, verb: str, others: int = 0) -> str:
    """That no statement is reported with a verb such as "deny"; `others` counts further statements, if worth saying."""
    name = _display_name(speaker)
    noun = _SPEECH_ACT_NOUNS.get(verb)
    what = f"No {noun} by {name}" if noun else f"No statement by {name} with “{verb}” or a similar verb"
    further = f" The articles report {_count_statements(others, 'other ')} by {name}." if others else ""
    return f"{what} is reported.{further}"


def no_statement_with(words: str) -> str:
    """That the words of a quotation are in no statement."""
    return f"No statement contains the words {quoted(shortened(words))}."


def other_statements(speaker: SpeakerQuery, verb: str) -> str:
    """That no statement is reported with a verb such as "want", and that others are shown."""
    return f"{no_speech_act(speaker, verb)} Showing other statements."


def other_topics(speaker: SpeakerQuery, about: str) -> str:
    """That the statements shown aren't about the topic of the question before."""
    name = _display_name(speaker)
    return f"No statement by {name} about {shortened(about)} is reported. Showing statements about other topics."


def unmentioned(words: Sequence[str], similar_speakers: Sequence[str]) -> str:
    """That no article contains words of the question, with speakers of similar names; empty without words."""
    return f"No article mentions {_any_of(words)}.{_did_you_mean(similar_speakers)}" if words else ""


def corrected_spelling(misspelt: Sequence[str], found: Mapping[str, str]) -> str:
    """That results for another spelling are shown; `found` is the spelling in the articles, by misspelt name."""
    if not misspelt:
        return ""
    spellings = [found[name] for name in misspelt if name in found]
    shown = _any_of(spellings) if len(spellings) == len(misspelt) else "similar spellings"
    return f"No article mentions {_any_of(misspelt)}. Showing results for {shown}."


def speaker_notes(speakers: Sequence[SpeakerQuery]) -> str:
    """How the names in a question were understood, if that isn't obvious: corrected, a role, or ambiguous."""
    notes = []
    for speaker in speakers:
        name = quoted(shortened(speaker.name))
        if speaker.corrected_name:
            notes.append(f"No speaker named {name} was found. Showing results for {quoted(speaker.corrected_name)}.")
        if speaker.role:
            refers = "refers" if len(speaker.speakers) == 1 else "may refer"
            notes.append(f"In your articles, {name} {refers} to {_either([one.name for one in speaker.speakers])}.")
        if speaker.namesakes:
            people = _either([person.name for person in speaker.namesakes])
            notes.append(f"{name} may be {people}. Use a full name to see only one of them.")
    return " ".join(notes)


def pending_note(articles: int) -> str:
    """That speakers aren't identified in all articles yet; empty if they are."""
    if not articles:
        return ""
    count = "one article" if articles == 1 else f"{articles:,} articles"
    return f"Speakers haven't been identified in {count} yet. Please ask again in a moment."


def quotes_instead(quoted: Answer, reason: str) -> Answer:
    """An answer in exact quotes, preceded by the reason why there is no written one: a complete sentence."""
    return replace(quoted, text=f"{reason} {SHOWING_QUOTES}\n\n{quoted.text}")


def left_out_note(sources: int) -> str:
    """That some sources didn't fit in the language model's context window."""
    count, were = ("One more source", "was") if sources == 1 else (f"{sources:,} more sources", "were")
    return f"{count} didn't fit in the language model's context window and {were} left out."


def shortened(words: str) -> str:
    """`words`, truncated if they are long."""
    return words if len(words) <= _MAX_NAME_CHARACTERS else f"{words[: _MAX_NAME_CHARACTERS - 1].rstrip()}…"


def quoted(words: str) -> str:
    """`words` in quotation marks, unless they contain their own."""
    return words if any(mark in words for mark in '“”"') else f"“{words}”"


def published_in(period: Period) -> str:
    """The period in which articles were published, as the end of a sentence; empty for an open one."""
    since, until = period.since, period.until
    if since and since == until:
        return f" published on {long_date(since)}"
    if since and until:
        return f" published between {long_date(since)} and {long_date(until)}"
    if since:
        return f" published since {long_date(since)}"
    return f" published until {long_date(until)}" if until else ""


def _count_statements(number: int, other: str = "") -> str:
    return f"one {other}statement" if number == 1 else f"{number:,} {other}statements"


def _display_name(query: SpeakerQuery) -> str:
    """The name as the articles spell it if only one speaker has it, else as the question does."""
    return query.speakers[0].name if len(query.speakers) == 1 else shortened(query.corrected_name or query.name)


def _did_you_mean(names: Sequence[str]) -> str:
    return f" Did you mean {_either(names)}?" if names else ""


def origin(article: Article, separator: str) -> str:
    """Outlet and date of an article after a separator, as far as they are known; empty if neither is."""
    outlet_and_date = _outlet_and_date(article)
    return separator + outlet_and_date if outlet_and_date else ""


def _reported_by(statement: Statement) -> str:
    return f" (reported by {statement.via})" if statement.via else ""


def _also_in(articles: Sequence[Article]) -> str:
    names = [_outlet_and_date(article) or shortened(article.title) for article in articles]
    return f" (also in {'; '.join(names)})" if names else ""


def _context(citation: Citation | None) -> str:
    return f" (preceded by: {quoted(citation.quote)} [{citation.marker}])" if citation else ""


def _outlet_and_date(article: Article) -> str:
    """As far as they are known."""
    day = long_date(article.published) if article.published else None
    return ", ".join(part for part in (article.publisher, day) if part)


def _any_of(words: Sequence[str]) -> str:
    return _either([quoted(shortened(word)) for word in words])


def _either(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
