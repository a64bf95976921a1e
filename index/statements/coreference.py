"""Coreference resolution: find the entity that a name, role or pronoun in an article refers to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..text import (
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PRONOUN_GENDERS,
    Gender,
    country_of,
    fold_name,
    gender_of_title,
    is_title,
)
from .entities import Entities, Entity, gender_of_mention, name_key
from .sentence import Mention

_MAX_SENTENCES_BACK = 4  # between a pronoun and its antecedent
_MAX_LOOKED_BACK = 1_000  # mentions between a role and the name of its holder
_SUBJECT_BONUS, _SPEAKER_BONUS, _PERSON_BONUS = 0.9, 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Referent:
    """The entity that a mention refers to; `is_inferred` unless the mention is its name."""

    entity: Entity
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class _Antecedent:
    """A mention that a later pronoun or role may refer to."""

    sentence: int
    position: int
    is_subject: bool
    entity: Entity


class CoreferenceResolver:
    """Resolves the mentions of one article.

    It is created with all names of the article, then reads the mentions in order: a pronoun or role refers to an entity
    mentioned before it.
    """

    def __init__(self, names: Sequence[Sequence[Mention]]) -> None:
        """`names` are the mentions with a name in each sentence."""
        self._entities = Entities(
            (number, mention) for number, mentions in enumerate(names) for mention in mentions if mention.name
        )
        self._groups: dict[str, Entity] = {}
        self._antecedents: list[_Antecedent] = []
        self._bodies: dict[str, list[_Antecedent]] = defaultdict(list)  # the same by the noun of a body's name
        self._last_speaker: tuple[int, Entity] | None = None
        self._people: set[Entity] = set()  # read so far

    def read(self, sentence: int, mention: Mention) -> None:
        """Resolve a mention, and record it as a possible antecedent of those that follow."""
        referent = self.resolve(sentence, mention)
        if referent is not None and mention.name is not None and mention.owner is not None:
            self._relate(sentence, referent.entity, mention.owner, mention.role or "")
        is_group = mention.noun is not None and referent is not None and not referent.entity.is_person
        if referent is not None and not is_group:
            antecedent = _Antecedent(sentence, mention.position, mention.is_subject, referent.entity)
            self._antecedents.append(antecedent)
            self._bodies[_body_noun(referent.entity.name)].append(antecedent)
            if referent.entity.is_person:
                self._people.add(referent.entity)

    def resolve(self, sentence: int, mention: Mention) -> Referent | None:
        """Return what a mention in a sentence refers to; None if that is unclear."""
        if mention.pronoun is not None:
            return self._resolve_pronoun(sentence, mention)
        if mention.name is not None:
            return self._resolve_name(mention.name, gender_of_mention(mention))
        if mention.noun is None:
            return None
        if mention.owner is not None:
            if mention.owner.name is not None and country_of(mention.owner.name) is not None and not mention.is_plural:
                holder = self._find_by_role(f"{mention.owner.name} {mention.noun}")  # "Russia's president"
                if holder is not None:
                    return Referent(holder, is_inferred=True)
            return self._resolve_possessive(sentence, mention.noun, mention.owner, mention.is_plural)
        return self._resolve_noun(sentence, mention, mention.noun)

    def record_speaker(self, sentence: int, entity: Entity, pronoun: str | None) -> None:
        """Record that an entity is the source of a statement; its pronoun determines its gender."""
        self._last_speaker = (sentence, entity)
        gender = PRONOUN_GENDERS.get(pronoun or "")
        entity.gender = entity.gender or gender
        entity.is_person = entity.is_person or (gender is not None and self._entities.may_be_person(entity))
        entity.has_spoken = True

    def is_only_person(self, entity: Entity) -> bool:
        """Return whether an entity is the only one mentioned so far and the only one that spoke."""
        return self._people == {entity} and (self._last_speaker is None or self._last_speaker[1] is entity)

    def is_person(self, name: str) -> bool:
        """Return whether a person of the article bears a name, or it begins with a first name."""
        return self._entities.is_person(name)

    def label_speaker(self, name: str) -> Entity:
        """Return the entity that a label such as "KIRBY" names."""
        return self._entities.label_speaker(name)

    def _relate(self, sentence: int, entity: Entity, owner: Mention, role: str) -> None:
        """Record whose husband, lawyer … a person is."""
        of = self.resolve(sentence, owner)
        if of is not None and of.entity is not entity and of.entity.is_person:
            entity.relation = entity.relation or f"{of.entity.name}’s {role}"

    def _resolve_name(self, name: str, gender: Gender | None) -> Referent | None:
        found = self._entities.find_or_add(name, gender)
        return Referent(*found) if found is not None else None

    def _resolve_possessive(self, sentence: int, noun: str, owner: Mention, is_plural: bool) -> Referent | None:
        """ "Hillary Clinton's campaign": a group of its own."""
        referent = self.resolve(sentence, owner)
        if referent is None:
            return None
        return Referent(self._group(f"{referent.entity.name}’s {noun}", is_plural), referent.is_inferred)

    def _resolve_noun(self, sentence: int, mention: Mention, noun: str) -> Referent:
        is_single_name = noun.istitle() and " " not in noun
        if is_single_name and (named := self._entities.find(name_key(noun), None)) is not None:
            return Referent(named, is_inferred=False)  # a name that the parser tagged as a noun
        if mention.is_definite and not mention.is_plural:
            entity = self._find_by_role(noun) or self._find_body(sentence, mention, noun)
            if entity is not None:
                return Referent(entity, is_inferred=True)
        return Referent(self._group(noun, mention.is_plural), is_inferred=False)

    def _group(self, name: str, is_plural: bool) -> Entity:
        entity = self._groups.setdefault(name.lower(), Entity(name, is_plural=is_plural))
        entity.gender = gender_of_title(name)
        return entity

    def _find_by_role(self, noun: str) -> Entity | None:
        """ "the spokesman": the one whom the article describes so; of several, the latest mentioned."""
        candidates = self._entities.find_by_role(noun)
        if len(candidates) < 2:
            return next(iter(candidates), None)
        latest = islice(reversed(self._antecedents), _MAX_LOOKED_BACK)
        return next((seen.entity for seen in latest if seen.entity in candidates), None)

    def _find_body(self, sentence: int, mention: Mention, noun: str) -> Entity | None:
        """ "the bank": the latest mentioned entity whose name ends with the noun."""
        noun = noun.lower()
        if noun not in ORGANISATION_NOUNS:
            return None
        for seen in reversed(self._bodies.get(noun, ())):
            if (seen.sentence, seen.position) < (sentence, mention.position):
                return seen.entity
        return None

    def _resolve_pronoun(self, sentence: int, mention: Mention) -> Referent | None:
        gender = PRONOUN_GENDERS.get(mention.pronoun or "")
        if gender is None:
            return self._resolve_group_pronoun(sentence, mention)
        entity = self._unnamed_speaker(sentence, mention.position, gender) or self._best_antecedent(
            sentence, mention.position, gender
        )
        if entity is None and self._last_speaker is not None and self._agrees(self._last_speaker[1], gender):
            entity = self._last_speaker[1]
        return Referent(entity, is_inferred=True) if entity is not None else None

    def _best_antecedent(self, sentence: int, position: int, gender: Gender) -> Entity | None:
        """Return the candidate with the highest salience among the mentions in the last sentences."""
        best: tuple[float, Entity] | None = None
        for seen in reversed(self._antecedents):
            if sentence - seen.sentence > _MAX_SENTENCES_BACK:
                break
            is_later = seen.sentence == sentence and seen.position >= position
            if is_later or not self._agrees(seen.entity, gender):
                continue
            salience = self._salience(seen, sentence, gender)
            if best is None or salience > best[0]:
                best = (salience, seen.entity)
        return best[1] if best is not None else None

    def _salience(self, candidate: _Antecedent, sentence: int, gender: Gender) -> float:
        entity = candidate.entity
        salience = candidate.sentence - sentence + _SUBJECT_BONUS * candidate.is_subject
        salience += _PERSON_BONUS * (entity.gender == gender)
        if not entity.is_person:
            salience -= _PERSON_BONUS if " " in entity.name or entity.has_spoken else _MAX_SENTENCES_BACK
        if self._last_speaker is not None and self._last_speaker[1] is entity and sentence - self._last_speaker[0] <= 1:
            salience += _SPEAKER_BONUS
        return salience

    def _unnamed_speaker(self, sentence: int, position: int, gender: Gender) -> Entity | None:
        """Return the person without a name who spoke last: "A witness said … “…,” he said." """
        if self._last_speaker is None or not 0 < sentence - self._last_speaker[0] <= _MAX_SENTENCES_BACK:
            return None
        spoken, entity = self._last_speaker
        is_unnamed = not entity.is_plural and self._groups.get(entity.name.lower()) is entity
        if not is_unnamed or not _is_person_noun(entity.name) or entity.gender not in (None, gender):
            return None
        for seen in reversed(self._antecedents):
            if seen.sentence <= spoken:
                break
            if (seen.sentence, seen.position) < (sentence, position) and self._agrees(seen.entity, gender):
                return None  # somebody else is nearer
        return entity

    def _agrees(self, entity: Entity, gender: Gender) -> bool:
        """Return whether an entity may be "he" or "she"."""
        # A speaker with a name may be a person with an unknown first name.
        may_be_person = entity.has_spoken and self._entities.may_be_person(entity) and not entity.is_place
        return (entity.is_person or may_be_person) and entity.gender in (None, gender) and not entity.is_plural

    def _resolve_group_pronoun(self, sentence: int, mention: Mention) -> Referent | None:
        """ "they" and "it": the group that spoke last."""
        if self._last_speaker is None or sentence - self._last_speaker[0] > 2 or mention.pronoun not in ("they", "it"):
            return None
        entity = self._last_speaker[1]
        if entity.is_person or entity.is_plural != (mention.pronoun == "they"):
            return None
        return Referent(entity, is_inferred=True)


def _body_noun(name: str) -> str:
    """Return the noun of a body's name: "bank" of "Silicon Valley Bank" and "Bank of England"; empty if it has none."""
    words = fold_name(name.split(" of ", maxsplit=1)[0])
    has_several_words = len(fold_name(name)) > 1
    return words[-1] if has_several_words and words else ""


def _is_person_noun(noun: str) -> bool:
    """Return whether a noun describes a person: "witness", "senior official", "spokesman for the ministry"."""
    head = re.split(r"\s(?:of|for|from|at|to)\s", noun.lower(), maxsplit=1)[0]
    last = head.split()[-1].split("’")[-1]
    return is_title(last) or gender_of_title(last) is not None or last in PERSON_NOUNS or last.endswith(("ist", "ian"))
