"""What follows the verb of a question: particle, listener, agent, object and topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import (
    ADDRESSEE_VERBS,
    CHARACTERISING_VERBS,
    PREPOSITIONAL_VERBS,
    STANCE_VERBS,
    word_set,
)

from .parts import ADVERBS, TOPIC_PREPOSITIONS, Complement, base_form, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTICLES = word_set("out up back in off down by forward")
_EMPTY_OBJECTS = word_set("anything something what much more")
_AGENT_END = word_set("about regarding concerning on over that at in during as")
_LISTENER_VERBS = ADDRESSEE_VERBS | word_set("ask warn promise urge advise beg implore question assure order lecture")
_GENERAL_LISTENERS = word_set("reporters journalists press media lawmakers parliament congress committee court jury")
_CIRCUMSTANCES = word_set("before after during while when")
_TRAILING_ADVERBS = word_set("lately recently yet again publicly exactly afterwards earlier later then now today")


def read_complement(verb: Token, is_passive: bool) -> Complement:
    """Read what follows a verb."""
    base = base_form(verb)
    following = [token for token in verb.doc[verb.i + 1 :] if not (token.is_punct and token.i == len(verb.doc) - 1)]
    particle, tokens = _take_particle(base, following)
    agent, tokens = _take_agent(tokens) if is_passive else ("", tokens)
    tokens = _without_listener(base, tokens)
    target = next((one for one in verb.rights if one.dep_ in ("dobj", "attr", "oprd") and one in tokens), None)
    takes_as = base in STANCE_VERBS | CHARACTERISING_VERBS
    has_predicate = any(one.dep_ == "oprd" or (takes_as and one.lower_ == "as") for one in verb.rights) or (
        target is not None and any(one.tag_.startswith("JJ") for one in target.rights)
    )
    has_clause = any(one.dep_ in ("ccomp", "csubj") or one.lower_ == "that" for one in verb.rights)
    preposition, topic = _topic(tokens)
    return Complement(agent, topic, preposition, target.text if target else "", particle, has_clause, has_predicate)


def _take_particle(base: str, tokens: list[Token]) -> tuple[str, list[Token]]:
    """Split off the particle of a phrasal verb, and adverbs and empty objects: "point out", "say anything"."""
    particle = ""
    own = PREPOSITIONAL_VERBS.get(base, frozenset())
    while tokens and tokens[0].lower_ in _PARTICLES and (tokens[0].lower_ in own or tokens[0].tag_ == "RP"):
        particle = particle or tokens[0].lower_
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[0].lower_ in ADVERBS | _EMPTY_OBJECTS and tokens[0].dep_ != "det":
        tokens = tokens[1:]
    return particle, tokens


def _take_agent(tokens: list[Token]) -> tuple[str, list[Token]]:
    begin = next((n for n, token in enumerate(tokens) if token.lower_ == "by"), None)
    if begin is None:
        return "", tokens
    end = next((n for n in range(begin + 2, len(tokens)) if tokens[n].lower_ in _AGENT_END), len(tokens))
    return words_of(tokens[begin + 1 : end]), tokens[:begin] + tokens[end:]


def _without_listener(base: str, tokens: list[Token]) -> list[Token]:
    """Remove "reporters" from "tell reporters about …" and "to Congress" from "say to Congress about …"."""
    if not tokens:
        return tokens
    is_to = tokens[0].lower_ == "to" and tokens[0].dep_ != "aux"
    is_object = base in _LISTENER_VERBS and not _begins_topic(tokens[0])
    if not is_to and not is_object:
        return tokens
    begin = int(is_to)
    end = next((n for n in range(begin + 1, len(tokens)) if _begins_topic(tokens[n])), len(tokens))
    if end < len(tokens) and not (is_to and "to" in PREPOSITIONAL_VERBS.get(base, ())):
        return tokens[end:]
    return tokens[end:] if tokens[begin:end] and tokens[end - 1].lower_ in _GENERAL_LISTENERS else tokens


def _begins_topic(token: Token) -> bool:
    return token.lower_ in TOPIC_PREPOSITIONS and token.dep_ != "aux"


def _topic(tokens: list[Token]) -> tuple[str, str]:
    """Return the preposition before a topic and the topic; "What did he warn about?" has a preposition only."""
    preposition = ""
    while tokens and tokens[0].lower_ in TOPIC_PREPOSITIONS:
        preposition = preposition or tokens[0].lower_
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower_ in TOPIC_PREPOSITIONS or tokens[-1].is_punct):
        preposition = preposition or tokens[-1].lower_
        tokens = tokens[:-1]
    end = next((n for n, token in enumerate(tokens) if n and token.lower_ in _CIRCUMSTANCES), len(tokens))
    while end and tokens[end - 1].lower_ in _TRAILING_ADVERBS:
        end -= 1
    topic = words_of(tokens[:end])
    return preposition, "" if topic.lower() in _EMPTY_OBJECTS else topic
