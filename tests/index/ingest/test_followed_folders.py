"""Followed folders, and lists of feeds."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import lxml.etree
import pytest

from index import Embedder, Library, SourceError
from index.ingest import STILL_WRITTEN, folder_of, opml
from index.ingest.followed_folders import QUIET_SECONDS
from tests.index.ingest.feed_site import fetcher_of, publish_first_day
from tests.web_server import Site

TEXT = "The ferry to {} sails again from Monday, the harbour master said."


def write(folder: Path, name: str, words: str, seconds_ago: float = 60) -> Path:
    """A file that changed a while ago, so that no test waits for it to settle."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{name}\n\n{TEXT.format(words)}\n", "utf-8")
    os.utime(file, (time.time() - seconds_ago,) * 2)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my articles %20 é"
    write(folder, "one.txt", "Lundby")
    write(folder, "deep/er/two.txt", "Visby")
    return folder


def test_a_folder_is_followed(library: Library, folder: Path, tmp_path: Path) -> None:
    report = library.follow(folder, wait=False)
    assert (len(report.added), report.failed) == (2, [])
    [feed] = library.feeds()
    assert folder_of(feed) == folder
    assert (feed.title, feed.failure) == (folder.name, None)
    assert feed.checked is not None
    assert library.update(wait=False).added == []

    write(folder, "three.txt", "Oslo")
    write(folder, "one.txt", "Bergen", seconds_ago=30)
    (folder / "deep/er/two.txt").unlink()
    report = library.update(wait=False, only_folders=True)
    assert (len(report.added), len(report.updated), report.failed) == (1, 1, [])
    assert len(library) == 3  # the article of the removed file stays
    # Nothing is read again, not after reopening either.
    with Library.open(library.directory, library.embedder) as again:
        report = again.update(wait=False)
        assert (report.added, report.updated, report.unchanged) == ([], [], [])
    # A removed article comes back only when its file changes.
    [removed] = [article.id for article in library.articles() if "Oslo" in article.text]
    library.remove(removed)
    assert library.update(wait=False).added == []
    write(folder, "three.txt", "Oslo and Moss", seconds_ago=20)
    assert len(library.update(wait=False).added) == 1

    library.unfollow(feed.id)
    write(folder, "four.txt", "Turku")
    assert library.update(wait=False).added == []
    assert len(library) == 3


def test_a_file_that_is_being_written_is_left_for_later(library: Library, folder: Path) -> None:
    library.follow(folder, wait=False)
    file = write(folder, "growing.txt", "Lun", seconds_ago=0)
    is_done = threading.Event()

    def grow() -> None:
        while not is_done.wait(QUIET_SECONDS / 40):
            with file.open("a") as lines:
                lines.write("More words.\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        report = library.update(wait=False)
    finally:
        is_done.set()
        writer.join()
    assert report.added == []
    assert [(skipped.source, skipped.reason) for skipped in report.skipped] == [(str(file), STILL_WRITTEN)]
    [added] = library.update(wait=False).added
    assert library.article(added).text.rstrip().endswith("More words.")


def test_links_out_of_the_folder_and_damaged_files(library: Library, folder: Path, tmp_path: Path) -> None:
    secret = write(tmp_path, "secret/secret.txt", "nowhere")
    (folder / "link.txt").symlink_to(secret)
    (folder / "links").symlink_to(secret.parent)
    (folder / "loop").symlink_to(folder)
    (folder / ".hidden.txt").write_text("Hidden\n\nNothing to see here.\n", "utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    os.utime(folder / "bad.pdf", (1, 1))
    report = library.follow(folder, wait=False)
    assert len(report.added) == 2
    assert [failure.source for failure in report.failed] == [str(folder / "bad.pdf")]
    assert library.update(wait=False).failed == []  # it isn't tried again before it changes


def test_what_cannot_be_followed(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (folder / "missing", folder / "one.txt", " ", "file:///etc"):
        with pytest.raises(SourceError):
            library.follow(path, wait=False)
    monkeypatch.setattr("index.ingest.followed_folders.MAX_FILES", 1)
    with pytest.raises(SourceError, match="more than 1 files"):
        library.follow(folder, wait=False)
    assert library.feeds() == []
    monkeypatch.undo()
    library.follow(folder, wait=False)
    folder.rename(folder.with_name("moved"))
    [failure] = library.update(wait=False).failed
    assert failure.reason == "no such folder"
    assert library.feeds()[0].failure == "no such folder"


def test_feeds_go_out_and_come_in_as_opml(tmp_path: Path, embedder: Embedder, site: Site, folder: Path) -> None:
    items = publish_first_day(site)
    site.feed("/one", dict(list(items.items())[:2]))
    site.feed("/two", dict(list(items.items())[2:4]))
    site.pages["/two"] = str(site.pages["/two"]).replace("The Outlet", "Fish &amp; &lt;chips&gt; “daily”")
    with Library.open(tmp_path / "first", embedder, fetcher=fetcher_of(site)) as library:
        library.follow(f"{site.url}/one", wait=False)
        library.follow(f"{site.url}/two", wait=False)
        library.follow(folder, wait=False)
        text = opml(library.feeds())
    outlines = list(lxml.etree.fromstring(text.encode()).iter("outline"))
    assert [(one.get("title"), one.get("xmlUrl")) for one in outlines] == [
        ("The Outlet", f"{site.url}/one"),
        ("Fish & <chips> “daily”", f"{site.url}/two"),
    ]
    listed = tmp_path / "feeds.opml"
    listed.write_text(text.replace("</body>", f"<outline xmlUrl='{site.url}/gone'/></body>"), "utf-8")
    with Library.open(tmp_path / "second", embedder, fetcher=fetcher_of(site)) as library:
        report = library.follow(listed, wait=False)
        assert len(report.added) == 4
        assert [failure.source for failure in report.failed] == [f"{site.url}/gone"]
        assert [feed.url for feed in library.feeds()] == [f"{site.url}/one", f"{site.url}/two"]
        listed.write_text("<opml><body>", "utf-8")
        with pytest.raises(SourceError, match="malformed"):
            library.follow(listed, wait=False)
