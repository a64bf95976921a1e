"""Answers from the articles' own sentences: which of them answer a question."""

from __future__ import annotations

import re

from index import Library

from ..question import AnswerType, Question, answer_spans, answer_type_of, expects_list
from ..retrieval import Candidate, Ranking, term_share
from .quote import Quote, with_context, with_neighbours

_READ = 12  # passages whose sentences are looked at
_MOST = 5  # sentences in an answer
_MOST_OF_LIST = 8  # … to a question that asks for several things
_MARGIN = 0.12  # how far below the best sentence a further quote may be
_MIN_QUOTES = 3  # that many are shown where the passages are near to the question, whatever the margin
# How much each of these tells that a sentence is the answer. Measured in docs/quality.md.
_WEIGHTS = {
    "words": 0.7,
    "sentence": 0.5,
    "passage": 0.5,
    "terms": 0.2,
    "before": 0.1,
    "thing": 0.1,
    "defines": 0.15,
    "is_lead": -0.05,
}

_WHO_IS = re.compile(r"^(?:who|what) (?:is|was|are|were) (?:an? |the )?(?P<what>\S+(?: \S+){0,3}?)\W*$", re.IGNORECASE)


def find_quotes(library: Library, question: Question, ranking: Ranking, named: str | None = None) -> list[Quote]:
    """The sentences of the best passages that answer a question, best first, at most five; neighbours are one quote.

    Where a name is given, only sentences that hold its last word.
    """
    asked, defined = answer_type_of(question.query), _WHO_IS.match(question.query)
    quotes: list[Quote] = []
    for candidate in ranking.candidates[:_READ]:
        quotes += _sentence_quotes(library, ranking, candidate, question.query, asked, defined and defined["what"])
    if named:
        last = re.escape(named.split()[-1])
        quotes = [quote for quote in quotes if re.search(rf"\b{last}\b", quote.text, re.IGNORECASE)]
    quotes.sort(key=lambda quote: (-quote.score, quote.passage.id, quote.span))
    quotes = _one_article_a_story(quotes, ranking.clusters)
    joined = with_neighbours(quotes[: _MOST_OF_LIST if expects_list(question.query) else _MOST])
    kept = [q for at, q in enumerate(joined) if at < _MIN_QUOTES or q.score >= quotes[0].score - _MARGIN]
    if asked and asked.is_certain and not any(answer_spans(quote.text, asked, question.query) for quote in kept):
        return []  # "How old is he?" where no age is given
    return with_context(kept)


def _sentence_quotes(
    library: Library, ranking: Ranking, candidate: Candidate, query: str, asked: AnswerType | None, defined: str | None
) -> list[Quote]:
    passage = candidate.passage
    quotes = []
    before = 0.0
    for at, span in enumerate(passage.sentences):
        text = passage.words(span)
        words = candidate.near.sentence_words[at]
        features = {
            "words": words,
            "sentence": candidate.near.sentence_scores[at],
            "passage": candidate.score,
            "terms": term_share(library.terms(text), ranking.weights),
            # "It took 32 minutes": what "it" is stands in the sentence before.
            "before": before,
            "thing": bool(asked and answer_spans(text, asked, query)),
            "defines": bool(defined and _defines(text, defined)),
            # It sums up the article and so is near to every question about it; the details stand behind it.
            "is_lead": span.start == 0,
        }
        quotes.append(Quote(passage, span, sum(_WEIGHTS[name] * value for name, value in features.items())))
        before = words
    return quotes


def _defines(text: str, what: str) -> bool:
    """True for "Kirby, a spokesman", "DART was a mission" and "spokesman John Kirby"."""
    name = re.escape(what)
    after = r"(?:, (?:an?|the|one|who|which|[a-z]+)\b| ?\(|,? (?:is|was|are|were) (?:an?|the|one|[a-z])|, \d)"
    return (
        re.search(rf"\b{name}{after}|\b[a-z]+(?:er|or|an|ist|ent|ef|ess|air|al) {name}\b", text, re.IGNORECASE)
        is not None
    )


def _one_article_a_story(quotes: list[Quote], clusters: dict[int, int]) -> list[Quote]:
    """Without the quotes of near-duplicates of an article with a better one: they support nothing that it doesn't."""
    told: dict[int, int] = {}
    kept = []
    for quote in quotes:
        article_id = quote.passage.article_id
        cluster = clusters.get(article_id)
        if cluster is None or told.setdefault(cluster, article_id) == article_id:
            kept.append(quote)
    return kept
