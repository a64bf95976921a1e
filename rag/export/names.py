"""Split the names of authors: persons into their given and family names, organisations not at all."""

from __future__ import annotations

from dataclasses import dataclass

from index.text import NAME_SUFFIXES, ORGANISATION_NOUNS, OUTLET_NOUNS, PARTICLES, gender_of_first_name, word_set

_AGENCIES = word_set("afp ansa ap bbc cnn dpa itar-tass pa reuters tass upi xinhua staff editors agencies")
_PARTICLES = PARTICLES | word_set("dos das du den ter ten af av zu zur y")
_MAX_WORDS = 6  # of a person's name


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an author.

    Attributes:
        family: the family name with its particles ("von der Leyen"), or the whole name of an organisation.
        given: the given names; empty for an organisation, and for a person with one name.
        suffix: "Jr." and the like.
        is_person: whether it is a person's name.
    """

    family: str
    given: str = ""
    suffix: str = ""
    is_person: bool = True

    @property
    def inverted(self) -> str:
        """The family name first: "King, Martin Luther, Jr."."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))


def split_authors(authors: str | None, outlet: str | None = None) -> tuple[Name, ...]:
    """Split the authors of an article, which are separated by commas.

    Args:
        authors: as in `Article.author`.
        outlet: the article's outlet, which is no person.
    """
    names: list[Name] = []
    for part in (" ".join(part.split()) for part in (authors or "").split(",")):
        if names and names[-1].is_person and _plain(part) in NAME_SUFFIXES:
            last = names[-1]
            names[-1] = Name(last.family, last.given, part)
        elif part:
            names.append(_split(part, outlet or ""))
    return tuple(names)


def _split(name: str, outlet: str) -> Name:
    words = name.split()
    if _is_organisation(words) or name.casefold() == " ".join(outlet.split()).casefold():
        return Name(name, is_person=False)
    suffix = words.pop() if len(words) > 2 and _plain(words[-1]) in NAME_SUFFIXES else ""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _is_organisation(words: list[str]) -> bool:
    plain = [_plain(word) for word in words]
    if len(words) == 1 and words[0].isupper():
        return True
    has_digit = any(character.isdigit() for character in "".join(words))
    if len(words) == 2 and gender_of_first_name(words[0]) and plain[1] not in _AGENCIES:
        return has_digit  # "Emily Post"
    is_group = bool((ORGANISATION_NOUNS | _AGENCIES).intersection(plain)) or plain[0] == "the"
    return is_group or plain[-1] in OUTLET_NOUNS or has_digit or len(words) > _MAX_WORDS


def _plain(word: str) -> str:
    return word.strip(".,’'").casefold()
