"""Find the sentences of the articles that answer a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Library

from ..question import ArticleQuestion, FactQuestion, SearchQuery
from ..retrieval import Candidate, Ranking, term_coverage
from .quote import Quote, add_context, merge_neighbours
from .reading import LEAST_MARGIN, Readings
from .screening import about_persons, without_plans
from .versions import contradicts, newest_first, one_article_per_cluster

_MAX_PASSAGES = 12  # best passages whose sentences are scored
_MAX_QUOTES = 5  # sentences in an answer
_MAX_QUOTES_IN_LIST = 8  # … if the question asks for several things
_MAX_BEHIND = (
    0.03  # by which the score of further quotes may be lower than the best, if the reader finds that it answers
)
_MAX_BEHIND_UNSURE = 0.08  # the same if it doesn't
_MIN_SEVERAL = 3  # quotes in a list and without a reader, if there are as many
_MAX_BEHIND_SEVERAL = 0.12  # by which the scores of more quotes than these may be lower than the best
# Weights of the features of a sentence. Measured in docs/quality.md.
_WEIGHTS = {
    "words": 0.7,
    "sentence": 0.5,
    "passage": 0.5,
    "terms": 0.2,
    "before": 0.1,
    "thing": 0.1,
    "defines": 0.15,
    "is_claim": -0.5,
    "is_lead": -0.05,
    "reading": 0.025,
}
_CLAIM = re.compile(r"(?:the )?claims?(?: made)?:", re.IGNORECASE)


def find_quotes(
    library: Library,
    question: ArticleQuestion,
    ranking: Ranking,
    readings: Readings | None = None,
    named: str | None = None,
) -> list[Quote]:
    """Find the sentences of the best passages that answer a question, best first; neighbours become one quote.

    `readings` are those of the best passages, if there is a reader. If `named` is given, only sentences that contain
    its last word are used.
    """
    query, expected = question.query, question.query.expected
    quotes: list[Quote] = []
    for candidate in ranking.candidates[:_MAX_PASSAGES]:
        quotes += _score_sentences(library, ranking, candidate, query, readings or Readings())
    if named:
        last = re.escape(named.split()[-1])
        quotes = [quote for quote in quotes if re.search(rf"\b{last}\b", quote.text, re.IGNORECASE)]
    quotes = about_persons(library, query.names_after_first_word, quotes)
    asks_for_one = query.expects_words and not query.expects_list
    if isinstance(question, FactQuestion) and question.compared:
        asks_for_one = False
        quotes = _about_side(library, quotes, *question.compared)
    quotes.sort(key=lambda quote: (-quote.score, quote.passage.id, quote.span))
    if asks_for_one:
        quotes = newest_first(library, quotes, query)
    quotes = one_article_per_cluster(quotes, ranking)
    best = quotes[: _MAX_QUOTES_IN_LIST if query.expects_list else _MAX_QUOTES]
    if asks_for_one:
        best = without_plans(query.text, best)
    kept = _several(best)
    if expected and expected.is_required:  # "How old is he?" has no answer if no age is given
        kept = [quote for quote in kept if expected.find_spans(quote.text)]
    elif readings and not query.expects_list:
        kept = _close_to_best(best, ranking)
    extended = add_context(kept)
    return without_plans(query.text, extended) if asks_for_one else extended


def _close_to_best(quotes: list[Quote], ranking: Ranking) -> list[Quote]:
    """The best quote, those whose scores are close to its, and other versions of it; neighbours become one quote."""
    if not quotes:
        return []
    is_answer = quotes[0].answer is not None and quotes[0].answer.margin >= 0
    least = quotes[0].score - (_MAX_BEHIND if is_answer else _MAX_BEHIND_UNSURE)
    return merge_neighbours(
        [
            quote
            for quote in quotes
            if quote.score >= least or quote.is_earlier or contradicts(quote, quotes[0], ranking)
        ]
    )


def _several(quotes: list[Quote]) -> list[Quote]:
    """The same for a list, and without a reader, when the first is right less often: some whatever their scores."""
    merged = merge_neighbours(quotes)
    return merged[:_MIN_SEVERAL] + [
        quote for quote in merged[_MIN_SEVERAL:] if quote.score >= quotes[0].score - _MAX_BEHIND_SEVERAL
    ]


def _about_side(library: Library, quotes: Sequence[Quote], side: str, other: str) -> list[Quote]:
    """The quotes that, with the titles of their articles, don't name the other side of a comparison alone."""
    headings = library.catalog.headings({quote.passage.article_id for quote in quotes})
    sides = [set(library.passages.terms(name)) for name in (side, other)]
    kept = []
    for quote in quotes:
        terms = set(library.passages.terms(f"{headings.get(quote.passage.article_id, '')} {quote.text}"))
        names_side, names_other = (name <= terms for name in sides)
        if names_side or not names_other:
            kept.append(quote)
    return kept


def _score_sentences(
    library: Library, ranking: Ranking, candidate: Candidate, query: SearchQuery, readings: Readings
) -> list[Quote]:
    """Score each sentence of a passage."""
    passage, expected = candidate.passage, query.expected
    quotes = []
    words_before = 0.0
    for position, span in enumerate(passage.sentences):
        text = passage.words(span)
        answer = readings.best_in(passage.id, span)
        words = candidate.scores.sentence_word_matches[position]
        features = {
            "words": words,
            "sentence": candidate.scores.sentence_cosines[position],
            "passage": candidate.score,
            "terms": term_coverage(library.passages.terms(text), ranking.term_weights),
            # "It took 32 minutes": the preceding sentence says what "it" is.
            "before": words_before,
            "thing": bool(expected and expected.find_spans(text)),
            "defines": bool(query.defined and _defines(text, query.defined)),
            # A fact check repeats the claim before its verdict: "CLAIM: …".
            "is_claim": _CLAIM.match(text) is not None,
            # The lead sums up the article, so it is near to every question about it; details follow later.
            "is_lead": span.start == 0,
            "reading": answer.margin if answer else LEAST_MARGIN,
        }
        score = sum(_WEIGHTS[name] * value for name, value in features.items())
        quotes.append(Quote(passage, span, score, answer=answer))
        words_before = words
    return quotes


def _defines(text: str, name: str) -> bool:
    """Return whether a text defines a name: "Kirby, a spokesman", "DART was a mission", "spokesman John Kirby"."""
    name = re.escape(name)
    after = r"(?:, (?:an?|the|one|who|which|[a-z]+)\b| ?\(|,? (?:is|was|are|were) (?:an?|the|one|[a-z])|, \d)"
    before = r"\b[a-z]+(?:er|or|an|ist|ent|ef|ess|air|al)"
    return re.search(rf"\b{name}{after}|{before} {name}\b", text, re.IGNORECASE) is not None
