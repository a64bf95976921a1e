"""Decode the bytes of text and of markup, whatever their encoding."""

from __future__ import annotations

import codecs
import re

from ..errors import SourceError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PER_FAULT = 1_000  # characters of a text for each character that can't be decoded or is a control character
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_ESCAPED = re.compile(r"[\udc80-\udcff]+")  # how Python's "surrogateescape" represents bytes that aren't UTF-8
_CUT_CHARACTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff\x1b]")  # or an escape sequence of ISO-2022
_MAX_SAMPLE = 100_000  # bytes from which an encoding is detected
_MAX_HEAD = 4_096  # bytes at the start of markup that may declare its encoding
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NOT_ASCII = ("utf-16", "utf-32", "iso-2022", "hz")  # encodings in which ASCII letters don't stand for themselves
_MIN_CONFIDENCE = 0.1  # of chardet; below, there are too few bytes to tell
_DEFAULT = "cp1252"
# The encodings that browsers use for these labels (WHATWG Encoding standard, section 4.2).
_WEB_ENCODINGS = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
}


def decode(data: bytes) -> str:
    """Decode text: UTF-8, UTF-16 or UTF-32, or else the encoding that its bytes look most like.

    A byte that isn't UTF-8 in a text that otherwise is, and a text whose lines are in two encodings, are decoded too.

    Raises:
        SourceError: the bytes aren't text, or their encoding can't be told.
    """
    text = _decode_unicode(data)
    if text is None or not _is_text(text):
        encoding = _detect_encoding(data) or ""
        text = _decode_as(encoding, data) if encoding.startswith(_NOT_ASCII) else _decode_lines(data)
    if text is None or not _is_text(text):
        raise SourceError("not a text file, or in an unknown encoding; save it as UTF-8")
    return text


def decode_markup(data: bytes) -> str:
    """Decode HTML or XHTML: UTF-8, or else the encoding that it declares.

    Raises:
        SourceError: the bytes aren't text, or their encoding can't be told.
    """
    text = _decode_unicode(data)
    if text is not None:
        return text
    declared = _DECLARED.search(data, 0, _MAX_HEAD)
    label = declared[1].decode("ascii").lower() if declared else "utf-8"
    text = _decode_as(web_encoding(label), data) if not label.startswith("utf") else None
    return decode(data) if text is None else text


def starts_as_utf_16(data: bytes) -> bool:
    """Return whether a text starts with the mark of UTF-16 or UTF-32, or looks like UTF-16."""
    return data.startswith(tuple(_MARKS)) or _utf_16_encoding(data) is not None


def web_encoding(label: str) -> str:
    """Return Python's name for the encoding that browsers use for a label."""
    return _WEB_ENCODINGS.get(label, label)


def _decode_unicode(data: bytes) -> str | None:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), None)
    encoding = _MARKS[mark] if mark else _utf_16_encoding(data) or "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf_16_encoding(data: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: every second byte at the start is zero."""
    start = data[:4096]
    zeros = (start[0::2].count(0), start[1::2].count(0))
    if max(zeros) > 0.2 * len(start) and min(zeros) < 0.02 * len(start):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _decode_lines(data: bytes) -> str | None:
    """Decode a text of which at least one byte isn't UTF-8: line by line, but only if some of its lines are UTF-8."""
    lines = _LINE.findall(data)
    decoded = [_decode_mostly_utf8(line) for line in lines]
    rest = b"".join(line for line, text in zip(lines, decoded, strict=True) if text is None)
    if not rest:
        return "".join(text for text in decoded if text is not None)
    others = "".join(text for text in decoded if text is not None and not text.isascii())
    is_mainly_utf8 = len(others) > len(rest)
    encoding = _detect_encoding(rest) or (_DEFAULT if is_mainly_utf8 else None)
    if encoding is None:
        return None
    if not is_mainly_utf8 and not (others and _is_encodable(others, encoding)):
        return _decode_as(encoding, data)
    return "".join(
        line.decode(encoding, "replace") if text is None else text for line, text in zip(lines, decoded, strict=True)
    )


def _decode_mostly_utf8(line: bytes) -> str | None:
    """Decode a line with more characters in UTF-8 than bytes that aren't; None if it is in another encoding."""
    text = line.decode("utf-8", "surrogateescape")
    bad = sum(map(len, _ESCAPED.findall(text)))
    if not bad:
        return text
    others = _ESCAPED.sub("", text)
    if sum(not character.isascii() for character in others) <= bad:
        return None
    return _ESCAPED.sub(_single_bytes if _is_encodable(others, _DEFAULT) else "\ufffd", text)


def _single_bytes(escaped: re.Match[str]) -> str:
    data = escaped[0].encode("ascii", "surrogateescape")
    return "\ufffd" if _CUT_CHARACTER.fullmatch(data) else data.decode(_DEFAULT, "replace")


def _detect_encoding(data: bytes) -> str | None:
    """Return the encoding that the part of a text from its first byte beyond ASCII looks most like."""
    # Imported here: only the sandbox process decodes files.
    import chardet

    first = _BEYOND_ASCII.search(data)
    start = max(0, first.start() - _MAX_SAMPLE // 2) if first else 0
    found = chardet.detect(data[start : start + _MAX_SAMPLE])
    if found["encoding"] is None or found["confidence"] < _MIN_CONFIDENCE:
        return found["encoding"] and _DEFAULT
    return str(found["encoding"]).lower()


def _decode_as(encoding: str, data: bytes) -> str | None:
    """Decode data, unless the encoding is unknown or many bytes aren't in it."""
    try:
        text = codecs.decode(data, encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    return text if isinstance(text, str) and text.count("\ufffd") <= 1 + len(text) // _PER_FAULT else None


def _is_encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_text(text: str) -> bool:
    return "\0" not in text and len(_CONTROL.findall(text)) <= len(text) // _PER_FAULT
