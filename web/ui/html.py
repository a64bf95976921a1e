"""From records to HTML. Every word that came from an article, a file name or a person is escaped here.

The page shows this HTML in components that also read Markdown, so all ASCII punctuation and all line ends
become character references: they mean the same in HTML and stand for themselves in Markdown, LaTeX and
templates. So a panel is one line, and no blank line in an article can end its HTML block and start Markdown.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from markupsafe import Markup

from index import Article, Span
from rag import Answer, Citation, Unsupported

CONTEXT_CHARACTERS = 300
SHOWN_HITS = 5
EMPTY = Markup()

_REFERENCES = str.maketrans({sign: f"&#{ord(sign)};" for sign in string.punctuation + "\t\n\r"})
_TAG = re.compile(r"<[^>]*>")
_MARKER = re.compile(r"\[(\d+)\]")
_GAP = re.compile(r"(?<=[.!?”\"\n])\s+")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class SourceCard:
    """An entry of the panel: what is shown of an article (`passage`), and the words it is about (`focus`)."""

    key: str
    article: Article
    passage: Span
    focus: Span
    number: int | None = None


def escape(text: str) -> Markup:
    """`text` so that HTML, Markdown and LaTeX all show it as it stands."""
    # A lone surrogate can't be sent as UTF-8, and would fail the whole answer.
    return Markup(text.encode("utf-8", "replace").decode("utf-8").translate(_REFERENCES))  # noqa: S704 no mark-up is left


def plain_text(shown: str) -> str:
    """The text that `escape` or `answer_html` made `shown` of."""
    return unescape(_TAG.sub("", shown)).strip()


def long_date(day: date) -> str:
    """22 December 2022."""
    return f"{day.day} {day:%B %Y}"


def title_of(article: Article) -> str:
    """The title on one line. Plain text."""
    return " ".join(article.title.split()) or "Untitled article"


def byline(article: Article) -> str:
    """Outlet, author and day, as far as known, and whether the source says something else by now. Plain text."""
    day = long_date(article.published) if article.published else None
    earlier = f"as of {long_date(article.added)}, changed since" if article.replaced else None
    return " · ".join(part for part in (article.publisher, article.author, day, earlier) if part)


def web_address(url: str | None) -> str | None:
    """`url` if it is an http or https address that a reader may follow, else None."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def answer_html(answer: Answer, turn: int) -> Markup:
    """The answer's paragraphs, each marker linked to its source in the panel of the same turn."""
    is_quoted = answer.mode == "quotes"
    blocks = []
    for block in _BLANK_LINES.split(answer.text.strip()):
        kind = "quote" if is_quoted and block.startswith(("“", '"')) else "lead"
        blocks.append(Markup('<p class="{}" dir="auto">{}</p>').format(kind, _linked(block, turn, answer.citations)))
    return Markup("\n\n").join([*_asked_html(answer), *blocks, *map(_unsupported_html, answer.unsupported)])


def _asked_html(answer: Answer) -> Iterator[Markup]:
    """How a language model understood the question, to be changed if it is wrong. No part of the answer."""
    if answer.rewritten_question:
        yield Markup(
            '<p class="aside" dir="auto">Understood as: {0} <button type="button" class="ask-about" value="{0}">Change'
            "</button></p>"
        ).format(escape(answer.rewritten_question))


def _unsupported_html(sentence: Unsupported) -> Markup:
    """A sentence that nothing supports, struck out. No part of the answer."""
    return Markup('<p class="aside unsupported" dir="auto"><s>{}</s> not found in the articles: {}</p>').format(
        escape(sentence.text), escape(sentence.reason)
    )


def sources_html(answer: Answer, articles: Mapping[int, Article], turn: int) -> Markup:
    """The sources of an answer, or the closest passages where it abstained, with the articles to open.

    `articles` has the articles of the citations and hits by id; one removed in the meantime may be missing.
    """
    sources = list(_cited(answer, articles, turn) if answer.citations else _closest(answer, articles, turn))
    heading = "Sources" if answer.citations else "Closest passages"
    if not sources:
        return panel_html("Sources", "No passage in the library comes close to this question.")
    return Markup('<section class="sources" id="sources-{}"><h2>{}</h2>{}{}</section>').format(
        turn,
        heading,
        Markup().join(source_html(source) for source in sources),
        dialogs_html(sources, str(turn)),
    )


def panel_html(heading: str, hint: str) -> Markup:
    """A panel that has nothing to list, and says why."""
    return Markup('<section class="sources"><h2>{}</h2><p class="hint">{}</p></section>').format(
        escape(heading), escape(hint)
    )


def article_html(article: Article, revisions: Iterable[Article] = ()) -> Markup:
    """A whole article to read, with where it came from and its earlier revisions."""
    origin = [f"From {', '.join(article.sources)}"]
    if article.published and (part := article.origins.get("published")):
        origin.append(f"date from {part}")
    if article.modified:
        origin.append(f"last changed {long_date(article.modified)}")
    return Markup('<article class="reading"><h2 dir="auto">{}</h2>{}{}{}{}</article>').format(
        escape(title_of(article)),
        _byline_html(article),
        Markup('<p class="origin">{}</p>').format(escape(" · ".join(origin))),
        Markup('<div class="article-text" dir="auto" tabindex="0">{}</div>').format(escape(article.text)),
        Markup().join(map(_revision_html, revisions)),
    )


def _revision_html(revision: Article) -> Markup:
    since, until = long_date(revision.added), long_date(revision.replaced or revision.added)
    return Markup('<details><summary>{}</summary><div class="article-text" dir="auto">{}</div></details>').format(
        escape(f"As it read from {since} to {until} (no. {revision.id})"), escape(revision.text)
    )


def results_html(results: Iterable[tuple[str, str, str]]) -> Markup:
    """What became of uploaded files: (file name, outcome, detail) each. The outcome is also a CSS class."""
    return Markup('<ul class="results">{}</ul>').format(
        Markup().join(
            Markup('<li class="{}"><strong dir="auto">{}</strong> <span>{}</span></li>').format(
                outcome, escape(name), escape(f"{outcome}: {detail}" if detail else outcome)
            )
            for name, outcome, detail in results
        )
    )


def note_html(text: str) -> Markup:
    """A line of plain text."""
    return Markup('<p class="note">{}</p>').format(escape(text)) if text else Markup()


def _linked(text: str, turn: int, citations: Sequence[Citation]) -> Markup:
    """A text with its markers as links, and what was asked for emphasised in the quotes."""
    known = {citation.marker for citation in citations}
    quoted, parts = [], []
    for citation in citations:
        for match in re.finditer(re.escape(citation.quote), text):
            quoted.append(match.span())
            by = match.start() - citation.start
            for span in citation.emphasis:
                strong = Markup("<strong>{}</strong>").format(escape(span.shifted(by).of(text)))
                parts.append((span.start + by, span.end + by, strong))
    for match in _MARKER.finditer(text):
        # What looks like a marker within a quote is the article's own, a footnote perhaps.
        if int(match[1]) in known and not any(start <= match.start() < stop for start, stop in quoted):
            link = Markup('<a class="marker" href="#source-{0}-{1}" title="Source {1}">[{1}]</a>')
            parts.append((*match.span(), link.format(turn, int(match[1]))))
    pieces, end = [], 0
    for start, stop, shown in sorted(parts):
        if start >= end:
            pieces += [escape(text[end:start]), shown]
            end = stop
    return Markup().join([*pieces, escape(text[end:])])


def _cited(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[SourceCard]:
    passages = {hit.passage.id: Span(hit.passage.start, hit.passage.end) for hit in answer.hits}
    for citation in answer.citations:
        if article := articles.get(citation.article_id):
            quote = Span(citation.start, citation.end)
            passage = passages.get(citation.passage_id or -1) or context(Span(citation.start, citation.end), article)
            around = Span(min(passage.start, quote.start), max(passage.end, quote.end))
            yield SourceCard(f"{turn}-{citation.marker}", article, around, quote, citation.marker)


def _closest(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[SourceCard]:
    for place, hit in enumerate(answer.hits[:SHOWN_HITS], start=1):
        if article := articles.get(hit.passage.article_id):
            span = Span(hit.passage.start, hit.passage.end)
            yield SourceCard(f"{turn}-{place}", article, span, span)


def context(quote: Span, article: Article) -> Span:
    """A quote with the sentences around it, as far as they lie within `CONTEXT_CHARACTERS`."""
    first, last = quote.start - CONTEXT_CHARACTERS, quote.end + CONTEXT_CHARACTERS
    before = [gap.end() for gap in _GAP.finditer(article.text, max(first, 0), quote.start)]
    after = [gap.start() for gap in _GAP.finditer(article.text, quote.end, last)]
    start = 0 if first <= 0 else before[0] if before else quote.start
    end = len(article.text) if last >= len(article.text) else after[-1] if after else quote.end
    return Span(start, end)


def source_html(source: SourceCard, lead: Markup = EMPTY, buttons: Markup = EMPTY) -> Markup:
    """An entry of a panel: the passage with the words that count marked. `lead` and `buttons` are put into it."""
    before, focus, after = (
        escape(source.article.text[start:end])
        for start, end in (
            (source.passage.start, source.focus.start),
            (source.focus.start, source.focus.end),
            (source.focus.end, source.passage.end),
        )
    )
    number = Markup('<span class="number">{}</span> ').format(source.number) if source.number else ""
    return Markup(
        '<article class="source" id="source-{key}" tabindex="-1"><h3 dir="auto">{number}{title}</h3>{byline}{lead}'
        '<blockquote class="passage" dir="auto">{passage}</blockquote>'
        '<button type="button" class="open-article" value="mark-{key}">Show whole article</button>{buttons}</article>'
    ).format(
        lead=lead,
        buttons=buttons,
        key=source.key,
        number=number,
        title=escape(title_of(source.article)),
        byline=_byline_html(source.article),
        passage=Markup("{}<mark>{}</mark>{}").format(before, focus, after) if source.number else focus,
    )


def dialogs_html(sources: Iterable[SourceCard], group: str) -> Markup:
    """The articles of a panel's entries to open, each once, with all its marks. `group` keeps their ids apart."""
    opened: dict[int, list[SourceCard]] = {}
    for source in sources:
        opened.setdefault(source.article.id, []).append(source)
    return Markup().join(_dialog_html(found, group) for found in opened.values())


def _dialog_html(sources: Sequence[SourceCard], group: str) -> Markup:
    article = sources[0].article
    return Markup(
        '<dialog class="article-dialog" id="article-{group}-{id}"><header><h2 dir="auto">{title}</h2>'
        '<button type="button" class="close-article">Close</button></header>{byline}'
        '<div class="article-text" dir="auto" tabindex="0">{text}</div></dialog>'
    ).format(
        group=group,
        id=article.id,
        title=escape(title_of(article)),
        byline=_byline_html(article),
        text=_marked(article.text, sources),
    )


def _marked(text: str, sources: Sequence[SourceCard]) -> Markup:
    """The text with a mark for each source. Where two overlap, the later one marks what is left of it."""
    pieces, end = [], 0
    for source in sorted(sources, key=lambda source: source.focus):
        start = max(end, source.focus.start)
        stop = max(start, source.focus.end)
        pieces += [
            escape(text[end:start]),
            Markup('<mark id="mark-{}" tabindex="-1">{}</mark>').format(source.key, escape(text[start:stop])),
        ]
        end = stop
    return Markup().join([*pieces, escape(text[end:])])


def _byline_html(article: Article) -> Markup:
    line = Markup('<p class="byline">{}').format(escape(byline(article)))
    if address := web_address(article.url):
        line += Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
            escape(address), escape(f"Read at {urlsplit(address).hostname}")
        )
    return line + Markup("</p>")
