"""The people and groups that an article names, found by their full names, parts of their names and roles."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..text import (
    ORGANISATION_NOUNS,
    Gender,
    fold_name,
    gender_of_first_name,
    gender_of_title,
    is_title,
    names_match,
    strip_titles,
    suffix_of,
)
from .labels import title_case
from .roles import has_role, heads_of, role_words
from .sentence import Mention, is_courtesy
from .spellings import are_spellings, spelling_of

_MAX_NAMESAKES = 100  # full names with a word in common, and people with a role, that are compared
_Words = tuple[str, ...]  # of a name, folded
Name = tuple[_Words, str]  # with its suffix ("jr"), if it has one

_MIN_RESPELT_LETTERS = 6  # of a surname without a first name


@dataclass(slots=True, eq=False)
class Entity:
    """A person or group in an article.

    Attributes:
        name: the fullest name that the article gives.
        role: the most informative description.
        roles: all descriptions.
        relation: whose relative or assistant the person is ("Ann Lee’s husband"), if known.
        is_person: whether it is known to be a person.
        is_place: whether it is known to be a place.
        has_spoken: whether it is the source of a statement.
        first_sentence: the number of the first sentence with a full name of it.
    """

    name: str
    gender: Gender | None = None
    role: str | None = None
    is_person: bool = False
    is_plural: bool = False
    is_place: bool = False
    has_spoken: bool = False
    first_sentence: int = sys.maxsize
    roles: list[str] = field(default_factory=list)
    relation: str = ""

    @property
    def description(self) -> str | None:
        """The role, and whose relative or assistant the person is: "engineer, Ann Lee’s husband"."""
        if not self.relation:
            return self.role
        is_fuller = self.role is not None and not self.relation.endswith(f" {self.role}")
        return f"{self.role}, {self.relation}" if is_fuller else self.relation


class Entities:
    """The named entities of one article.

    All names are added at creation, the fullest first, so that shorter ones are recognised as parts of them.
    """

    def __init__(self, names: Iterable[tuple[int, Mention]]) -> None:
        """`names` are the mentions with a name, each with the number of its sentence."""
        self._by_full_name: dict[Name, Entity] = {}
        self._by_single_name: dict[Name, Entity] = {}
        self._full_names_with: dict[str, list[Name]] = defaultdict(list)  # first or last word → full names
        self._by_spelling: dict[str, list[Name]] = defaultdict(list)  # `spelling_of` of the last word → full names
        self._by_role_word: dict[str, list[tuple[Entity, set[str]]]] = defaultdict(list)  # with all words of the role
        self._bearers: dict[tuple[Name, Gender | None], list[Entity]] = {}
        self._is_complete = False
        self._possible_persons: set[str] = set()  # names that aren't those of groups
        for sentence, mention in sorted(names, key=lambda pair: -len(fold_name(pair[1].name or ""))):
            self._add(sentence, mention)
        self._is_complete = True

    def may_be_person(self, entity: Entity) -> bool:
        """Return whether the name of an entity isn't that of a group."""
        return entity.name in self._possible_persons

    def is_person(self, name: str) -> bool:
        """Return whether a person of the article bears a name, or it begins with a first name."""
        words = fold_name(strip_titles(name))
        entity = self.find(name_key(strip_titles(name)), None) if words else None
        is_known = entity is not None and entity.is_person
        return is_known or (len(words) > 1 and gender_of_first_name(words[0]) is not None)

    def find(self, name: Name, gender: Gender | None) -> Entity | None:
        """Return the entity that bears a name, in full or in part.

        Of several, it is the one named first; if one sentence named them together, none of them. Of a father and a son,
        it is the one without a suffix if only he has spoken.
        """
        if name in self._by_full_name:
            return self._by_full_name[name]
        bearers = self._find_bearers(name, gender)
        by_single_name = self._by_single_name.get(name)
        if len(bearers) > 1 and (same := [one for one in bearers if _differ_by_suffix(one.name, bearers[0].name)]):
            spoken = [one for one in (bearers[0], *same) if one.has_spoken]
            return spoken[0] if len(spoken) == 1 and not suffix_of(spoken[0].name) else by_single_name
        if len(bearers) > 1 and bearers[0].first_sentence == bearers[1].first_sentence:
            return by_single_name
        return next(iter(bearers), None) or by_single_name or self._find_respelt(name, gender)

    def find_or_add(self, name: str, gender: Gender | None) -> tuple[Entity, bool] | None:
        """Return the entity that bears a name, and whether it is one of several; None if the name has no words."""
        key = name_key(name)
        if not key[0]:
            return None
        entity = self.find(key, gender)
        if entity is not None and gender and entity.gender not in (None, gender):
            entity, key = None, ((*key[0], gender), key[1])  # "Mr. Smith" and "Ms. Smith"
        if entity is None:
            return self._by_single_name.setdefault(key, Entity(name, gender)), False
        is_own_name = key in self._by_full_name or entity is self._by_single_name.get(key)
        return entity, not is_own_name and len(self._find_bearers(key, gender)) > 1

    def find_by_role(self, role: str) -> list[Entity]:
        """Return the people whom the article describes with all words of a role, in the order of their names."""
        words = role.lower().split()
        found = (
            entity
            for head in heads_of(words)
            for entity, known in self._by_role_word.get(head, ())
            if entity.is_person and has_role(known, head, words)
        )
        return list(dict.fromkeys(found))

    def label_speaker(self, name: str) -> Entity:
        """Return the entity that a label such as "KIRBY" names; it is added if it is new."""
        bare = strip_titles(name)
        key = name_key(bare)
        entity = self.find(key, gender_of_title(name))
        if entity is None:
            entity = Entity(title_case(bare))
            if len(key[0]) > 1:
                self._add_full_name(key, entity)
            else:
                self._by_single_name[key] = entity
        else:
            entity.name = title_case(entity.name)
        return entity

    def _add(self, sentence: int, mention: Mention) -> None:
        name = mention.name or ""
        words = fold_name(name)
        if not words:
            return
        title = gender_of_mention(mention)
        is_group = _is_group_name(words, name)
        entity = self._entity_of(sentence, name_key(name), name, title)
        if len(words) > 1:
            entity.first_sentence = min(entity.first_sentence, sentence)
        entity.is_place = entity.is_place or mention.is_place
        if not is_group:
            _describe_person(entity, mention, title)
        for role in (mention.title, mention.role):
            if role and role not in entity.roles and not is_courtesy(role):
                self._add_role(entity, role, mention.country)

    def _entity_of(self, sentence: int, key: Name, name: str, gender: Gender | None) -> Entity:
        """Return the entity that a name introduces, or the one that bears it already."""
        words = key[0]
        if len(words) > 1:
            same = (self._by_full_name[full] for full in self._full_names_with[words[-1]] if _is_same_name(full, key))
            entity = next(same, None) or self._find_other_spelling_of(sentence, key) or Entity(name)
            self._add_full_name(key, entity)
            return entity
        if (known := self.find(key, gender)) is not None:
            return known
        if not _is_group_name(words, name):
            self._possible_persons.add(name)
        return self._by_single_name.setdefault(key, Entity(name))

    def _add_full_name(self, key: Name, entity: Entity) -> None:
        words = key[0]
        if key in self._by_full_name:
            return
        self._by_full_name[key] = entity
        if not _is_group_name(words, entity.name):
            self._possible_persons.add(entity.name)
        for word in {words[0], words[-1]}:
            if len(self._full_names_with[word]) < _MAX_NAMESAKES:
                self._full_names_with[word].append(key)
        if len(same := self._by_spelling[spelling_of(words[-1])]) < _MAX_NAMESAKES:
            same.append(key)

    def _add_role(self, entity: Entity, role: str, country: str | None) -> None:
        entity.roles.append(role)
        words = role_words(f"{country} {role}" if country else role)
        for word in words:
            if len(self._by_role_word[word]) < _MAX_NAMESAKES:
                self._by_role_word[word].append((entity, words))
        is_fuller = entity.role is None or (len(entity.role.split()) == 1 and len(role.split()) > 1)
        if is_fuller:
            entity.role = role

    def _find_other_spelling_of(self, sentence: int, key: Name) -> Entity | None:
        """Return the person whose full name is spelt otherwise elsewhere; two names in one sentence are two people."""
        for full in self._by_spelling.get(spelling_of(key[0][-1]), ()):
            entity = self._by_full_name[full]
            is_other_sentence = entity.first_sentence != sentence
            is_spelt_so = full[1] == key[1] and are_spellings(full[0], key[0])
            if is_other_sentence and entity.name in self._possible_persons and is_spelt_so:
                return entity
        return None

    def _find_respelt(self, name: Name, gender: Gender | None) -> Entity | None:
        """Return the only person whose surname is another spelling of a single name: "Zelensky", "Zelenskyy"."""
        words, suffix = name
        if len(words) > 1 or len(words[0]) < _MIN_RESPELT_LETTERS or suffix:
            return None
        found = {self._by_full_name[full] for full in self._by_spelling.get(spelling_of(words[0]), ())}
        fitting = [one for one in found if one.is_person and gender in (None, one.gender)]
        return fitting[0] if len(found) == len(fitting) == 1 else None

    def _find_bearers(self, name: Name, gender: Gender | None) -> list[Entity]:
        """Return the entities whose full name contains a name, the first named first."""
        if self._is_complete and (cached := self._bearers.get((name, gender))) is not None:
            return cached
        words, suffix = name
        by_surname: dict[Entity, None] = {}
        by_first_name: dict[Entity, None] = {}
        for full in dict.fromkeys(
            [*self._full_names_with.get(words[-1], ()), *self._full_names_with.get(words[0], ())]
        ):
            entity, (known, known_suffix) = self._by_full_name[full], full
            if len(known) <= len(words) or _is_group_name(known, entity.name):
                continue
            if suffix != known_suffix and (suffix or len(words) > 1):
                continue
            if gender is not None and entity.gender not in (None, gender):
                continue
            if known[-len(words) :] == words:
                by_surname[entity] = None
            elif known[: len(words)] == words and entity.is_person:
                by_first_name[entity] = None
        bearers = sorted(by_surname or by_first_name, key=lambda entity: entity.first_sentence)
        if self._is_complete:
            self._bearers[name, gender] = bearers
        return bearers


def name_key(name: str) -> Name:
    """Return what tells a name from others: its folded words and its suffix."""
    return fold_name(name), suffix_of(name)


def gender_of_mention(mention: Mention) -> Gender | None:
    """Return the gender that the title or role beside a name implies; None if neither implies one."""
    return gender_of_title(mention.title or "") or gender_of_title(mention.role or "")


def _describe_person(entity: Entity, mention: Mention, title: Gender | None) -> None:
    """Record what a mention says of the gender of an entity, and whether it is a person."""
    name = mention.name or ""
    first_name = gender_of_first_name(name) if len(fold_name(name)) > 1 else None
    entity.gender = entity.gender or title or (first_name if first_name != "either" else None)
    has_title = mention.role is not None and _has_title(mention.role)
    entity.is_person = entity.is_person or bool(first_name or title or mention.title or has_title or mention.is_person)


def _is_group_name(words: _Words, name: str) -> bool:
    is_acronym = len(words) == 1 and name.isupper() and len(name) > 1
    return words[-1] in ORGANISATION_NOUNS or " of " in name or "&" in name or is_acronym


def _is_same_name(known_name: Name, name: Name) -> bool:
    """Return whether two full names are those of one person: "Maria Van Kerkhove" and "Van Kerkhove"."""
    (known, known_suffix), (words, suffix) = known_name, name
    if suffix != known_suffix:
        return False
    middle = [{part.strip(".") for part in one[1:-1] if len(part.strip(".")) == 1} for one in (known, words)]
    if all(middle) and middle[0] != middle[1]:  # "George W. Bush", "George H. Bush"
        return False
    is_end = known[-len(words) :] == words
    return is_end or (known[0] == words[0] and names_match(words, known) and known[-1] == words[-1])


def _has_title(role: str) -> bool:
    return any(is_title(word) or gender_of_title(word) for word in role.split())


def _differ_by_suffix(name: str, other: str) -> bool:
    words, other_words = fold_name(name), fold_name(other)
    return suffix_of(name) != suffix_of(other) and (words[0], words[-1]) == (other_words[0], other_words[-1])
