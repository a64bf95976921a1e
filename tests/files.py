"""Sample files of every kind, written by the usual libraries."""

from __future__ import annotations

import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
from odfdo import Document, Header, Paragraph

from tests.outlook import write_msg

TITLE = "Bridge opens"
AUTHOR = "Jane Porter"
PARAGRAPHS = (
    "The new bridge over the fjord opened on Thursday after three years of building, the mayor said.",
    "Some four thousand people walked over it on the first day, which was sunny and without wind for once.",
    "The bridge is 640 metres long and has room for cyclists on both sides, according to the council.",
)
TEXT = "\n\n".join(PARAGRAPHS)
PAGE = (
    f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title></head><body><nav>Home</nav>"
    f"<article><h1>{TITLE}</h1>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</article></body></html>"
)


def write_docx(path: Path) -> Path:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for line in PARAGRAPHS:
        document.add_paragraph(line)
    document.core_properties.author = AUTHOR
    document.save(str(path))
    return path


def write_odt(path: Path) -> Path:
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, TITLE))
    for line in PARAGRAPHS:
        document.body.append(Paragraph(line))
    document.meta.initial_creator = AUTHOR
    document.save(path)
    return path


def write_epub(path: Path, chapters: tuple[str, ...] = (PAGE,)) -> Path:
    names = [f"chapter{number}.xhtml" for number in range(1, len(chapters) + 1)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    refs = "".join(f'<itemref idref="{name}"/>' for name in names)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The paper</dc:title>'
            f"<dc:creator>{AUTHOR}</dc:creator><dc:publisher>The Outlet</dc:publisher><dc:date>2023-05-04</dc:date>"
            f"</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, page in zip(names, chapters, strict=True):
            archive.writestr(f"OEBPS/{name}", page)
    return path


def email_message(subject: str = TITLE, text: str = TEXT) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = f"{AUTHOR} <jane@outlet.example>"
    message["Date"] = "Thu, 04 May 2023 10:00:00 +0000"
    message["Message-ID"] = f"<{subject.replace(' ', '-')}@outlet.example>"
    message.set_content(text)
    message.add_alternative(PAGE, subtype="html")
    return message


def write_eml(path: Path) -> Path:
    path.write_bytes(bytes(email_message()))
    return path


def write_mbox(path: Path, subjects: tuple[str, ...] = (TITLE,)) -> Path:
    import mailbox

    box = mailbox.mbox(path)
    for subject in subjects:
        box.add(email_message(subject, f"{subject} is the subject of this e-mail.\n\n{TEXT}"))
    box.close()
    return path


def write_mhtml(path: Path) -> Path:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://outlet.example/bridge"
    message["Subject"] = TITLE
    message.set_content(PAGE, subtype="html")
    path.write_bytes(bytes(message))
    return path


def write_zip(path: Path, members: dict[str, str | bytes] | None = None) -> Path:
    if members is None:
        line = json.dumps({"title": "Ferry", "text": "The ferry sails again."})
        members = {"news/bridge.html": PAGE, "news/lines.jsonl": line, ".hidden.txt": "x", "photo.png": b"\x89PNG"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def write_csv(path: Path) -> Path:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerows([["Headline", "Byline", "Date", "Body"], [TITLE, AUTHOR, "2023-05-04", TEXT]])
    return path


def write_rtf(path: Path) -> Path:
    paragraphs = (r"{\b " + TITLE + "}", f"By {AUTHOR}", *PARAGRAPHS)
    path.write_text(
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}" + "".join(f"\\pard {line}\\par\n" for line in paragraphs) + "}"
    )
    return path


def write_outlook(path: Path) -> Path:
    return write_msg(path, {0x0037: TITLE, 0x0C1A: AUTHOR, 0x0C1F: "jane@outlet.example", 0x1000: TEXT})


WRITERS = {
    ".docx": write_docx,
    ".odt": write_odt,
    ".rtf": write_rtf,
    ".msg": write_outlook,
    ".epub": write_epub,
    ".eml": write_eml,
    ".mbox": write_mbox,
    ".mhtml": write_mhtml,
    ".zip": write_zip,
    ".csv": write_csv,
}
