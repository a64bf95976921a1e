"""The words of a page and where they are, from PDFium."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2
from pypdfium2.raw import (
    FS_MATRIX,
    FS_RECTF,
    FPDFText_GetCharIndexFromTextIndex,
    FPDFText_GetCharOrigin,
    FPDFText_GetFontSize,
    FPDFText_GetLooseCharBox,
    FPDFText_GetMatrix,
)

# PDFium replaces a hyphen at the end of a line with one of the marks in the second set, and omits the line break.
_WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")
_HYPHEN_MARKS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_RAISED = re.compile(r"(?<=[^\W\d_])[.,;:!?”’)\]]*(\d{1,3}|[*†‡§]{1,3})$")
_MARKS = "\ufffe\x02"
_MARK_ENDS = frozenset("0123456789*†‡§")
_MIN_RAISED = 0.15  # of the size of the font, for the mark of a footnote
_INITIAL = 0.5  # of the size of the font, that the baseline of a large initial letter is below that of its word
_MAX_AFTER_INITIAL = 0.6  # of the size of a large initial letter, for the rest of its word
_DESCENT, _ASCENT = 0.2, 0.8  # of the size of a font, below and above the baseline
_DIGITS = re.compile(r"\d(?:[\d.,:/]*\d)?")
_SAME_ROW = 0.3  # line heights
_RTL_SHARE = 0.5  # of the words of a page written from right to left


_IndexOf = Callable[[int], int]


class Word(NamedTuple):
    """A word and its box, in points from the lower left corner of the page. The height is that of the font.

    On a page written from right to left, the horizontal axis points to the left.

    Attributes:
        order: the position in the order in which the file draws the words.
        mark: the number of characters at the end that are raised, such as the number of a footnote.
        is_vertical: the text is one or more words that are written upwards or downwards.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    order: int
    mark: int = 0
    is_vertical: bool = False


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
    read = _boxed_words if rotation else _upright_words
    words = read(textpage.raw, text, _index_of(textpage, text))
    textpage.close()
    if rotation:
        words = [
            _rotated(word, rotation, (height, width) if rotation in (90, 270) else (width, height)) for word in words
        ]
    is_rtl = sum(map(_is_rtl, words)) > _RTL_SHARE * len(words)
    if is_rtl:
        words = _by_rows([word._replace(left=-word.right, right=-word.left) for word in words])
    return PageWords(words, height, is_rtl)


def is_rtl_text(text: str) -> bool:
    """Return whether the first letter is of a script written from right to left."""
    letter = next(filter(str.isalpha, text), "")
    return letter >= "\u0590" and unicodedata.bidirectional(letter) in ("R", "AL")


def _by_rows(words: list[Word]) -> list[Word]:
    """Return words by rows, and within a row by their places. The order in files written from right to left varies."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.bottom):
        if rows and rows[-1][0].bottom - word.bottom < _SAME_ROW * (word.top - word.bottom):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [word for row in rows for word in sorted(row, key=lambda word: word.left)]


def _is_rtl(word: Word) -> bool:
    return not word.text.isascii() and is_rtl_text(word.text)


def _index_of(textpage: pypdfium2.PdfTextPage, text: str) -> _IndexOf:
    """Return the function from a position in the text to PDFium's, which counts characters that it omits."""
    if len(text) == textpage.count_chars():
        return int
    raw = textpage.raw
    return lambda position: int(FPDFText_GetCharIndexFromTextIndex(raw, position))


def _upright_words(textpage: object, text: str, index_of: _IndexOf) -> list[Word]:
    """Return the words by their baselines and the sizes of their fonts, of which the boxes in PDFs may be wrong."""
    box, x, y = FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    height, size = -1.0, 0.0
    box_pointer, x_pointer, y_pointer = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    words: list[Word] = []
    for order, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        first, last = index_of(match.start()), index_of(match.end() - 1)
        FPDFText_GetCharOrigin(textpage, first, x_pointer, y_pointer)
        FPDFText_GetLooseCharBox(textpage, last, box_pointer)
        if box.top - box.bottom != height:  # another font or size
            height, size = box.top - box.bottom, FPDFText_GetFontSize(textpage, last)
            if not 0.5 * size < height < 2 * size:
                size *= _scale(textpage, last)
        left, baseline, right, mark = x.value, y.value, box.right, 0
        if not -_INITIAL * size < baseline - box.bottom < size and (length := _initial_length(textpage, word, first)):
            words.append(_initial(textpage, word[:length], first, order))
            word = word[length:]
            FPDFText_GetCharOrigin(textpage, first + length, x_pointer, y_pointer)
            left, baseline = x.value, y.value
        if word[-1] in _MARKS:
            word = word.translate(_HYPHEN_MARKS)
        elif word[-1] in _MARK_ENDS and (raised := _RAISED.search(word)):
            FPDFText_GetCharOrigin(textpage, last, x_pointer, y_pointer)
            mark = len(raised[1]) if y.value > baseline + _MIN_RAISED * size else 0
        if last > first and not word.isascii() and is_rtl_text(word):
            word, left, right = _by_places(textpage, word, first)
        rise = abs((box.bottom + box.top) / 2 - baseline)
        if last > first and rise > right - left + size:
            _append_vertical(words, Word(word, left, baseline, left + size, baseline + size, order))
            continue
        words.append(Word(word, left, baseline - _DESCENT * size, right, baseline + _ASCENT * size, order, mark))
    return words


def _by_places(textpage: object, word: str, first: int) -> tuple[str, float, float]:
    """Return a word written from right to left by the places of its letters, whose order in files varies; its edges."""
    letters: list[tuple[float, str]] = []
    box, right = FS_RECTF(), float("-inf")
    for position, character in enumerate(word):
        FPDFText_GetLooseCharBox(textpage, first + position, ctypes.byref(box))
        right = max(right, box.right)
        if letters and unicodedata.combining(character):
            letters[-1] = letters[-1][0], letters[-1][1] + character
        else:
            letters.append((box.left, character))
    letters.sort(key=lambda letter: -letter[0])
    text = _DIGITS.sub(lambda digits: digits[0][::-1], "".join(letter for _, letter in letters))
    return text, letters[-1][0], right


def _append_vertical(words: list[Word], word: Word) -> None:
    """Append a word that is written upwards or downwards to the one before it, which it continues."""
    previous = words[-1] if words else None
    if previous and previous.is_vertical and abs(previous.left - word.left) < word.right - word.left:
        words[-1] = previous._replace(text=f"{previous.text} {word.text}")
    else:
        words.append(word._replace(is_vertical=True))


def _initial_length(textpage: object, word: str, first: int) -> int:
    """Return how many characters at the start of a word are a large initial letter."""
    size = FPDFText_GetFontSize(textpage, first)
    sizes = (FPDFText_GetFontSize(textpage, first + position) for position in range(1, min(4, len(word))))
    return next((length for length, other in enumerate(sizes, 1) if other < _MAX_AFTER_INITIAL * size), 0)


def _initial(textpage: object, text: str, first: int, order: int) -> Word:
    """Return a large initial letter as a word of its own."""
    box, x, y = FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    FPDFText_GetCharOrigin(textpage, first, ctypes.byref(x), ctypes.byref(y))
    FPDFText_GetLooseCharBox(textpage, first + len(text) - 1, ctypes.byref(box))
    size = FPDFText_GetFontSize(textpage, first)
    return Word(text, x.value, y.value - _DESCENT * size, box.right, y.value + _ASCENT * size, order)


def _scale(textpage: object, index: int) -> float:
    """Return the factor by which a font is enlarged."""
    matrix = FS_MATRIX()
    FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    return math.hypot(matrix.c, matrix.d) or 1.0


def _boxed_words(textpage: object, text: str, index_of: _IndexOf) -> list[Word]:
    """Return the words by the boxes of their letters, whatever their direction."""
    box = FS_RECTF()
    pointer = ctypes.byref(box)
    words: list[Word] = []
    for order, match in enumerate(_WORD.finditer(text)):
        FPDFText_GetLooseCharBox(textpage, index_of(match.start()), pointer)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        FPDFText_GetLooseCharBox(textpage, index_of(match.end() - 1), pointer)
        edges = min(left, box.left), min(bottom, box.bottom), max(right, box.right), max(top, box.top)
        words.append(Word(match[0].translate(_HYPHEN_MARKS), *edges, order))
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
    return word._replace(left=box[0], bottom=box[1], right=box[2], top=box[3])
