"""Texts of the Speakers tab."""

from __future__ import annotations

from collections.abc import Sequence

from .common import counted, join_parts, page_of

TAB = "Speakers"
SEARCH = "Search speakers"
FILTERS = "Outlet and date"
OUTLET, ANY_OUTLET = "Outlet", "All outlets"
SINCE, UNTIL = "From", "To"
WITH_GROUPS = "Also groups without a name (“officials”, “residents”)"
BACK = "Back to the list"
SPEAKERS = "Speakers"
PREVIOUS, NEXT = "Previous", "Next"
EARLIER, LATER = "Earlier", "Later"

STATEMENTS = "Statements"
NONE_SELECTED = "Select a speaker to read their statements by date."
NO_SPEAKERS = "No speakers found yet. Add articles in the Library tab; finding their speakers takes a moment."
NO_MATCH = "No matching speakers."

TIMELINE = "Statements over time"
ASK_ABOUT = "Ask about this"


MERGE = "Same speaker under another name?"
MERGE_WITH, MERGE_BUTTON = "Merge into", "Merge"
MERGED, SEPARATE = "Merged by hand", "Separate"
CHOOSE_OTHER = "Choose the other name first."


def merged(name: str, other: str) -> str:
    """Two speakers were merged."""
    return f"“{name}” is now part of “{other}”. You can separate them below."


def separated(name: str) -> str:
    """A merge was undone."""
    return f"“{name}” is a speaker of its own again."


def speaker_count(first: int, shown: int, total: int, hidden: int = 0) -> str:
    """The line above the list. `hidden` groups aren't in it."""
    order = ", people first" if total > 1 else ""
    return join_parts(
        [page_of("speaker", first, shown, total) + order, f"{counted(hidden, 'group')} hidden" if hidden else None]
    )


def speaker_details(role: str | None, statements: int, articles: int, dates: Sequence[str]) -> str:
    """The second line of a speaker in the list."""
    period = " – ".join(day.replace(" ", "\u00a0") for day in dates)  # no line break within a date
    return join_parts([role, f"{counted(statements, 'statement')} in {counted(articles, 'article')}", period])


def statements_summary(roles: Sequence[str], other_names: Sequence[str], first: int, shown: int, total: int) -> str:
    """The line under a speaker's name."""
    also = f"also {', '.join(other_names)}" if other_names else ""
    return join_parts(["; ".join(roles), also, page_of("statement", first, shown, total)])


DIRECT_SPEECH, REPORTED_SPEECH = "Direct speech", "Reported speech"


def reported_by(reporter: str) -> str:
    """Who passes a statement on, if not the author of the article."""
    return f"reported by {reporter}"


def inferred_speaker(mention: str, speaker: str) -> str:
    """A statement names its speaker only by a pronoun or a role."""
    return f"“{mention}” = {speaker} (inferred)" if mention else f"{speaker} (inferred)"


def timeline_bar(period: str, count: int) -> str:
    """Tooltip of a bar."""
    return f"{period}: {counted(count, 'statement')}"


def question_about(words: str) -> str:
    """The question that "Ask about this" asks. `rag.question` has to understand it."""
    return f"What has been said about this: {words}"
