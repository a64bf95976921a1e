"""Whom the names, roles and pronouns of one article stand for."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..text import (
    HUMANS,
    ORGANISATIONS,
    Gender,
    bare_name,
    folded,
    gender_of_first_name,
    gender_of_title,
    is_title,
    may_be_same,
)
from .mentions import Mention

_WINDOW = 4  # sentences that a pronoun reaches back
_SUBJECT, _SPEAKER, _PERSON = 0.9, 0.8, 0.5
Words = tuple[str, ...]

# Who was or nearly is something isn't who is meant by it.
_NOT_QUITE = {"former", "ex", "vice", "deputy", "acting", "assistant", "late"}
_GENDERS: dict[str, Gender] = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female"}


@dataclass(slots=True)
class Someone:
    """A person or group of the article, by the fullest name that it gives first."""

    name: str
    gender: Gender | None = None
    role: str | None = None
    is_person: bool = False
    is_plural: bool = False
    is_place: bool = False
    has_spoken: bool = False
    first: int = sys.maxsize  # sentence of the first full name
    roles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a mention stands for; `inferred` where the mention isn't the name itself."""

    someone: Someone
    inferred: bool


class People:
    """The people and groups of one article.

    It is given every name of the article first, then reads the mentions once more in their order, so that surnames,
    roles and pronouns find whom they stand for.
    """

    def __init__(self, names: Sequence[Sequence[Mention]]) -> None:
        self._full: dict[Words, Someone] = {}
        self._single: dict[Words, Someone] = {}
        self._names: set[str] = set()  # those that may be a person's
        self._full_with: dict[str, list[Words]] = defaultdict(list)  # first or last word → full names
        self._called: dict[str, list[tuple[Someone, set[str]]]] = defaultdict(list)  # word of a role → who, which role
        self._found: dict[tuple[Words, Gender | None], list[Someone]] = {}
        self._groups: dict[str, Someone] = {}
        self._is_complete = False  # all names are introduced
        self._seen: list[tuple[int, int, bool, Someone]] = []  # sentence, token, is subject, who
        self._spoke: tuple[int, Someone] | None = None
        mentions = [(at, mention) for at, found in enumerate(names) for mention in found if mention.name]
        for at, mention in sorted(mentions, key=lambda pair: -len(folded(pair[1].name or ""))):  # the fullest first
            self._introduce(at, mention)
        self._is_complete = True

    def read(self, sentence: int, mention: Mention) -> None:
        """Remember whom a mention stands for, for the pronouns that follow."""
        identity = self.identify(sentence, mention)
        if identity is not None:
            self._seen.append((sentence, mention.at, mention.is_subject, identity.someone))

    def identify(self, sentence: int, mention: Mention) -> Identity | None:
        """Whom a mention in a sentence stands for; None where it can't be told."""
        if mention.pronoun is not None:
            return self._by_pronoun(sentence, mention)
        if mention.name is not None:
            return self._by_mentioned_name(mention.name, gender_of_title(mention.courtesy or mention.role or ""))
        if mention.noun is None:
            return None
        if mention.owner is not None:
            return self._by_owner(sentence, mention)
        if mention.noun.istitle() and " " not in mention.noun and (known := self._by_name(folded(mention.noun), None)):
            return Identity(known, inferred=False)  # a name that the parser took for a noun
        if mention.is_definite and not mention.is_plural:
            someone = self._by_role(mention.noun) or self._by_last_word(sentence, mention)
            if someone is not None:
                return Identity(someone, inferred=True)
        return Identity(self._group(mention.noun, mention), inferred=False)

    def spoke(self, sentence: int, someone: Someone, pronoun: str | None) -> None:
        """Somebody said something in this sentence; a pronoun tells the gender."""
        self._spoke = (sentence, someone)
        gender = _GENDERS.get(pronoun or "")
        someone.gender = someone.gender or gender
        someone.is_person = someone.is_person or (gender is not None and someone.name in self._names)
        someone.has_spoken = True

    def is_person(self, name: str) -> bool:
        """True where a person of the article bears this name, or it begins with a first name."""
        words = folded(bare_name(name))
        someone = self._by_name(words, None) if words else None
        return bool(someone and someone.is_person) or (len(words) > 1 and gender_of_first_name(words[0]) is not None)

    def labelled(self, name: str) -> Someone:
        """Who speaks under a label such as "KIRBY"."""
        bare = bare_name(name)
        someone = self._by_name(folded(bare), gender_of_title(name))
        if someone is None:
            shown = bare.title() if bare.isupper() and len(bare) > 3 else bare
            words = folded(bare)
            someone = Someone(shown)
            if len(words) > 1:
                self._add_full(words, someone)
            else:
                self._single[words] = someone
        elif someone.name.isupper() and len(someone.name) > 3:
            someone.name = someone.name.title()
        return someone

    def _introduce(self, sentence: int, mention: Mention) -> None:
        name = mention.name or ""
        words = folded(name)
        if not words:
            return
        first = gender_of_first_name(name) if len(words) > 1 else None
        title = gender_of_title(mention.courtesy or mention.role or "")
        is_group = _is_group_name(words, name)
        if len(words) == 1:
            if (someone := self._by_name(words, title)) is None:
                someone = self._single.setdefault(words, Someone(name))
                if not is_group:
                    self._names.add(name)
        else:
            same = next(
                (self._full[known] for known in self._full_with[words[-1]] if _is_same_full(known, words)), None
            )
            someone = same or Someone(name)
            self._add_full(words, someone)
            someone.first = min(someone.first, sentence)
        someone.is_place = someone.is_place or mention.is_place
        if not is_group:
            someone.gender = someone.gender or title or (first if first != "either" else None)
            someone.is_person = someone.is_person or bool(
                first or title or mention.courtesy or (mention.role and _has_title(mention.role))
            )
        if mention.role and mention.role not in someone.roles:
            someone.roles.append(mention.role)
            titles = _titles_in(mention.role)
            for word in titles:
                self._called[word].append((someone, titles))
            if someone.role is None or _is_fuller(mention.role, someone.role):
                someone.role = mention.role

    def _add_full(self, words: Words, someone: Someone) -> None:
        if words not in self._full:
            self._full[words] = someone
            if not _is_group_name(words, someone.name):
                self._names.add(someone.name)
            for word in {words[0], words[-1]}:
                self._full_with[word].append(words)

    def _by_mentioned_name(self, name: str, gender: Gender | None) -> Identity | None:
        words = folded(name)
        if not words:
            return None
        someone = self._by_name(words, gender)
        if someone is not None and gender and someone.gender not in (None, gender):
            someone, words = None, (*words, gender)  # "Mr. Smith" and "Ms. Smith"
        if someone is None:
            return Identity(self._single.setdefault(words, Someone(name, gender)), inferred=False)
        is_one_of_several = (
            words not in self._full and someone is not self._single.get(words) and len(self._bearers(words, gender)) > 1
        )
        return Identity(someone, inferred=is_one_of_several)

    def _by_name(self, words: Words, gender: Gender | None) -> Someone | None:
        """Who bears the name; of several the one that the article named first, none where it named them together."""
        if words in self._full:
            return self._full[words]
        found = self._bearers(words, gender)
        if len(found) > 1 and found[0].first == found[1].first:
            return self._single.get(words)
        return next(iter(found), None) or self._single.get(words)

    def _bearers(self, words: Words, gender: Gender | None) -> list[Someone]:
        """The people of whose full name this is a part, the first named first."""
        if self._is_complete and (kept := self._found.get((words, gender))) is not None:
            return kept
        surnamed: dict[int, Someone] = {}
        others: dict[int, Someone] = {}
        for known in dict.fromkeys([*self._full_with.get(words[-1], ()), *self._full_with.get(words[0], ())]):
            someone = self._full[known]
            if len(known) <= len(words) or _is_group_name(known, someone.name):
                continue
            if gender is not None and someone.gender not in (None, gender):
                continue
            if known[-len(words) :] == words:
                surnamed[id(someone)] = someone
            elif known[: len(words)] == words and someone.is_person:
                others[id(someone)] = someone
        found = sorted((surnamed or others).values(), key=lambda someone: someone.first)
        if self._is_complete:
            self._found[words, gender] = found
        return found

    def _by_owner(self, sentence: int, mention: Mention) -> Identity | None:
        owner = self.identify(sentence, mention.owner) if mention.owner else None
        if owner is None:
            return None
        name = f"{owner.someone.name}’s {mention.noun}"
        return Identity(self._group(name, mention), inferred=owner.inferred)

    def _group(self, name: str, mention: Mention) -> Someone:
        someone = self._groups.setdefault(name.lower(), Someone(name, is_plural=mention.is_plural))
        someone.gender = gender_of_title(name)
        return someone

    def _by_role(self, noun: str) -> Someone | None:
        """ "the spokesman": the one whom the article calls so, by every word; the latest mentioned of several."""
        words = noun.lower().split()
        if words[-1] in ("man", "woman") or not (is_title(words[-1]) or gender_of_title(words[-1])):
            return None
        found = {
            id(someone): someone
            for someone, role in self._called.get(words[-1], ())
            if someone.is_person and set(words) <= role and not (_NOT_QUITE & role) - set(words)
        }
        if len(found) < 2:
            return next(iter(found.values()), None)
        return next((someone for *_, someone in reversed(self._seen) if id(someone) in found), None)

    def _by_last_word(self, sentence: int, mention: Mention) -> Someone | None:
        """ "the bank": the bank by name that was mentioned last before."""
        word = (mention.noun or "").lower()
        if word not in ORGANISATIONS:
            return None
        earlier = (one for place, at, _, one in reversed(self._seen) if (place, at) < (sentence, mention.at))
        return next((one for one in earlier if _is_body_called(one.name, word)), None)

    def _by_pronoun(self, sentence: int, mention: Mention) -> Identity | None:
        gender = _GENDERS.get(mention.pronoun or "")
        if gender is None:
            return self._by_they(sentence, mention)
        if (unnamed := self._unnamed_speaker(sentence, gender)) is not None:
            return Identity(unnamed, inferred=True)
        best: tuple[float, Someone] | None = None
        for place, at, is_subject, someone in reversed(self._seen):
            if sentence - place > _WINDOW:
                break
            if (place == sentence and at >= mention.at) or not self._may_be(someone, gender):
                continue
            score = place - sentence + _SUBJECT * is_subject + _PERSON * (someone.gender == gender)
            score -= (_PERSON if " " in someone.name else _WINDOW) * (not someone.is_person)
            if self._spoke is not None and self._spoke[1] is someone and sentence - self._spoke[0] <= 1:
                score += _SPEAKER
            if best is None or score > best[0]:
                best = (score, someone)
        if best is None and self._spoke is not None and self._may_be(self._spoke[1], gender):
            best = (0.0, self._spoke[1])
        return Identity(best[1], inferred=True) if best else None

    def _unnamed_speaker(self, sentence: int, gender: Gender) -> Someone | None:
        """A person without a name who spoke just before: "A witness said … “…,” he said." """
        if self._spoke is None or not 0 < sentence - self._spoke[0] <= 1:
            return None
        someone = self._spoke[1]
        is_unnamed = not someone.is_plural and self._groups.get(someone.name.lower()) is someone
        return someone if is_unnamed and _is_human(someone.name) and someone.gender in (None, gender) else None

    def _may_be(self, someone: Someone, gender: Gender) -> bool:
        # Whoever has spoken under a name may be a person whose first name we don't know.
        may_be_person = someone.has_spoken and someone.name in self._names and not someone.is_place
        is_person = someone.is_person or may_be_person
        return is_person and someone.gender in (None, gender) and not someone.is_plural

    def _by_they(self, sentence: int, mention: Mention) -> Identity | None:
        """ "they" and "it": the group that spoke last."""
        if self._spoke is None or sentence - self._spoke[0] > 2 or mention.pronoun not in ("they", "it"):
            return None
        someone = self._spoke[1]
        if someone.is_person or someone.is_plural != (mention.pronoun == "they"):
            return None
        return Identity(someone, inferred=True)


def _is_group_name(words: Words, name: str) -> bool:
    is_acronym = len(words) == 1 and name.isupper() and len(name) > 1
    return words[-1] in ORGANISATIONS or " of " in name or "&" in name or is_acronym


def _is_body_called(name: str, word: str) -> bool:
    """True for "bank" and "Silicon Valley Bank" or "Bank of England"."""
    words = folded(name.split(" of ", maxsplit=1)[0])
    is_whole = len(folded(name)) > 1
    return is_whole and bool(words) and words[-1] == word


def _is_same_full(known: Words, words: Words) -> bool:
    is_end = known[-len(words) :] == words  # "Van Kerkhove"
    initials = [{part.strip(".") for part in name[1:-1] if len(part.strip(".")) == 1} for name in (known, words)]
    if all(initials) and initials[0] != initials[1]:  # "George W. Bush", "George H. Bush"
        return False
    return is_end or (known[0] == words[0] and may_be_same(words, known) and known[-1] == words[-1])


def _has_title(role: str) -> bool:
    return any(is_title(word) or gender_of_title(word) for word in role.split())


def _is_human(noun: str) -> bool:
    """True for "witness", "senior official"; a company or a report is no he or she."""
    last = noun.lower().split()[-1].split("’")[-1]
    return is_title(last) or gender_of_title(last) is not None or last in HUMANS or last.endswith(("ist", "ian"))


def _titles_in(role: str) -> set[str]:
    short = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor"}
    words = {word.strip(".,").lower() for word in role.split()}
    return words | {short[word] for word in words if word in short}


def _is_fuller(role: str, than: str) -> bool:
    """True for a role that says more than a mere "Mr."."""
    return len(than.split()) == 1 and len(role.split()) > 1
