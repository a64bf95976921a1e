"""Transcripts in captions of videos."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import SourceError
from index.ingest.load import load
from index.records import LoadedArticle


def text_of(folder: Path, name: str, captions: str) -> str:
    path = folder / name
    path.write_text(captions, "utf-8")
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article.text


def vtt(*cues: str) -> str:
    times = (f"00:00:{2 * n:02}.000 --> 00:00:{2 * n + 2:02}.000" for n in range(len(cues)))
    return "\n\n".join(["WEBVTT", *(f"{time}\n{cue}" for time, cue in zip(times, cues, strict=True))]) + "\n"


def test_voices_are_turns(tmp_path: Path) -> None:
    captions = vtt(
        "<v Ada Brown>We voted to close",
        "<v Ada Brown>the ferry, <i>and</i> it was hard.</v>",
        "<v.loud Carl Dean>Why?</v>\n<v Ada Brown>Nobody uses it &amp; it leaks.",
    )
    assert text_of(tmp_path, "a.vtt", captions) == (
        "Ada Brown: We voted to close the ferry, and it was hard.\n\nCarl Dean: Why?\n\n"
        "Ada Brown: Nobody uses it & it leaks."
    )


def test_subtitles_with_labels_and_marks(tmp_path: Path) -> None:
    captions = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\nRUTH CALDER: We voted\r\nto close it.\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:05,000\r\n- Why?\r\n- Nobody <b>uses</b> it.\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\n>> Thank you.\r\n"
    )
    assert text_of(tmp_path, "a.srt", captions) == (
        "RUTH CALDER: We voted to close it.\n\nWhy?\n\nNobody uses it.\n\nThank you."
    )


def test_lines_that_scroll_are_read_once(tmp_path: Path) -> None:
    captions = vtt(
        "we voted to<00:00:00.500><c> close</c>",
        "we voted to close\nthe old ferry",
        "the old ferry\nat the end",
        "at the end\nof the summer",
    )
    assert text_of(tmp_path, "a.vtt", captions) == "we voted to close the old ferry at the end of the summer"


def test_repeated_words_stay(tmp_path: Path) -> None:
    cues = ("We will not sail.", "No.", "No.", "It is over.", "Goodbye.", "And thank you.")
    assert text_of(tmp_path, "a.vtt", vtt(*cues)) == " ".join(cues)


def test_a_pause_begins_a_paragraph(tmp_path: Path) -> None:
    captions = vtt("It is over.") + "\n00:01:00.000 --> 00:01:02.000\nThe ferry sails.\n"
    assert text_of(tmp_path, "a.vtt", captions) == "It is over.\n\nThe ferry sails."


@pytest.mark.parametrize("captions", ["WEBVTT\n\n", "It sails.", "WEBVTT\n\nNOTE nothing\n"])
def test_files_without_captions_are_refused(tmp_path: Path, captions: str) -> None:
    (tmp_path / "a.vtt").write_text(captions)
    with pytest.raises(SourceError):
        list(load(tmp_path / "a.vtt"))
