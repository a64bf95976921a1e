"""Documents that Chromium makes: printed pages and pages saved as one file."""

from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser

from index import SourceError
from index.ingest.load import load
from index.records import LoadedArticle
from tests.files import PAGE, PARAGRAPHS, TITLE


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of five pages with a number on each."""
    path = tmp_path_factory.mktemp("printed") / "bridge.pdf"
    page = browser.new_page()
    filler = "".join(f"<p>{line} This is paragraph {n}.</p>" for n in range(40) for line in PARAGRAPHS)
    page.set_content(PAGE.replace("<nav>Home</nav>", "").replace("</article>", f"{filler}</article>"))
    number = "The Outlet, page <span class='pageNumber'></span>"
    numbers = f"<div style='font-size:9px;width:100%;text-align:center'>{number}</div>"
    page.pdf(path=path, display_header_footer=True, header_template="<i></i>", footer_template=numbers)
    page.close()
    return path


def only(path: Path) -> LoadedArticle:
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article


def test_a_printed_page(printed: Path) -> None:
    article = only(printed)
    assert article.title == TITLE
    for line in PARAGRAPHS:
        assert line in article.text  # the lines of a paragraph are joined
    assert f"{PARAGRAPHS[2]} This is paragraph 39." in article.text
    assert "The Outlet, page" not in article.text


def test_a_pdf_with_a_password(printed: Path, tmp_path: Path) -> None:
    with pikepdf.open(printed) as document:
        document.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="one", user="two"))
    with pytest.raises(SourceError, match="protected by a password; save it without one"):
        list(load(tmp_path / "a.pdf"))


def test_a_scan(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_content("<svg width='400' height='400'><circle cx='200' cy='200' r='150'/></svg>")
    page.pdf(path=tmp_path / "scan.pdf")
    page.close()
    with pytest.raises(SourceError, match=r"contains no text; if it is a scan, run text recognition"):
        list(load(tmp_path / "scan.pdf"))


def test_cut_and_changed_pdfs_are_articles_or_failures(printed: Path, tmp_path: Path) -> None:
    data, path = printed.read_bytes(), tmp_path / "a.pdf"
    changed = [data[: len(data) * part // 20] for part in range(20)]
    changed += [data[:at] + bytes([at % 256]) * 20 + data[at + 20 :] for at in range(0, len(data), len(data) // 100)]
    for its in changed:
        path.write_bytes(its)
        try:
            only(path)
        except SourceError as error:
            assert str(error)  # noqa: PT017
    assert only(printed).title == TITLE


def test_a_page_saved_as_one_file(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_content(PAGE)
    snapshot = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    page.close()
    (tmp_path / "a.mhtml").write_text(snapshot["data"], newline="")
    article = only(tmp_path / "a.mhtml")
    assert article.title == TITLE
    assert PARAGRAPHS[1] in article.text
