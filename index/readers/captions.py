"""Captions of videos (.vtt, .srt): a transcript, with one paragraph for each turn of a speaker."""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Timestamp

from ..errors import SourceError
from .base import RawArticle, decode, read_bytes

_PAUSE_SECONDS = 2.0  # between cues without a speaker: a new paragraph, if the sentence has ended
_MAX_PARAGRAPH = 600  # characters of a speaker's words, after which the next sentence begins a paragraph
_MIN_ROLLING = 0.3  # share of the cues that begin with the line before
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^<>]{1,100})>")
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,100}\}")
_TURN_MARK = re.compile(r"\A(?:>>+|»|[-–—](?=\s?\w))\s*")  # of a new speaker
_LABEL = re.compile(r"\A(?:[A-Z][\w.'’-]{0,30}\s){0,4}[A-Z][\w.'’-]{0,30}:\s")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"”’)\]]*\Z")


@dataclass(slots=True)
class _Turn:
    """Consecutive words of one speaker."""

    speaker: str = ""
    lines: list[str] = field(default_factory=list)
    end: float = 0.0

    @property
    def text(self) -> str:
        words = " ".join(self.lines)
        return f"{self.speaker}: {words}" if self.speaker else words

    @property
    def has_ended(self) -> bool:
        return not self.lines or bool(_SENTENCE_END.search(self.lines[-1]))


def read_captions(path: Path) -> Iterator[RawArticle]:
    """Read the captions of a video without times and markup. Lines that captions repeat are read once.

    Raises:
        SourceError: there are none in the file.
    """
    text = decode(read_bytes(path)).lstrip("\ufeff")
    try:
        captions = webvtt.from_buffer(io.StringIO(text), format=path.suffix.lower().removeprefix("."))
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise SourceError(f"these aren't captions: {error}") from error
    paragraphs = [turn.text for turn in _turns(captions) if turn.lines]
    if not paragraphs:
        raise SourceError("the file contains no captions")
    yield RawArticle("\n\n".join(paragraphs))


def _turns(captions: webvtt.WebVTT) -> Iterator[_Turn]:
    cues = [[(voice, line) for voice, line in _lines(caption.raw_text) if line] for caption in captions.captions]
    is_rolling = _are_rolling(cues)
    turn, before = _Turn(), list[tuple[str, str]]()
    for caption, lines in zip(captions.captions, cues, strict=True):
        start, end = _seconds(caption.start_time), _seconds(caption.end_time)
        for voice, line in lines:
            if is_rolling and (voice, line) in before:
                continue
            mark = _TURN_MARK.match(line)
            words = line[mark.end() :] if mark else line
            is_long = sum(map(len, turn.lines)) > _MAX_PARAGRAPH or start - turn.end > _PAUSE_SECONDS
            if mark or _LABEL.match(words) or voice != turn.speaker or (is_long and turn.has_ended):
                yield turn
                turn = _Turn(voice)
            turn.lines.append(words)
        before, turn.end = lines, end
    yield turn


def _are_rolling(cues: list[list[tuple[str, str]]]) -> bool:
    """Return whether the cues repeat the lines before, as live captions do while they scroll."""
    pairs = [(one, other) for one, other in itertools.pairwise(cues) if one and other]
    repeated = sum(one[-1] == other[0] for one, other in pairs)
    return repeated > _MIN_ROLLING * len(pairs)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a cue with the voice that is marked for them."""
    voice = ""
    for line in text.splitlines():
        pieces = _VOICE.split(line)  # text, voice, text, voice, text …
        for position in range(0, len(pieces), 2):
            if position:
                voice = " ".join(html.unescape(pieces[position - 1]).split())
            yield voice, " ".join(html.unescape(_TAG.sub("", pieces[position])).split())


def _seconds(time: Timestamp) -> float:
    hours, minutes, seconds, milliseconds = time.to_tuple()
    return 3600 * hours + 60 * minutes + seconds + milliseconds / 1000
