"""Speakers across articles: which names are one person's, and which are near to a misspelt one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..records import ALWAYS, Period, Speaker
from ..storage import Database, StatementFilter, StoredSpeaker
from ..text import PARTICLES, folded

_NEAR = 0.6  # similarity from which a name is offered for another one


class Speakers:
    """Who speaks in a library. What takes every name is made anew only after the library has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people: tuple[int, dict[str, str]] | None = None
        self._all: tuple[int, list[tuple[Speaker, str]]] | None = None
        self._words: tuple[int, list[str]] | None = None

    def find(
        self, matching: str, publisher: str | None, period: Period, names: Sequence[str] | None = None
    ) -> list[Speaker]:
        """The speakers that `Library.speakers` gives."""
        if names is None and publisher is None and period == ALWAYS:
            found = self._everyone()
        else:
            canonical = self._same_people() if names is None else self._same_as(names)
            chosen = None if names is None else tuple(canonical)
            stored = self._database.statements.speakers(StatementFilter(chosen, None, publisher, period))
            found = _with_words(merged(stored, canonical))
        words = " ".join(folded(matching))
        return [speaker for speaker, its in found if words in its]

    def words(self) -> list[str]:
        """All words of speakers' names, folded."""
        change = self._database.change()
        if self._words is None or self._words[0] != change:
            self._words = (change, self._database.statements.words())
        return self._words[1]

    def _everyone(self) -> list[tuple[Speaker, str]]:
        change = self._database.change()
        if self._all is None or self._all[0] != change:
            stored = self._database.statements.speakers(StatementFilter())
            self._all = (change, _with_words(merged(stored, self._same_people())))
        return self._all[1]

    def _same_people(self) -> dict[str, str]:
        change = self._database.change()
        if self._people is None or self._people[0] != change:
            self._people = (change, same_people(self._database.statements.names()))
        return self._people[1]

    def _same_as(self, names: Sequence[str]) -> dict[str, str]:
        """The part of `_same_people` that has to do with these names."""
        near = self._database.statements.names_with({word for name in names for word in folded(name)})
        canonical = same_people(near)
        wanted = {canonical[name] for name in names if name in canonical}
        return {name: one for name, one in canonical.items() if one in wanted}


def same_people(names: Sequence[tuple[str, bool]]) -> dict[str, str]:
    """For each stored name, the fullest name of the one who bears it.

    "Kirby" and "J. Kirby" are "John Kirby" as long as no other Kirby speaks: else they stay by themselves, and nobody
    is guessed. A single word goes with a full name only where it is known to be a person's, since a company or a
    country may bear it too.

    Args:
        names: stored names, each with whether it is known to be a person's.
    """
    full: dict[tuple[str, str], list[str]] = defaultdict(list)  # (first, last) → names
    by_last: dict[str, set[tuple[str, str]]] = defaultdict(set)
    single: list[tuple[str, tuple[str, ...]]] = []
    canonical = {name: name for name, _ in names}
    for name, is_person in names:
        words = folded(name)
        if len(words) > 1 and len(words[0]) > 1 and words[0] not in PARTICLES:
            full[words[0], words[-1]].append(name)
            by_last[words[-1]].add((words[0], words[-1]))
        elif words and (is_person or len(words) > 1):
            single.append((name, words))
    for bearers in full.values():
        fullest = max(bearers, key=lambda name: (name[:1].isupper(), -bearers.index(name)))
        canonical.update(dict.fromkeys(bearers, fullest))
    for name, words in single:
        is_initial = len(words) > 1 and words[0] not in PARTICLES
        people = [key for key in by_last[words[-1]] if not is_initial or key[0].startswith(words[0])]
        if len(people) == 1:
            canonical[name] = canonical[full[people[0]][0]]
    return canonical


def merged(stored: Sequence[StoredSpeaker], canonical: dict[str, str]) -> list[Speaker]:
    """One speaker for all stored names of a person, those with the most statements first."""
    groups: dict[str, list[StoredSpeaker]] = defaultdict(list)
    for speaker in stored:
        groups[canonical.get(speaker.name, speaker.name)].append(speaker)
    speakers = [_speaker(name, group) for name, group in groups.items()]
    return sorted(speakers, key=lambda speaker: (-speaker.statements, speaker.name.casefold()))


def _with_words(speakers: Iterable[Speaker]) -> list[tuple[Speaker, str]]:
    """Each speaker with the words of all names, folded, one name a line."""
    return [(speaker, "\n".join(" ".join(folded(name)) for name in speaker.names)) for speaker in speakers]


def _speaker(name: str, group: Sequence[StoredSpeaker]) -> Speaker:
    first = [speaker.first for speaker in group if speaker.first]
    last = [speaker.last for speaker in group if speaker.last]
    roles = dict.fromkeys(role for speaker in group for role in speaker.roles)
    return Speaker(
        name,
        tuple(sorted((speaker.name for speaker in group), key=lambda other: other != name)),
        tuple(roles),
        sum(speaker.statements for speaker in group),
        sum(speaker.articles for speaker in group),
        min(first, default=None),
        max(last, default=None),
        any(speaker.is_person for speaker in group),
    )


def misspelt(word: str, known: Iterable[str]) -> list[str]:
    """The known words of which `word` may be a misspelling: one letter differs, two in long words."""
    if len(word) < 4:
        return []
    most = 1 if len(word) < 9 else 2
    return [
        other
        for other in known
        if other[:1] == word[0] and 0 < DamerauLevenshtein.distance(word, other, score_cutoff=most) <= most
    ]


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words that look most like `word`, the likeliest first."""
    found = process.extract(
        word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_NEAR, limit=limit
    )
    return [other for other, _, _ in found]
