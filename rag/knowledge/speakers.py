"""Find the speakers of a library that a name in a question refers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Library, Speaker
from index.statements import Relation, nouns_meant_by, relation_of
from index.text import (
    ORGANISATION_NOUNS,
    PARTICLES,
    acronym_of,
    fold_name,
    is_title,
    may_be_same_person,
    strip_titles,
    suffix_of,
)

_MAX_SIMILAR_NAMES = 3
_MAX_CACHED_NAMES = 256


@dataclass(frozen=True, slots=True)
class SpeakerQuery:
    """A name in a question and the speakers that it may refer to.

    Attributes:
        name: the name as typed.
        speakers: the matching speakers.
        corrected_name: the name that was meant, if the typed one is misspelt.
        role: the name as typed, if it is what the articles call the speakers rather than a name ("the president").
        similar_names: names of speakers that look similar, if none matches.
    """

    name: str
    speakers: tuple[Speaker, ...]
    corrected_name: str | None = None
    role: str | None = None
    similar_names: tuple[str, ...] = ()

    @property
    def stored_names(self) -> tuple[str, ...]:
        """The names that the statements of the speakers are stored under."""
        return tuple(name for speaker in self.speakers for name in speaker.names)

    @property
    def namesakes(self) -> tuple[Speaker, ...]:
        """The speakers with a full name, if the name is a single word that matches several of them."""
        full = tuple(speaker for speaker in self.speakers if len(fold_name(speaker.name)) > 1)
        return full if len(full) > 1 and len(_name_words(self.name)) == 1 else ()


class SpeakerFinder:
    """Finds speakers by name and caches the results until the library changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._change = -1
        self._cache: dict[str, SpeakerQuery] = {}

    def find(self, name: str) -> SpeakerQuery:
        """Find the speakers that a name may refer to."""
        if (change := self._library.catalog.change()) != self._change or len(self._cache) > _MAX_CACHED_NAMES:
            self._change, self._cache = change, {}
        cache = self._cache
        if name not in cache:
            cache[name] = find_speakers(self._library, name)
        return cache[name]


def find_speakers(library: Library, name: str) -> SpeakerQuery:
    """Find the speakers that a name may refer to.

    "Kirby" may refer to "John Kirby"; "John Kirby" may refer to "Kirby" and "J. Kirby", but not to "Jack Kirby".
    """
    if (relation := relation_of(name)) and (query := _find_by_relation(library, name, relation)):
        return query
    words, suffix = _name_words(name), suffix_of(name)
    if speakers := _speakers_named(library, words, suffix):
        return SpeakerQuery(name, speakers)
    if name.isupper() and (speakers := _speakers_with_initials(library, name)):
        return SpeakerQuery(name, speakers)
    if speakers := _speakers_with_role(library, name):
        return SpeakerQuery(name, speakers, role=name)
    return _find_misspelt(library, name, words, suffix)


def _find_misspelt(library: Library, name: str, words: tuple[str, ...], suffix: str) -> SpeakerQuery:
    """Find the speakers that a misspelt name refers to, or similar names if there is more than one correction."""
    corrections = {
        correction: speakers
        for correction in _corrections(library, words)
        if (speakers := _speakers_with_corrected_name(library, correction, suffix))
    }
    if len(corrections) == 1:
        [(correction, speakers)] = corrections.items()
        return SpeakerQuery(name, speakers, corrected_name=_restore_case(correction, speakers))
    similar = [speaker.name for speakers in corrections.values() for speaker in speakers]
    similar = similar or _similar_names(library, words)
    return SpeakerQuery(name, (), similar_names=tuple(dict.fromkeys(similar))[:_MAX_SIMILAR_NAMES])


def _speakers_with_corrected_name(library: Library, words: tuple[str, ...], suffix: str) -> tuple[Speaker, ...]:
    """Return the speakers with a corrected name; of a full name, only those who are known by their full name."""
    name = " ".join((*words, suffix))
    return tuple(s for s in _speakers_named(library, words, suffix) if len(words) == 1 or _has_full_name(s, name))


def _is_generic(name: str) -> bool:
    return name.islower() or fold_name(name)[-1] in ORGANISATION_NOUNS


def _name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name to search for, without titles, roles and particles at its start ("al-Sisi")."""
    words = fold_name(_without_role(strip_titles(name)))
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    return words


def _speakers_with_initials(library: Library, acronym: str) -> tuple[Speaker, ...]:
    """Return the speakers whose initials form an acronym ("WHO")."""
    acronym = acronym.lower()
    names = [name for name in library.speech.names_with([acronym]) if acronym_of(name) == acronym]
    return tuple(library.speech.speakers(names=names)) if names else ()


def _speakers_with_role(library: Library, role: str) -> tuple[Speaker, ...]:
    """Return the speakers that an article calls by a role ("the French president")."""
    if not any(is_title(word) for word in role.split()):
        return ()
    names = library.speech.with_role(fold_name(role))
    return tuple(library.speech.speakers(names=names)) if names else ()


def _find_by_relation(library: Library, name: str, relation: Relation) -> SpeakerQuery | None:
    """Find the speakers whom articles call the husband, lawyer … of a person, by name ("Tom Lee") or without one.

    Of two husbands, neither is meant.
    """
    nouns = nouns_meant_by(relation.noun)
    names = {*library.speech.names_with(nouns), *(one for noun in nouns for one in library.speech.with_role([noun]))}
    speakers = library.speech.speakers(names=sorted(names)) if names else []
    found = [one for one in speakers if any(relation.may_be(other) for other in _relations(one))]
    named = [speaker.name for speaker in found if speaker.is_person]
    if relation.is_unique and len(named) > 1:
        return SpeakerQuery(name, (), similar_names=tuple(named[:_MAX_SIMILAR_NAMES]))
    return SpeakerQuery(name, tuple(found), role=name if named else None) if found else None


def _relations(speaker: Speaker) -> Iterator[Relation]:
    for words in (*speaker.names, *(part for role in speaker.roles for part in role.split(", "))):
        if (relation := relation_of(words)) is not None:
            yield relation


def _speakers_named(library: Library, words: tuple[str, ...], suffix: str) -> tuple[Speaker, ...]:
    """Return the speakers who may have a name, those with the most statements first."""
    if not words:
        return ()
    wanted = " ".join((*words, suffix))
    names = [name for name in library.speech.names_with(words) if may_be_same_person(wanted, name)]
    if suffix:
        names = [name for name in names if suffix_of(name)]  # a lone "Trump" may be another one
    if len(words) == 1:
        return tuple(library.speech.speakers(names=names)) if names else ()
    names = [name for name in names if len(fold_name(name)) > 1 or not _is_generic(name)]  # not "Board" for a full name
    if not names:
        return ()
    speakers = tuple(library.speech.speakers(names=names))
    if all(_has_full_name(speaker, wanted) for speaker in speakers):
        return speakers
    # If Bill Clinton speaks too, statements by "Clinton" aren't attributed to Hillary Clinton.
    family = library.speech.speakers(names=library.speech.names_with(words[-1:]))
    relatives = [s for s in family if len(fold_name(s.name)) > 1 and fold_name(s.name)[-1] == words[-1]]
    others = [speaker for speaker in relatives if not _has_full_name(speaker, wanted)]
    return tuple(s for s in speakers if _has_full_name(s, wanted)) if others else speakers


def _has_full_name(speaker: Speaker, wanted: str) -> bool:
    """Return whether a speaker has a full name that may be the given one."""
    full_names = [name for name in speaker.names if len(fold_name(name)) > 1]
    return any(may_be_same_person(wanted, name) for name in full_names)


def _corrections(library: Library, words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the names that differ from a name by one letter in a word that no speaker's name contains."""
    found = []
    for position, word in enumerate(words):
        if not library.speech.names_with([word]):
            corrected = library.speech.corrections(word)
            found += [(*words[:position], correction, *words[position + 1 :]) for correction in corrected]
    return found


def _similar_names(library: Library, words: Sequence[str]) -> list[str]:
    """Return full names of speakers that look similar to a name."""
    similar = [other for word in reversed(words) if len(word) > 2 for other in library.speech.similar(word)]
    names = library.speech.names_with(similar) if similar else []
    speakers = library.speech.speakers(names=names) if names else []
    return [speaker.name for speaker in speakers if speaker.is_person]


def _restore_case(words: Sequence[str], speakers: Sequence[Speaker]) -> str:
    """Return folded words as the names of the speakers spell them."""
    spellings = {
        fold_name(part)[0]: part for s in speakers for name in s.names for part in name.split() if fold_name(part)
    }
    return " ".join(spellings.get(word, word) for word in words)


def _without_role(name: str) -> str:
    """Remove roles: "AG Mukasey", "Oscar-winner Sarandon". "JACK KIRBY" and "J. Kirby" are left unchanged."""
    parts = name.split()
    while len(parts) > 1 and _is_role(parts[0], parts[-1]):
        parts.pop(0)
    return " ".join(parts)


def _is_role(word: str, last_word: str) -> bool:
    is_acronym = len(word) > 1 and word.isalpha() and word.isupper() and not last_word.isupper()
    is_compound = word[0].isupper() and "-" in word and word.rsplit("-", 1)[1].islower()
    return is_acronym or is_compound or word.lower() in ("the", "both")
