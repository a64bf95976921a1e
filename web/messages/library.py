"""Texts of the Library tab and of the status line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .common import counted, join_parts, page_of

TAB = "Library"
UPLOAD = "Add files (web pages, text, PDF, Word, EPUB, e\u2011mail, tables, ZIP archives)"
ADDRESS = "Add from the web"
ADDRESS_HINT = "https:// address of an article, feed or sitemap"
ADD, FOLLOW, STOP = "Add", "Follow feed", "Stop"
ENTER_ADDRESS = "Enter a web address starting with https://"

FOLLOWED_FEEDS, FEEDS = "Followed feeds", "Feeds"
NO_FEEDS = "No feeds followed yet. Enter the address of a feed above and choose “Follow feed”."
UPDATE_FEEDS = "Check for new articles"
UNFOLLOW = "Unfollow selected feed"
NO_FEED_SELECTED = "Select a feed first."
ALREADY_UNFOLLOWED = "This feed is no longer followed."

SEARCH = "Search titles, outlets, authors and texts"
ORDER = "Sort by"
ORDERS = (("Last added", "added"), ("Newest", "published"), ("Title", "title"), ("Outlet", "publisher"))
FILTERS = "Filters"
OUTLET, ANY_OUTLET = "Outlet", "All outlets"
TAG, ANY_TAG = "Tag", "All tags"
COLLECTION, ANY_COLLECTION = "Collection", "All collections"
SINCE, UNTIL = "Published from", "Published until"
CLEAR_FILTERS = "Clear filters"
ARTICLES, ARTICLE = "Articles", "Article"
EMPTY_HEADING = "Your library is empty"
EMPTY = "Drop files above, or enter the address of an article or a feed. To try it first, add the sample articles."
SAMPLES, ADD_SAMPLES = "Sample articles", "Add the sample articles"
NO_MATCH = "No matching articles. Try fewer words, or clear the filters."
NONE_SELECTED = "Select an article to read it here."
PREVIOUS, NEXT = "Previous", "Next"

SELECT_SEVERAL, DONE = "Select several", "Done"
REMOVE_SELECTED = "Remove selected"
LABEL, ADD_TAG, ADD_TO_COLLECTION = "Tag or collection", "Add tag", "Add to collection"
NOTHING_SELECTED = "Select at least one article."
UNDO = "Undo"

EDIT, REMOVE = "Edit details", "Remove article"
TITLE, AUTHOR, PUBLISHED = "Title", "Author", "Published"
TAGS, TAGS_HINT, COLLECTIONS = "Tags", "Type a word and press Enter.", "Collections"
SAVE, CANCEL, REVERT = "Save", "Cancel", "Undo all edits"
ALREADY_REMOVED = "This article has already been removed."
EDITED_FIELDS = {"title": "title", "publisher": "outlet", "author": "author", "published": "day"}

STOP_ADDING = "Stop adding"
NO_ARTICLE_IN_FILE = "Not added — the file contains no articles"
UPLOADS_BUSY = "other files are being added; try again in a minute"
WAITING_FOR_JOB = "Waiting for another job to finish"


def article_count(first: int, shown: int, total: int) -> str:
    """The line above the list."""
    return page_of("article", first, shown, total)


def article_details(
    byline: str, source: str, article_id: int, added: str, tags: Sequence[str] = (), *, is_edited: bool = False
) -> str:
    """The second line of an article in the list."""
    edited = "edited" if is_edited else None
    return join_parts([byline, source, f"ID\u00a0{article_id}", f"added {added}", edited, ", ".join(tags)])


def article_origin(
    sources: Sequence[str], date_from: str | None, modified: str | None, edited: Sequence[str] = ()
) -> str:
    """The line above an article's text: where it came from, and the fields that were edited by hand."""
    fields = ", ".join(EDITED_FIELDS.get(field, field) for field in edited)
    return join_parts(
        [
            f"Source: {', '.join(sources)}",
            f"date from {date_from}" if date_from else None,
            f"updated {modified}" if modified else None,
            f"edited by hand: {fields}" if edited else None,
        ]
    )


def revision(since: str, until: str, article_id: int) -> str:
    """Heading of an earlier version of an article."""
    return f"Version from {since} to {until} (ID {article_id})"


def removed(title: str, articles: int) -> str:
    """Articles were removed; `title` is that of the first."""
    return f"Removed “{title}”." if articles == 1 else f"Removed {counted(articles, 'article')}."


def restored(articles: int) -> str:
    """A removal was undone."""
    return f"{counted(articles, 'article')} restored."


def labelled(name: str, articles: int) -> str:
    """Articles were tagged, or put into a collection."""
    return f"Added “{name}” to {counted(articles, 'article')}."


def unfollowed(title: str) -> str:
    """A feed was unfollowed."""
    return f"Unfollowed “{title}”. Its articles stay in your library."


def feed_details(url: str, checked: str | None, failure: str | None) -> str:
    """The second line of a feed in the list."""
    if failure:
        return join_parts([url, f"failed: {failure}"])
    return join_parts([url, f"checked {checked} UTC" if checked else "not fully read yet"])


def files(number: int) -> str:
    """Name of an upload of several files."""
    return counted(number, "file")


def upload_progress(  # noqa: PLR0913 the parts of a line
    number: int,
    total: int,
    file: str,
    articles: tuple[int, int] | None,
    per_second: float | None,
    seconds_left: float | None,
    *,
    is_stopping: bool,
) -> str:
    """The progress of an upload: which file, and how many of its articles are added."""
    return join_parts(
        [
            f"file {min(number, total):,} of {total:,}" if total > 1 else None,
            file,
            f"{articles[0]:,} of {counted(articles[1], 'article')}" if articles else None,
            f"{per_second:.1f} per second" if per_second else None,
            f"about {_duration(seconds_left)} left" if seconds_left is not None and seconds_left >= 1 else None,
            "stopping" if is_stopping else None,
        ]
    )


def outcomes(counts: Mapping[str, int], failed: int = 0, is_stopped: bool = False) -> str:
    """The outcome of adding: "2 articles added, 1 unchanged, 1 failed". `counts` are articles by outcome."""
    parts = [f"{count:,} {outcome}" for outcome, count in counts.items() if count]
    if parts:
        outcome, count = next((outcome, count) for outcome, count in counts.items() if count)
        parts[0] = f"{counted(count, 'article')} {outcome}"
    if failed:
        parts.append(f"{failed:,} failed")
    text = ", ".join(parts) or "No new articles"
    return f"{text}. Stopped; added articles stay in your library." if is_stopped else text


def not_added(reasons: Sequence[str], added: int = 0) -> str:
    """A source failed, or a part of it."""
    rest = f" ({counted(added, 'article')} added)" if added else ""
    return f"Not added — {'; '.join(reasons)}{rest}"


def with_notes(text: str, notes: Sequence[str]) -> str:
    """The outcome of a file, and what of it was skipped."""
    return f"{text}. Skipped: {'; '.join(notes)}" if notes else text


def skipped_sources(sources: Sequence[str], shown: int) -> str:
    """The sources that were skipped for the same reason."""
    return ", ".join(sources[:shown]) + (f" and {len(sources) - shown:,} others" if len(sources) > shown else "")


def skipped(reason: str) -> str:
    """Something wasn't read although nothing failed."""
    return f"Skipped — {reason}"


def more_skipped(number: int) -> str:
    """Skipped sources beyond those listed."""
    return f"{number:,} more skipped"


def more_failures(number: int) -> str:
    """Failures beyond those listed."""
    return f"{number:,} more failed"


def job_progress(done: int, total: int, seconds_left: float | None, item: str, is_stopping: bool) -> str:
    """The progress of a running job. `total` is 0 until the first answer."""
    return join_parts(
        [
            f"{done:,} of {total:,}" if total else "Contacting the server…",
            f"about {_duration(seconds_left)} left" if seconds_left is not None else None,
            "stopping" if is_stopping else None,
            item,
        ]
    )


def job_status(name: str, done: int, total: int) -> str:
    """Part of the status line: a job is running."""
    return f"{name}: {done:,} of {counted(total, 'source')} added."


def embedding_status(done: int, total: int) -> str:
    """Part of the status line: passages are being embedded."""
    return f"Preparing search by meaning: {done:,} of {counted(total, 'passage')}."


def speakers_status(done: int, total: int) -> str:
    """Part of the status line: statements are being extracted."""
    return f"Identifying speakers: {done:,} of {counted(total, 'article')}."


SEARCHABLE = "You can already search."


def _duration(seconds: float) -> str:
    return counted(round(seconds), "second") if seconds < 90 else counted(round(seconds / 60), "minute")
