"""Texts in encodings other than UTF-8: alone, mixed, declared and undeclared."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import SourceError
from index.cleaning import decode, decode_markup
from index.ingest.load import load
from index.records import LoadedArticle

DATA = Path("tests/data/encodings")
FRENCH = "Le conseil a voté mardi la fermeture de l’ancienne gare maritime. « C’était la décision », a dit la maire."
RUSSIAN = "Городской совет проголосовал за закрытие старого терминала. Мэр сказала, что это было трудное решение."
TEXTS = {
    FRENCH: ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac-roman"),
    RUSSIAN: ("utf-16-le", "utf-16-be", "cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic"),
    "Rada miasta zagłosowała we wtorek za zamknięciem starego terminalu, powiedziała burmistrz.": (
        "cp1250",
        "iso8859-2",
    ),
    "Το δημοτικό συμβούλιο ψήφισε την Τρίτη το κλείσιμο του παλιού λιμανιού.": ("cp1253", "iso8859-7"),
    "Belediye meclisi salı günü eski vapur iskelesinin kapatılmasına karar verdi.": ("cp1254",),
    "市議会は火曜日、古いフェリーターミナルの閉鎖を決定した。": ("cp932", "euc-jp", "iso2022_jp"),
    "市议会周二投票决定关闭旧渡轮码头。市长说这是她任期内最艰难的决定。": ("gb18030",),
    "시의회는 화요일 오래된 페리 터미널을 폐쇄하기로 투표했다.": ("cp949",),
    "صوت المجلس البلدي يوم الثلاثاء على إغلاق محطة العبارات القديمة.": ("cp1256",),
}


def text_of(path: Path) -> str:
    (article,) = load(path)
    assert isinstance(article, LoadedArticle)
    return f"{article.title}\n{article.text}"


@pytest.mark.parametrize(("text", "encoding"), [(text, name) for text, names in TEXTS.items() for name in names])
def test_the_encoding_is_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cp1251.txt", "Городской совет Северодвинска"),
        ("macroman.txt", "« C’était la décision la plus difficile », a déclaré la maire à l’été."),
        ("latin1.epub", "Le conseil a voté la fermeture de la gare à l'été, a déclaré la maire élue"),
        ("one_bad_byte.txt", "Une décision difficile, dit-elle.\n\nUne décision coûteuse, dit-il."),
    ],
)
def test_files_are_readable(name: str, words: str) -> None:
    assert words in text_of(DATA / name)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"It\x92s done.", "It’s done."),
        (b"It cost \xa350.", "It cost £50."),
        (FRENCH.encode() + b"\nIt\x92s done.\n", FRENCH + "\nIt’s done.\n"),
        (FRENCH.encode() + b" It\x92s done.", FRENCH + " It’s done."),
        (FRENCH.encode() + b"\xe2\x80", FRENCH + "\ufffd"),
        (RUSSIAN.encode() + b" \xd0 " + RUSSIAN.encode(), f"{RUSSIAN} \ufffd {RUSSIAN}"),
        (f"{RUSSIAN}\n".encode() + RUSSIAN.encode("koi8-r"), f"{RUSSIAN}\n{RUSSIAN}"),
        ("« CAFÉ»\nUne décision coûteuse, à l’été.".encode("cp1252"), "« CAFÉ»\nUne décision coûteuse, à l’été."),
    ],
)
def test_a_bad_byte_does_not_spoil_the_rest(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("declaration", "encoding", "text"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "cp1252", FRENCH),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", RUSSIAN),
        ("<meta charset=koi8-r>", "koi8-r", RUSSIAN),
        ("<meta charset='iso-8859-1'>", "utf-8", FRENCH),  # the bytes show that this isn't so
        ("<meta charset=unknown>", "cp1252", FRENCH),
        ("<title>No declaration</title>", "cp1251", RUSSIAN),
    ],
)
def test_markup_declares_its_encoding(declaration: str, encoding: str, text: str) -> None:
    assert text in decode_markup(f"{declaration}<p>{text}</p>".encode(encoding))


def test_bytes_that_are_no_text_are_refused() -> None:
    for data in (bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n" + b"\0\x01\x02" * 50, b"PK\x03\x04\0\0\0\x08" * 40):
        with pytest.raises(SourceError, match="not a text file"):
            decode(data)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1))
def test_utf_8_is_never_taken_for_another_encoding(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    for decoded_by in (decode, decode_markup):
        with suppress(SourceError):
            assert isinstance(decoded_by(data), str)
