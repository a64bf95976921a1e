"""Decide which statements of different articles are the same one, so that they are shown once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index import Statement
from index.statements import relation_of
from index.text import (
    MAX_DAYS_APART,
    SUBJECT_PRONOUNS,
    TITLES,
    Report,
    agree,
    are_similar,
    may_be_same_person,
)

_MIN_SIMILARITY = 90.0  # per cent of similarity that makes two statements the same
_MIN_SIMILARITY_IN_CLUSTER = 75.0  # the same for near-duplicate articles
# The organisation or place of a role: "of Company A", "for the Scottish Government".
_AFFILIATION = re.compile(r"\b(?:of|at|for|from|with|in)\b(.*)")


@dataclass(frozen=True, slots=True)
class Folding:
    """What is known about the articles of statements.

    Attributes:
        days: when each article was published, by article id.
        clusters: the cluster of each article that has near-duplicates, by article id.
    """

    days: Mapping[int, date | None]
    clusters: Mapping[int, int]

    def are_similar(self, one: Statement, other: Statement) -> bool:
        """Return whether two statements are in one place, or have the same speaker, nearly the same words and day.

        In near-duplicate articles, the sentence may have been edited more.
        """
        if one.article_id == other.article_id:
            return one.start == other.start
        in_one_cluster = self._in_one_cluster(one, other)
        first, second = self.days.get(one.article_id), self.days.get(other.article_id)
        if not in_one_cluster and first and second and abs((first - second).days) > MAX_DAYS_APART:
            return False
        min_similarity = _MIN_SIMILARITY_IN_CLUSTER if in_one_cluster else _MIN_SIMILARITY
        return are_similar(one.text, other.text, min_similarity) and _speakers_agree(one, other, in_one_cluster)

    def is_same(self, one: Statement, other: Statement) -> bool:
        """Return whether two similar statements also agree in polarity, numbers, names and days."""
        if one.article_id == other.article_id:
            return one.start == other.start
        return agree(self._report(one), self._report(other))

    def is_newer(self, one: Statement, other: Statement) -> bool:
        """Return whether the article of a statement is newer than that of another one."""
        first, second = self.days.get(one.article_id), self.days.get(other.article_id)
        return bool(first and second and first > second)

    def _in_one_cluster(self, one: Statement, other: Statement) -> bool:
        cluster = self.clusters.get(one.article_id)
        return cluster is not None and cluster == self.clusters.get(other.article_id)

    def _report(self, statement: Statement) -> Report:
        return Report(statement.text, self.days.get(statement.article_id))


def _speakers_agree(one: Statement, other: Statement, are_near_duplicates: bool) -> bool:
    """Return whether two statements have the same speaker, or name both speakers ("Tusk and other leaders said").

    Namesakes of different organisations or places are different people. In near-duplicate articles, a role may be
    worded in another way.
    """
    if may_be_same_person(one.speaker, other.speaker):
        return not _affiliations_differ(one.role, other.role, are_near_duplicates)
    return _names_speaker(one, other.text) and _names_speaker(other, one.text)


def _names_speaker(statement: Statement, text: str) -> bool:
    mention = statement.mention or statement.speaker
    return not statement.inferred and mention.lower() not in SUBJECT_PRONOUNS and mention in text


def _affiliations_differ(one: str | None, other: str | None, only_explicit: bool) -> bool:
    """Return whether two roles name different organisations or places."""
    first, second = _affiliation(one or "", only_explicit), _affiliation(other or "", only_explicit)
    return bool(first and second) and not first & second


def _affiliation(role: str, only_explicit: bool) -> set[str]:
    """The beginnings of the names in a role, which names share with their adjectives ("China", "Chinese")."""
    explicit = _AFFILIATION.search(role)
    parts = ", ".join(part for part in role.split(", ") if relation_of(part) is None)  # not "Ann Lee’s husband"
    text = explicit[1] if explicit else "" if only_explicit else parts
    return {word[:4].lower() for word in re.findall(r"\w+", text) if word[0].isupper() and word.lower() not in TITLES}
