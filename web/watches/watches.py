"""The entry point for watches."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from index import Where
from index.fetch import normalize_url
from rag import Assistant, QuestionError
from rag.question import normalize_question

from .matching import Matcher
from .records import Kind, Match, Watch, WatchError
from .watch_file import Message, StoredMatch, WatchFile

MAX_NAME = 200  # characters
_BATCH = 16  # articles that are compared before it is recorded


class Watches:
    """Saved searches, questions and speakers of a library, and the articles added since that match them.

    Every article is compared with a watch once, in the order in which articles are accepted, and after all its vectors
    and statements are ready: over restarts and kills, none is missed and none is found twice. Safe to use from several
    threads and processes.
    """

    def __init__(self, assistant: Assistant, file: Path | None = None) -> None:
        """Open the watches of a library.

        Args:
            assistant: answers over the library.
            file: where they are kept; by default `watches.db` in the library's directory. Made with the first watch.
        """
        self.assistant = assistant
        self._path = file
        self._opened: tuple[WatchFile, Matcher] | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        if self._opened:
            self._opened[0].close()

    def watch(
        self,
        name: str,
        *,
        query: str | None = None,
        question: str | None = None,
        speaker: str | None = None,
        where: Where | None = None,
        webhook: str | None = None,
    ) -> Watch:
        """Watch for new articles: with all words of a query, that answer a question, or in which somebody speaks.

        Args:
            name: a name for people, also of the feed.
            query: words.
            question: a question.
            speaker: a name; nobody of that name needs to have said anything yet.
            where: only articles that this filter selects.
            webhook: an http or https address that new matches are sent to.

        Returns:
            The watch. `secret` verifies the webhook's messages; it can't be read again.

        Raises:
            WatchError: there isn't exactly one of query, question and speaker, or one of them is empty or too long.
            SourceError: the webhook's address isn't allowed.
        """
        given: list[tuple[Kind, str]] = []
        for kind, words in (("query", query), ("question", question), ("speaker", speaker)):
            if words is not None:
                given.append((kind, words))  # type: ignore[arg-type]
        if len(given) != 1:
            raise WatchError("Give exactly one of query, question and speaker.")
        [(kind, words)] = given
        name = " ".join(name.split())
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
            raise WatchError(f"The name has {len(name):,} characters; it must have 1 to {MAX_NAME}, all printable.")
        try:
            words = normalize_question(words)
        except QuestionError as error:
            raise WatchError(f"{kind}: {error}") from None
        if kind == "query" and not self.assistant.library.passages.terms(words):
            raise WatchError("The query has only very common words. Please add a word that is worth watching for.")
        address = None if webhook is None else normalize_url(webhook)
        last_id = self.assistant.library.catalog.last_id()
        return self.file.add(name, kind, words, where or Where(), last_id, address)

    def watches(self) -> list[Watch]:
        """All watches, oldest first."""
        return self.file.watches()

    def get(self, watch_id: int) -> Watch:
        """A watch by id.

        Raises:
            WatchNotFound: no watch has this id.
        """
        return self.file.watch(watch_id)

    def remove(self, watch_id: int) -> None:
        """Remove a watch with its matches.

        Raises:
            WatchNotFound: no watch has this id.
        """
        self.file.remove(watch_id)

    def enable(self, watch_id: int) -> Watch:
        """Send to a webhook again that was disabled after many failures; what it has missed is sent first.

        Raises:
            WatchNotFound: no watch has this id.
        """
        self.file.enable(watch_id)
        return self.file.watch(watch_id)

    def matches(self, watch_id: int, limit: int = 50, offset: int = 0) -> list[Match]:
        """Matches of a watch, newest first, without those in articles that were removed.

        Raises:
            WatchNotFound: no watch has this id.
        """
        watch = self.file.watch(watch_id)
        return self.complete(watch, self.file.matches(watch, limit, offset))

    def find_matches(self, stop: threading.Event | None = None) -> int:
        """Compare the articles added since the last call with all watches. Returns the number of new matches.

        Ends early if `stop` is set; the next call goes on where this one ended.
        """
        if self.file.is_missing:
            return 0
        self.file.forget_after(self.assistant.library.catalog.last_id())
        return sum(self._find_matches(watch, stop or threading.Event()) for watch in self.file.watches())

    def complete(self, watch: Watch, stored: Iterable[StoredMatch]) -> list[Match]:
        """Matches with their articles, without those that were removed or no longer have the quote's characters."""
        stored = list(stored)
        articles = self.assistant.library.catalog.by_id({match.article_id for match in stored})
        return [
            Match(match.id, watch.id, articles[match.article_id], match.span.start, match.span.end, match.found)
            for match in stored
            if match.article_id in articles and match.span.end <= len(articles[match.article_id].text)
        ]

    def matches_of(self, message: Message) -> list[Match]:
        """The matches that a message to a webhook is about."""
        return self.complete(message.watch, self.file.matches_of(message))

    @property
    def file(self) -> WatchFile:
        """The file."""
        return self._parts()[0]

    def _parts(self) -> tuple[WatchFile, Matcher]:
        with self._lock:
            if self._opened is None:
                path = self._path or self.assistant.library.directory / "watches.db"
                self._opened = WatchFile(path), Matcher(self.assistant)
            return self._opened

    def _find_matches(self, watch: Watch, stop: threading.Event) -> int:
        library, (file, matcher) = self.assistant.library, self._parts()
        count, seen = 0, watch.seen
        while not stop.is_set() and (ids := library.catalog.ready(seen, _BATCH)):
            found = matcher.matches(watch, ids)
            new = {i: span for i, span in found.items() if not self._is_known(watch, i)}
            watch = replace(watch, seen=seen)
            if not file.record(watch, ids[-1], new):
                return count  # another process is comparing them
            count, seen = count + len(new), ids[-1]
        return count

    def _is_known(self, watch: Watch, article_id: int) -> bool:
        """Whether an earlier version of an article has matched already: a correction isn't news."""
        earlier = [revision.id for revision in self.assistant.library.revisions(article_id)]
        return bool(earlier) and self.file.matched(watch, earlier)
