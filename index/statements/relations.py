"""Relations between people that articles and questions name: "Ann Lee’s husband", "a lawyer for Ann Lee"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import may_be_same_person, word_set

# The nouns of relations. Each line has the nouns that a general one, the first, may mean; "/" joins synonyms.
_TABLE = """
    spouse husband wife
    parent father/dad mother/mum/mom
    child son daughter
    sibling brother sister
    grandparent grandfather grandmother
    grandchild grandson granddaughter
    relative uncle aunt nephew niece cousin
    partner boyfriend girlfriend fiance/fiancé fiancee/fiancée
    lawyer/attorney/solicitor/barrister/counsel
    spokesperson spokesman spokeswoman
    aide
    adviser/advisor
    predecessor
    successor
    boss
    friend
    colleague
    neighbour/neighbor
    coach
    widow
    widower
"""
_LINES = [[frozenset(one.split("/")) for one in line.split()] for line in _TABLE.strip().splitlines()]
# The nouns by which each one may be asked for.
_MEANT_BY = {noun: same | line[0] for line in _LINES for same in line for noun in same}
_UNIQUE = word_set("spouse husband wife father dad mother mum mom predecessor successor")
_POSSESSIVE = re.compile(
    r"^(?:the )?(?P<owner>(?:(?! (?:of|for|to) ).)+?)(?:[’']s|(?<=s)[’']) (?P<noun>[^’']+)$", re.IGNORECASE
)
_OF = re.compile(r"^(?:(?:the|a|an) )?(?P<noun>[^’']+?) (?:of|for|to) (?P<owner>[^,’']+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """Whose relative or assistant somebody is. `noun` is the noun of the relation, in lower case: "husband"."""

    owner: str
    noun: str

    @property
    def is_unique(self) -> bool:
        """Whether one has only one such relative at a time."""
        return self.noun in _UNIQUE

    def may_be(self, other: Relation) -> bool:
        """Return whether another relation may be meant by this one: "attorney" by "lawyer", "wife" by "spouse"."""
        return self.noun in _MEANT_BY[other.noun] and may_be_same_person(self.owner, other.owner)


def relation_noun(role: str) -> str:
    """Return the noun of relation that heads a role, in lower case: "husband" of "first husband"; empty for others."""
    head = re.split(r" (?:of|for|to) ", role.lower(), maxsplit=1)[0].split()
    return head[-1] if head and head[-1] in _MEANT_BY else ""


def relation_of(words: str) -> Relation | None:
    """Return the relation that words express: "Ann Lee’s first husband", "husband of Ann Lee"; None for other words."""
    match = _POSSESSIVE.match(words) or _OF.match(words)
    noun = relation_noun(match["noun"]) if match else ""
    return Relation(match["owner"], noun) if match and noun else None


def nouns_meant_by(noun: str) -> list[str]:
    """Return the nouns of relations that a noun may mean: "husband" and "wife", and itself, for "spouse"."""
    return [one for one, nouns in _MEANT_BY.items() if noun in nouns]
