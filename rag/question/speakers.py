"""Whom a name in a question stands for among the speakers of a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index import ORGANISATIONS, PARTICLES, Library, Speaker, bare_name, folded, initials, is_title, may_be_same

_MAX_NEAREST = 3
_KEPT = 256  # names


@dataclass(frozen=True, slots=True)
class SpeakerQuery:
    """A name in a question, and the speakers that it may stand for.

    `corrected` is the name that was meant where the one typed is a misspelling; `nearest` are names that look like it
    where nobody speaks who bears it; `role` tells that it is no name, but what the articles call the speakers.
    """

    name: str
    speakers: tuple[Speaker, ...]
    corrected: str | None = None
    role: str | None = None
    nearest: tuple[str, ...] = ()

    @property
    def stored(self) -> tuple[str, ...]:
        """The names under which the statements are kept."""
        return tuple(name for speaker in self.speakers for name in speaker.names)

    @property
    def people(self) -> tuple[Speaker, ...]:
        """The speakers of a full name, when the name that was asked for fits several; else none."""
        full = tuple(speaker for speaker in self.speakers if len(folded(speaker.name)) > 1)
        return full if len(full) > 1 and len(_bare(self.name)) == 1 else ()


class SpeakerFinder:
    """Finds speakers by name, each once as long as the library doesn't change."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._change = -1
        self._found: dict[str, SpeakerQuery] = {}

    def find(self, name: str) -> SpeakerQuery:
        """The speakers for whom a name may stand."""
        if (change := self._library.change()) != self._change or len(self._found) > _KEPT:
            self._change, self._found = change, {}
        found = self._found
        if name not in found:
            found[name] = find_speakers(self._library, name)
        return found[name]


def find_speakers(library: Library, name: str) -> SpeakerQuery:
    """The speakers for whom a name may stand.

    "Kirby" stands for "John Kirby"; "John Kirby" for "Kirby" and "J. Kirby", but not for "Jack Kirby".
    """
    wanted = _bare(name)
    if found := _bearers(library, wanted):
        return SpeakerQuery(name, found)
    if name.isupper() and (found := _abbreviated(library, name)):
        return SpeakerQuery(name, found)
    if found := _called(library, name):
        return SpeakerQuery(name, found, role=name)
    meant = {other: found for other in _misspelt(library, wanted) if (found := _meant(library, other))}
    if len(meant) == 1:
        [(other, found)] = meant.items()
        return SpeakerQuery(name, found, corrected=_as_written(other, found))
    near = [speaker.name for found in meant.values() for speaker in found] or _nearest(library, wanted)
    return SpeakerQuery(name, (), nearest=tuple(dict.fromkeys(near))[:_MAX_NEAREST])


def _meant(library: Library, wanted: tuple[str, ...]) -> tuple[Speaker, ...]:
    """The bearers of a name that was misspelt: of a full name, only who has it in full."""
    return tuple(s for s in _bearers(library, wanted) if len(wanted) == 1 or _bears(s, wanted))


def _is_common(name: str) -> bool:
    return name.islower() or folded(name)[-1] in ORGANISATIONS


def _bare(name: str) -> tuple[str, ...]:
    """The words of a name to look for: no titles, roles, or small words before it ("al-Sisi")."""
    words = folded(_without_role(bare_name(name)))
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    return words


def _abbreviated(library: Library, name: str) -> tuple[Speaker, ...]:
    """The speakers whose capitals spell the name: "WHO"."""
    names = [other for other in library.speaker_names([name.lower()]) if initials(other) == name.lower()]
    return tuple(library.speakers(names=names)) if names else ()


def _called(library: Library, name: str) -> tuple[Speaker, ...]:
    """The people whom an article calls by this role: "the French president"."""
    if not any(is_title(word) for word in name.split()):
        return ()
    names = library.speakers_called(folded(name))
    return tuple(library.speakers(names=names)) if names else ()


def _bearers(library: Library, wanted: tuple[str, ...]) -> tuple[Speaker, ...]:
    """The speakers whose name may be the wanted one; those with the most statements first."""
    if not wanted:
        return ()
    names = [name for name in library.speaker_names(wanted) if may_be_same(wanted, folded(name))]
    if len(wanted) > 1:  # a "Board" is not the Broadcasting Board
        names = [name for name in names if len(folded(name)) > 1 or not _is_common(name)]
    if not names:
        return ()
    speakers = library.speakers(names=names)
    if len(wanted) > 1:
        # "Clinton" alone is no statement of Hillary's where Bill speaks too.
        family = library.speakers(names=library.speaker_names(wanted[-1:]))
        bearers = [s for s in family if len(folded(s.name)) > 1 and folded(s.name)[-1] == wanted[-1]]
        speakers = [s for s in speakers if len(bearers) < 2 or _bears(s, wanted)]
    return tuple(speakers)


def _bears(speaker: Speaker, wanted: tuple[str, ...]) -> bool:
    """True where the speaker has a full name that may be the wanted one."""
    full = [folded(name) for name in speaker.names if len(folded(name)) > 1]
    return any(may_be_same(wanted, name) for name in full)


def _misspelt(library: Library, wanted: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The names that differ from the wanted one by a letter in one of its words."""
    found = []
    for at, word in enumerate(wanted):
        if not library.speaker_names([word]):
            found += [(*wanted[:at], other, *wanted[at + 1 :]) for other in library.misspelt_names(word)]
    return found


def _nearest(library: Library, wanted: Sequence[str]) -> list[str]:
    """Full names of speakers that look like the wanted one."""
    words = [other for word in reversed(wanted) if len(word) > 2 for other in library.nearest_names(word)]
    names = library.speaker_names(words) if words else []
    speakers = library.speakers(names=names) if names else []
    return [s.name for s in speakers if s.is_person]


def _as_written(words: Sequence[str], speakers: Sequence[Speaker]) -> str:
    """Folded words as the speakers' names write them."""
    written = {folded(part)[0]: part for s in speakers for name in s.names for part in name.split() if folded(part)}
    return " ".join(written.get(word, word) for word in words)


def _without_role(name: str) -> str:
    """ "AG Mukasey" and "Oscar-winner Sarandon" are a role and a name; "JACK KIRBY" and "J. Kirby" are names."""
    parts = name.split()
    while len(parts) > 1 and _is_role(parts[0], parts[-1]):
        parts.pop(0)
    return " ".join(parts)


def _is_role(word: str, last: str) -> bool:
    is_acronym = len(word) > 1 and word.isalpha() and word.isupper() and not last.isupper()
    is_compound = word[0].isupper() and "-" in word and word.rsplit("-", 1)[1].islower()
    return is_acronym or is_compound or word.lower() in ("the", "both")
