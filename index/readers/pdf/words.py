"""The words of a page and where they are, from PDFium."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2
from pypdfium2.raw import FS_RECTF, FPDFText_GetCharIndexFromTextIndex, FPDFText_GetLooseCharBox

# PDFium replaces a hyphen at the end of a line with one of the marks in the second set, and omits the line break.
_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
_HYPHEN_MARKS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_RAISED = re.compile(r"(?<=[^\W\d_])[.,;:!?”’)\]]*(\d{1,3}|[*†‡§]{1,3})$")
_MAX_RAISED = 0.85  # of the height of the word, for the mark of a footnote
_RTL_SHARE = 0.5  # of the words of a page written from right to left


class Word(NamedTuple):
    """A word and its box, in points from the lower left corner of the page. The height is that of the font.

    On a page written from right to left, the horizontal axis points to the left.

    Attributes:
        order: the position in the order in which the file draws the words.
        mark: the number of characters at the end that are raised, such as the number of a footnote.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    order: int
    mark: int = 0


class PageWords(NamedTuple):
    """The words of a page in the order in which the file draws them."""

    words: list[Word]
    height: float
    is_rtl: bool


def read_words(page: pypdfium2.PdfPage) -> PageWords:
    """Return the words of a page, upright as a reader sees the page."""
    width, height = page.get_size()
    rotation = page.get_rotation()
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    # PDFium counts some characters that aren't in the text.
    index_of = None if len(text) == textpage.count_chars() else FPDFText_GetCharIndexFromTextIndex
    words = _boxed(textpage.raw, text, index_of)
    textpage.close()
    if rotation:
        words = [
            _rotated(word, rotation, (height, width) if rotation in (90, 270) else (width, height)) for word in words
        ]
    is_rtl = sum(map(_is_rtl, words)) > _RTL_SHARE * len(words)
    if is_rtl:
        words = [word._replace(left=-word.right, right=-word.left) for word in words]
    return PageWords(words, height, is_rtl)


def is_rtl_text(text: str) -> bool:
    """Return whether the first letter is of a script written from right to left."""
    letter = next(filter(str.isalpha, text), "")
    return letter >= "\u0590" and unicodedata.bidirectional(letter) in ("R", "AL")


def _is_rtl(word: Word) -> bool:
    return not word.text.isascii() and is_rtl_text(word.text)


def _boxed(textpage: object, text: str, index_of: Callable[[object, int], int] | None) -> list[Word]:
    box = FS_RECTF()
    pointer = ctypes.byref(box)
    words: list[Word] = []
    for order, match in enumerate(_WORD.finditer(text)):
        word, first, last = match[0], match.start(), match.end() - 1
        if index_of:
            first, last = index_of(textpage, first), index_of(textpage, last)
        FPDFText_GetLooseCharBox(textpage, first, pointer)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        mark = 0
        if last > first:
            FPDFText_GetLooseCharBox(textpage, last, pointer)
            left, right = min(left, box.left), max(right, box.right)
            if box.top - box.bottom < _MAX_RAISED * (top - bottom):
                raised = _RAISED.search(word) if box.bottom > bottom else None
                mark = len(raised[1]) if raised else 0
            else:  # the box of a letter that is higher or lower than others includes it
                bottom, top = max(bottom, box.bottom), min(top, box.top)
        if word[-1] in "\ufffe\x02":
            word = word.translate(_HYPHEN_MARKS)
        words.append(Word(word, left, bottom, right, top, order, mark))
    return words


def _rotated(word: Word, rotation: int, size: tuple[float, float]) -> Word:
    """Turn a box with its page; `size` is that of the page before it is turned."""
    width, height = size
    match rotation:
        case 90:
            box = word.bottom, width - word.right, word.top, width - word.left
        case 180:
            box = width - word.right, height - word.top, width - word.left, height - word.bottom
        case _:
            box = height - word.top, word.left, height - word.bottom, word.right
    return Word(word.text, *box, word.order, word.mark)
