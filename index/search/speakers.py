"""Speakers across articles: which names belong to one person, and which resemble a misspelt one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..records import ALWAYS, Period, Speaker
from ..storage import EVERYTHING, Database, Selection, StatementFilter, StoredSpeaker
from ..text import PARTICLES, fold_name, suffix_of

_MIN_SIMILARITY = 0.6  # for a name to be suggested


class Speakers:
    """The speakers of a library. What needs all names is cached until the library changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people: tuple[int, dict[str, str]] | None = None
        self._all: tuple[int, list[tuple[Speaker, str]]] | None = None
        self._words: tuple[int, list[str]] | None = None

    def find(
        self,
        matching: str,
        publisher: str | None = None,
        period: Period = ALWAYS,
        names: Sequence[str] | None = None,
        within: Selection = EVERYTHING,
    ) -> list[Speaker]:
        """The speakers that `StatementSearch.speakers` returns."""
        if names is None and publisher is None and period == ALWAYS and within.is_everything:
            found = self._everyone()
        else:
            canonical = self._same_people() if names is None else self._same_as(names)
            chosen = None if names is None else tuple(canonical)
            stored = self._database.statements.speakers(StatementFilter(chosen, None, publisher, period, within))
            found = _with_words(merge(stored, canonical, self._database.merges.pairs()))
        words = " ".join(fold_name(matching))
        return [speaker for speaker, own in found if words in own]

    def words(self) -> list[str]:
        """The folded words of all speaker names."""
        change = self._database.change()
        if self._words is None or self._words[0] != change:
            self._words = (change, self._database.statements.words())
        return self._words[1]

    def _everyone(self) -> list[tuple[Speaker, str]]:
        change = self._database.change()
        if self._all is None or self._all[0] != change:
            stored = self._database.statements.speakers(StatementFilter())
            merged = merge(stored, self._same_people(), self._database.merges.pairs())
            self._all = (change, _with_words(merged))
        return self._all[1]

    def _same_people(self) -> dict[str, str]:
        change = self._database.change()
        if self._people is None or self._people[0] != change:
            found = same_people(self._database.statements.names())
            self._people = (change, with_merges(found, self._database.merges.pairs()))
        return self._people[1]

    def _same_as(self, names: Sequence[str]) -> dict[str, str]:
        """The entries of `_same_people` for these names and others of the same people."""
        merges = self._database.merges.pairs()
        known = set(names)
        while True:
            near = self._database.statements.names_with({word for name in known for word in fold_name(name)})
            canonical = with_merges(same_people(near), merges)
            wanted = {canonical[name] for name in names if name in canonical}
            found = {name: one for name, one in canonical.items() if one in wanted}
            # Merged names may have no word in common: their own are looked up, too.
            linked = {name for pair in merges if known.union(found) & set(pair) for name in pair}
            if linked <= known:
                return found
            known |= linked


def same_people(names: Sequence[tuple[str, bool]]) -> dict[str, str]:
    """Map each stored name to the fullest name of the same speaker.

    "Kirby" and "J. Kirby" are merged with "John Kirby" unless another Kirby speaks: then they stay separate rather than
    being guessed. A single word is merged with a full name only if it is known to be a person's, because companies and
    countries have such names too. "Donald Trump" and "Donald Trump Jr." are two people; a lone "Trump" isn't the son.

    Args:
        names: stored names, each with whether it is known to be a person's.
    """
    full: dict[tuple[str, str, str], list[str]] = defaultdict(list)  # (first, last, suffix) → names
    by_last: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    single: list[tuple[str, tuple[str, ...]]] = []
    canonical = {name: name for name, _ in names}
    for name, is_person in names:
        words = fold_name(name)
        if len(words) > 1 and len(words[0]) > 1 and words[0] not in PARTICLES:
            person = (words[0], words[-1], suffix_of(name))
            full[person].append(name)
            by_last[words[-1]].add(person)
        elif words and (is_person or len(words) > 1):
            single.append((name, words))
    for bearers in full.values():
        fullest = max(bearers, key=lambda name: (name[:1].isupper(), -bearers.index(name)))
        canonical.update(dict.fromkeys(bearers, fullest))
    for name, words in single:
        is_initial = len(words) > 1 and words[0] not in PARTICLES
        suffix = suffix_of(name)
        people = [
            key
            for key in by_last[words[-1]]
            if (not is_initial or key[0].startswith(words[0])) and (not suffix or key[2] == suffix)
        ]
        if len(people) == 1 and people[0][2] == suffix:
            canonical[name] = canonical[full[people[0]][0]]
    return canonical


def with_merges(canonical: dict[str, str], merges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Apply the merges by hand to the result of `same_people`: the name of the other speaker is that of both."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        name = canonical.get(name, name)
        while name in parents:
            name = parents[name]
        return name

    for name, other in merges:
        one, another = root(name), root(other)
        if one != another:
            parents[one] = another
    shown: dict[str, str] = {}  # the last name of a chain may have lost its statements: then another one is shown
    names = set(canonical.values())
    for name in canonical.values():
        shown.setdefault(root(name), root(name) if root(name) in names else name)
    return {name: shown[root(name)] for name in canonical}


def merge(
    stored: Sequence[StoredSpeaker], canonical: dict[str, str], merges: Iterable[tuple[str, str]] = ()
) -> list[Speaker]:
    """Merge the stored names of each person into one speaker. Most statements first."""
    groups: dict[str, list[StoredSpeaker]] = defaultdict(list)
    for speaker in stored:
        groups[canonical.get(speaker.name, speaker.name)].append(speaker)
    by_hand = [name for name, _ in merges]
    speakers = [_speaker(name, group, by_hand) for name, group in groups.items()]
    return sorted(speakers, key=lambda speaker: (-speaker.statements, speaker.name.casefold()))


def _with_words(speakers: Iterable[Speaker]) -> list[tuple[Speaker, str]]:
    """Each speaker with the folded words of all its names, one name per line."""
    return [(speaker, "\n".join(" ".join(fold_name(name)) for name in speaker.names)) for speaker in speakers]


def _speaker(name: str, group: Sequence[StoredSpeaker], by_hand: Sequence[str]) -> Speaker:
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
        tuple(dict.fromkeys(one for one in by_hand if one != name and any(one == other.name for other in group))),
    )


def misspelt(word: str, known: Iterable[str]) -> list[str]:
    """Known words of which `word` may be a misspelling: one edit, or two for words of nine letters or more."""
    if len(word) < 4:
        return []
    max_edits = 1 if len(word) < 9 else 2
    return [
        other
        for other in known
        if other[:1] == word[0] and 0 < DamerauLevenshtein.distance(word, other, score_cutoff=max_edits) <= max_edits
    ]


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Known words that resemble `word`, most similar first."""
    found = process.extract(
        word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_MIN_SIMILARITY, limit=limit
    )
    return [other for other, _, _ in found]
