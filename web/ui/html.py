"""HTML for the page. Every word that came from an article, a file name or a person is escaped here.

The page shows this HTML in components that also read Markdown, so all ASCII punctuation and all line ends become
character references: they mean the same in HTML and have no special meaning in Markdown, LaTeX and templates. So a
panel is one line, and no blank line in an article can end its HTML block and start Markdown.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from markupsafe import Markup

from index import Article, Span
from rag import Answer, Citation, Unsupported

from ..messages import ask as texts
from ..messages import library as library_texts
from ..messages.common import join_parts, long_date
from ..uploads import display_name

MAX_CONTEXT_CHARACTERS = 300
MAX_RELATED_PASSAGES = 5
NOTICE = '<p class="note">'
EMPTY = Markup()

_REFERENCES = str.maketrans({sign: f"&#{ord(sign)};" for sign in string.punctuation + "\t\n\r"})
_TAG = re.compile(r"<[^<>]*>")
_MARKER = re.compile(r"\[(\d+)\]")
_SENTENCE_GAP = re.compile(r"(?<=[.!?”\"\n])\s+")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A card in a panel: an excerpt of an article (`passage`) and the words in it that matter (`focus`)."""

    key: str
    article: Article
    passage: Span
    focus: Span
    number: int | None = None


def escape(text: str) -> Markup:
    """`text` so that HTML, Markdown and LaTeX all show it literally."""
    # A lone surrogate can't be sent as UTF-8 and would make the whole answer fail.
    return Markup(text.encode("utf-8", "replace").decode("utf-8").translate(_REFERENCES))  # noqa: S704 no mark-up is left


def plain_text(html: str) -> str:
    """The text in the HTML that `escape` or `answer_html` made."""
    return unescape(_TAG.sub("", html)).strip()


def title_of(article: Article) -> str:
    """The title on one line. Plain text."""
    return " ".join(article.title.split()) or texts.UNTITLED


def byline(article: Article) -> str:
    """Outlet, author and date, as far as known, and whether this is an earlier version. Plain text."""
    day = long_date(article.published) if article.published else None
    version = texts.superseded(long_date(article.added)) if article.replaced else None
    return join_parts([article.publisher, article.author, day, version])


def web_address(url: str | None) -> str | None:
    """`url` if it is an http or https address that may become a link, else None."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def answer_html(answer: Answer, turn: int) -> Markup:
    """The paragraphs of an answer. Each marker links to its source in the panel of the same turn."""
    is_quoted = answer.mode == "quotes"
    blocks = []
    for block in _BLANK_LINES.split(answer.text.strip()):
        css_class = "quote" if is_quoted and _MARKER.search(block) else "lead"
        blocks.append(
            Markup('<p class="{}" dir="auto">{}</p>').format(css_class, _linked(block, turn, answer.citations))
        )
    unsupported = map(_unsupported_html, answer.unsupported)
    return Markup("\n\n").join([*_interpretation_html(answer), *blocks, *unsupported, *_related_hint_html(answer)])


# Paragraphs of the class "aside" aren't part of the answer: they are left out of the history.


def _interpretation_html(answer: Answer) -> Iterator[Markup]:
    """The question as a language model understood it, with a button to correct it."""
    if answer.rewritten_question:
        yield Markup(
            '<p class="aside" dir="auto">{1} {0} <button type="button" class="ask-about" value="{0}">{2}</button></p>'
        ).format(escape(answer.rewritten_question), texts.INTERPRETED_AS, texts.EDIT)


def _unsupported_html(sentence: Unsupported) -> Markup:
    """A sentence that the articles don't support, struck out."""
    return Markup('<p class="aside unsupported" dir="auto"><s>{}</s> {} {}</p>').format(
        escape(sentence.text), texts.UNSUPPORTED, escape(sentence.reason)
    )


def _related_hint_html(answer: Answer) -> Iterator[Markup]:
    if answer.abstained and answer.hits:
        yield Markup('<p class="aside">{}</p>').format(texts.SEE_RELATED_PASSAGES)


def sources_html(answer: Answer, articles: Mapping[int, Article], turn: int) -> Markup:
    """The sources of an answer, or related passages if there is no answer, with dialogs of their articles.

    `articles` has the articles of the citations and hits by id; those removed in the meantime may be missing.
    """
    cards = list(
        _citation_cards(answer, articles, turn) if answer.citations else _related_cards(answer, articles, turn)
    )
    if not cards:
        hint = texts.SOURCES_REMOVED if answer.citations else texts.NO_RELATED_PASSAGES
        return panel_html(texts.SOURCES, hint if answer.citations or answer.abstained else texts.NEEDS_NO_SOURCES)
    hint = EMPTY if answer.citations else Markup('<p class="hint">{}</p>').format(texts.RELATED_PASSAGES)
    return Markup('<section class="sources" id="sources-{}"><h2>{}</h2>{}{}{}</section>').format(
        turn, texts.SOURCES, hint, Markup().join(map(card_html, cards)), dialogs_html(cards, str(turn))
    )


def panel_html(heading: str, hint: str) -> Markup:
    """A panel without content, with a hint instead."""
    return Markup('<section class="sources"><h2>{}</h2><p class="hint">{}</p></section>').format(
        escape(heading), escape(hint)
    )


def article_html(article: Article, revisions: Iterable[Article] = ()) -> Markup:
    """A whole article to read, with its origin and earlier versions."""
    origin = library_texts.article_origin(
        [display_name(source) for source in article.sources],
        article.origins.get("published") if article.published and "published" not in article.edited else None,
        long_date(article.modified) if article.modified else None,
        article.edited,
    )
    return Markup('<article class="reading"><h2 dir="auto">{}</h2>{}{}{}{}</article>').format(
        escape(title_of(article)),
        _byline_html(article),
        Markup('<p class="origin">{}</p>').format(escape(origin)),
        Markup('<div class="article-text" dir="auto" tabindex="0">{}</div>').format(escape(article.text)),
        Markup().join(map(_revision_html, revisions)),
    )


def _revision_html(revision: Article) -> Markup:
    since, until = long_date(revision.added), long_date(revision.replaced or revision.added)
    return Markup('<details><summary>{}</summary><div class="article-text" dir="auto">{}</div></details>').format(
        escape(library_texts.revision(since, until, revision.id)), escape(revision.text)
    )


def notice_html(text: str) -> Markup:
    """A message of the app, as a paragraph."""
    return Markup('<p class="note">{}</p>').format(escape(text)) if text else Markup()


def _linked(text: str, turn: int, citations: Sequence[Citation]) -> Markup:
    """A text with its markers as links, and with the emphasis of its quotes."""
    quoted, replacements = _emphasised(text, citations)
    known = {citation.marker for citation in citations}
    for match in _MARKER.finditer(text):
        # Within a quote, "[1]" belongs to the article, such as a footnote.
        if int(match[1]) in known and not any(span.start <= match.start() < span.end for span in quoted):
            link = Markup('<a class="marker" href="#source-{0}-{1}" title="{2}">[{1}]</a>')
            marker = int(match[1])
            replacements.append((Span(*match.span()), link.format(turn, marker, texts.source_title(marker))))
    pieces, end = [], 0
    for span, html in sorted(replacements):
        if span.start >= end:
            pieces += [escape(text[end : span.start]), html]
            end = span.end
    return Markup().join([*pieces, escape(text[end:])])


def _emphasised(text: str, citations: Sequence[Citation]) -> tuple[list[Span], list[tuple[Span, Markup]]]:
    """The spans of quotes in a text, and the HTML of the emphasis in them."""
    quoted: list[Span] = []
    strong: list[tuple[Span, Markup]] = []
    for citation in citations:
        for match in re.finditer(re.escape(citation.quote), text):
            quoted.append(Span(*match.span()))
            for span in citation.emphasis:
                shown = span.shifted(match.start() - citation.start)
                strong.append((shown, Markup("<strong>{}</strong>").format(escape(shown.of(text)))))
    return quoted, strong


def _citation_cards(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[SourceCard]:
    passages = {hit.passage.id: Span(hit.passage.start, hit.passage.end) for hit in answer.hits}
    for citation in answer.citations:
        if article := articles.get(citation.article_id):
            quote = Span(citation.start, citation.end)
            passage = passages.get(citation.passage_id or -1) or with_context(quote, article)
            excerpt = Span(min(passage.start, quote.start), max(passage.end, quote.end))
            yield SourceCard(f"{turn}-{citation.marker}", article, excerpt, quote, citation.marker)


def _related_cards(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[SourceCard]:
    for number, hit in enumerate(answer.hits[:MAX_RELATED_PASSAGES], start=1):
        if article := articles.get(hit.passage.article_id):
            span = Span(hit.passage.start, hit.passage.end)
            yield SourceCard(f"{turn}-{number}", article, span, span)


def with_context(quote: Span, article: Article) -> Span:
    """A quote with the whole sentences around it, at most `MAX_CONTEXT_CHARACTERS` on each side."""
    first, last = quote.start - MAX_CONTEXT_CHARACTERS, quote.end + MAX_CONTEXT_CHARACTERS
    before = [gap.end() for gap in _SENTENCE_GAP.finditer(article.text, max(first, 0), quote.start)]
    after = [gap.start() for gap in _SENTENCE_GAP.finditer(article.text, quote.end, last)]
    start = 0 if first <= 0 else before[0] if before else quote.start
    end = len(article.text) if last >= len(article.text) else after[-1] if after else quote.end
    return Span(start, end)


def card_html(card: SourceCard, note: Markup = EMPTY, buttons: Markup = EMPTY) -> Markup:
    """A card: the passage with its focus highlighted, a `note` above it and further `buttons` below."""
    before, focus, after = (
        escape(card.article.text[start:end])
        for start, end in (
            (card.passage.start, card.focus.start),
            (card.focus.start, card.focus.end),
            (card.focus.end, card.passage.end),
        )
    )
    number = Markup('<span class="number">{}</span> ').format(card.number) if card.number else ""
    return Markup(
        '<article class="source" id="source-{key}" tabindex="-1"><h3 dir="auto">{number}{title}</h3>{byline}{note}'
        '<blockquote class="passage" dir="auto">{passage}</blockquote>'
        '<button type="button" class="open-article" value="mark-{key}">{show}</button>{buttons}</article>'
    ).format(
        note=note,
        buttons=buttons,
        key=card.key,
        number=number,
        title=escape(title_of(card.article)),
        byline=_byline_html(card.article),
        passage=Markup("{}<mark>{}</mark>{}").format(before, focus, after) if card.number else focus,
        show=texts.SHOW_ARTICLE,
    )


def dialogs_html(cards: Iterable[SourceCard], group: str) -> Markup:
    """A dialog for each article of a panel's cards, with all its highlights. `group` makes their ids unique."""
    cards_by_article: dict[int, list[SourceCard]] = {}
    for card in cards:
        cards_by_article.setdefault(card.article.id, []).append(card)
    return Markup().join(_dialog_html(cards, group) for cards in cards_by_article.values())


def _dialog_html(cards: Sequence[SourceCard], group: str) -> Markup:
    article = cards[0].article
    return Markup(
        '<dialog class="article-dialog" id="article-{group}-{id}"><header><h2 dir="auto">{title}</h2>'
        '<button type="button" class="close-article">{close}</button></header>{byline}'
        '<div class="article-text" dir="auto" tabindex="0">{text}</div></dialog>'
    ).format(
        group=group,
        id=article.id,
        title=escape(title_of(article)),
        close=texts.CLOSE,
        byline=_byline_html(article),
        text=_highlighted(article.text, cards),
    )


def _highlighted(text: str, cards: Sequence[SourceCard]) -> Markup:
    """The text with the focus of each card highlighted. Of two that overlap, the later one gets the rest."""
    pieces, end = [], 0
    for card in sorted(cards, key=lambda card: card.focus):
        start = max(end, card.focus.start)
        stop = max(start, card.focus.end)
        pieces += [
            escape(text[end:start]),
            Markup('<mark id="mark-{}" tabindex="-1">{}</mark>').format(card.key, escape(text[start:stop])),
        ]
        end = stop
    return Markup().join([*pieces, escape(text[end:])])


def _byline_html(article: Article) -> Markup:
    line = Markup('<p class="byline">{}').format(escape(byline(article)))
    if address := web_address(article.url):
        line += Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
            escape(address), escape(texts.read_at(urlsplit(address).hostname or ""))
        )
    return line + Markup("</p>")
