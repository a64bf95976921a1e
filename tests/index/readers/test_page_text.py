"""The text of web pages: nothing of the article lost, struck out or taken from other pages."""

from pathlib import Path

import lxml.html
import pytest

from index import Failure, Skipped, SourceError
from index.cleaning import (
    decode_markup,
    html_to_text,
    is_list_of_links,
    is_suspiciously_short,
    longest_prose,
    prepare_page,
)
from index.ingest.load import load
from index.records import LoadedArticle
from tests.growth import MAX_EXPONENT, exponent

DATA = Path("tests/data/pages")
SENTENCES = (
    "The harbour board voted on Monday to dredge the channel, which has silted up since the storm of 2021.",
    "“We have waited long enough,” said Ada Brown, who chairs the board, to the forty people in the hall.",
    "The work is to begin in March and will cost some three million pounds, according to the plan.",
    "Fishermen had asked for a deeper channel for years, because boats could leave only at high tide.",
    "A second vote, on the price of moorings, was put off until the autumn at the request of the town.",
    "The town’s own engineers had warned that the north wall may not bear the weight of a larger crane.",
)
PARAGRAPHS = [f"<p>{line}</p>" for line in SENTENCES]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><title>Channel</title>{head}</head><body>{body}</body></html>"


def loaded(path: Path, html: str = "") -> tuple[str, list[str]]:
    if html:
        path = path / "page.html"
        path.write_text(html, encoding="utf-8")
    items = list(load(path))
    text = "\n\n".join(item.text for item in items if isinstance(item, LoadedArticle))
    return text, [item.reason for item in items if isinstance(item, Failure | Skipped)]


@pytest.mark.parametrize(
    ("name", "present", "absent"),
    [
        ("drop_cap_space", "The town council of Northbridge voted", "T he"),
        ("half_lost", "The operator lost 1.4 million pounds", "Section"),
        ("half_lost", "Carl Dean, who leads the opposition, called the figures misleading", "\n\nx\n\n"),
        ("linked_paragraph_lost", "“Nobody in this room wanted to be the one to switch off the lights,”", "About us"),
        ("struck_text_kept", "The loss was 1.4 million pounds last year.", "1.6"),
        ("table_lost", "Year Passengers\n\n2021 41,000\n\n2022 33,500", "---"),
    ],
)
def test_the_text_is_what_the_page_displays(name: str, present: str, absent: str) -> None:
    text, notes = loaded(DATA / f"{name}.html")
    assert present in text
    assert absent not in text
    assert not notes


def test_a_list_of_links_is_refused() -> None:
    with pytest.raises(SourceError, match="list of links"):
        loaded(DATA / "of_links_taken.html")


@pytest.mark.parametrize(
    "card",
    [
        "<li><a href=/{n}>The harbour story with number {n}</a><p>A summary of story {n}, in one line.</p></li>",
        "<div><a href=/{n}><h3>Harbour story {n}</h3></a><p>A summary of story {n}, which is one line long.</p></div>",
        "<h3><a href=/{n}>The harbour story number {n}</a></h3><p>A summary of story {n}, in one line, no more.</p>",
        "<article><p><a href=/{n}>The harbour story {n}</a></p><p>Story {n} has a summary of one line.</p></article>",
    ],
)
def test_teasers_are_no_article(tmp_path: Path, card: str) -> None:
    with pytest.raises(SourceError, match="no article text found"):
        loaded(tmp_path, page("<main>" + "".join(card.format(n=n) for n in range(12)) + "</main>"))


def test_headings_of_an_article_may_be_links(tmp_path: Path) -> None:
    parts = "".join(f"<h2><a href=/{n}>Part {n} of the plan</a></h2>{line}{line}" for n, line in enumerate(PARAGRAPHS))
    text, _ = loaded(tmp_path, page(f"<article>{parts}</article>"))
    assert all(line in text for line in SENTENCES)


def test_an_article_beside_teasers_is_taken(tmp_path: Path) -> None:
    cards = "".join(f"<div><h3><a href=/{n}>Story {n}</a></h3><p>What story {n} is about.</p></div>" for n in range(6))
    text, _ = loaded(tmp_path, page(f"<article>{''.join(PARAGRAPHS)}</article><section>{cards}</section>"))
    assert all(line in text for line in SENTENCES)


def test_a_list_with_links_in_its_sentences_is_an_article(tmp_path: Path) -> None:
    items = "".join(f"<li><b><a href=/{n}>{line[:40]}</a></b>{line[40:]}</li>" for n, line in enumerate(SENTENCES))
    text, _ = loaded(tmp_path, page(f"<article><p>{SENTENCES[0]}</p><ol>{items}</ol></article>"))
    assert all(line in text for line in SENTENCES)


def test_the_next_page_is_reported() -> None:
    text, notes = loaded(DATA / "multi1.html")
    assert "many of them pensioners" in text
    assert notes == ["next page: the article continues at multi2.html, which wasn't read; add that page too"]
    text, notes = loaded(DATA / "multi2.html")
    assert text.endswith("the railway station.")
    assert not notes


@pytest.mark.parametrize(
    ("address", "continues"),
    [
        ("https://news.example/harbour/channel?page=2", True),
        ("/harbour/channel/2/", True),
        ("?page=2", True),
        ("channel,2.html", True),
        ("https://news.example/harbour/channel/page/2", True),
        ("https://news.example/harbour/moorings", False),  # the next article
        ("https://news.example/2024/02/17/moorings", False),
        ("https://news.example/harbour/4711", False),
        ("/harbour/moorings-2", False),
    ],
)
def test_only_a_page_of_the_same_article_is_next(tmp_path: Path, address: str, continues: bool) -> None:
    head = f"<link rel=canonical href='https://news.example/harbour/channel'><link rel=next href='{address}'>"
    assert bool(loaded(tmp_path, page(f"<article>{''.join(PARAGRAPHS)}</article>", head))[1]) == continues


@pytest.mark.parametrize(
    "body",
    [
        # Containers divided by advertisements, in any number.
        "<div id=a>" + "<div class=ad>x</div>".join(f"<div class=part-text>{p}</div>" for p in PARAGRAPHS) + "</div>",
        "<section class=a>{}{}</section><aside>Ad</aside><section class=a>{}{}{}{}</section>".format(*PARAGRAPHS),
        # Names that look like those of other parts of a page.
        "<div class=related-stories-wrapper><div class=sidebar-main>" + "".join(PARAGRAPHS) + "</div></div>",
        "<div class=free><div class=premium-text>" + "".join(PARAGRAPHS) + "</div></div>",
        # Paragraphs that are links or separated by line breaks.
        f"<main>{PARAGRAPHS[0]}<p><a href=/x><em>{SENTENCES[1]}</em></a></p>{''.join(PARAGRAPHS[2:])}</main>",
        "<table><tr><td>" + "<br><br>".join(SENTENCES) + "</td></tr></table>",
        "<div class=story>" + "<br>".join(SENTENCES) + "</div>",
    ],
)
def test_no_paragraph_is_lost(tmp_path: Path, body: str) -> None:
    text, _ = loaded(tmp_path, page(f"<nav><a href=/>Home</a> <a href=/n>News</a></nav>{body}<footer>Contact</footer>"))
    assert [line for line in SENTENCES if line not in text] == []


@pytest.mark.parametrize(
    ("markup", "displayed"),
    [
        ("It lost <s>1.6</s> 1.4 million.", "It lost 1.4 million."),
        ("It lost <strike>1.6</strike>1.4 million.", "It lost 1.4 million."),
        ("It lost <span style='text-decoration: line-through'>1.6 </span>1.4 million.", "It lost 1.4 million."),
        ("The vote<sup><a href='#fn1'>1</a></sup> was close.", "The vote was close."),
        ("The vote<a href='#fn1'>[1]</a> was close.", "The vote was close."),
        ("The vote<a href='#fn1'><sup>1</sup></a> was close.", "The vote was close."),
        ("The vote was close.<sup>1</sup> It was held twice.", "The vote was close. It was held twice."),
        ("It covers 12 km<sup>2</sup> of marsh.", "It covers 12 km2 of marsh."),
        ("<q>We go ahead</q>, she said.", "“We go ahead”, she said."),
        ("<q>We go <em>ahead</em></q>, she said.", "“We go ahead”, she said."),
        ("<q>“We go ahead,”</q> she said.", "“We go ahead,” she said."),
        ("<b>T</b> he vote was close.", "The vote was close."),
        ("<span class=dropcap>T</span>he vote was close.", "The vote was close."),
        ("<span class=dropcap>A</span> vote was held.", "A vote was held."),
        ("<span class=dropcap>A</span> ccording to her, it was close.", "According to her, it was close."),
        ("Plan <b>B</b> was refused.", "Plan B was refused."),
    ],
)
def test_words_are_as_displayed(tmp_path: Path, markup: str, displayed: str) -> None:
    text, _ = loaded(tmp_path, page(f"<article><p>{markup}</p>{''.join(PARAGRAPHS)}</article>"))
    assert text.split("\n\n")[0] == displayed


def test_a_page_that_may_be_incomplete_is_recognized() -> None:
    assert is_suspiciously_short("Only this.", SENTENCES)
    assert not is_suspiciously_short("\n\n".join(SENTENCES), SENTENCES)
    assert not is_suspiciously_short("Only this.", ["A notice about cookies, in one or two sentences."])


@pytest.mark.parametrize(
    "piece",
    [
        "<p><a href=/x>{s}</a></p>",
        "<div class=a><p>{s}</p></div><div class=b><p>{s}</p></div>",
        "<p><b>T</b> he <q>vote</q><sup><a href='#a'>1</a></sup> <s>was</s> close</p>",
        "<div><h2><a href=/x>A title of a story</a></h2><p>{s}</p></div>",
        "<a href=/x>A title of a story</a>",
        "<table><tr><td>1<td>2</tr></table>",
    ],
)
def test_pages_are_read_in_linear_time(piece: str) -> None:
    def prepared(html: str) -> None:
        tree = lxml.html.document_fromstring(decode_markup(html.encode()))
        prepare_page(tree)
        is_list_of_links(tree, longest_prose(tree))
        html_to_text(html)

    unit = piece.format(s=SENTENCES[0])
    assert exponent(prepared, lambda length: page(unit * (length // len(unit)))) <= MAX_EXPONENT


def test_hidden_text_of_markdown_and_documents_is_left_out() -> None:
    shown = "The council voted on Tuesday evening to close the old ferry terminal."
    for hidden in (
        "<div hidden>Ignore it.</div>",
        "<noscript>Ignore it.</noscript>",
        "<p style='display: none'>Ignore it.",
    ):
        assert html_to_text(f"<p>{shown}</p>{hidden}").text == shown
    assert html_to_text(f"<div hidden><p>{shown}</p></div>").text == shown  # a script would display it
