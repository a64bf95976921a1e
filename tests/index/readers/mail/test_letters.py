"""E-mails: each letter in them has its own sender and day, and attached files are articles of their own."""

import mailbox
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from index import Failure, Skipped, SourceError
from index.ingest.load import load
from index.records import LoadedArticle
from tests.conftest import ROOT
from tests.files import PARAGRAPHS, TEXT, TITLE, write_docx
from tests.outlook import write_msg

DATA = ROOT / "tests" / "data" / "letters"
FIRST = (
    "The town council of Northbridge voted on Tuesday evening to close the old ferry terminal by the end of the summer"
)
NOTE = "I read this piece on the train this morning and thought of you. " * 5


def read(path: Path) -> tuple[list[LoadedArticle], list[str]]:
    found = list(load(path))
    return (
        [item for item in found if isinstance(item, LoadedArticle)],
        [item.reason for item in found if isinstance(item, Failure | Skipped)],
    )


def message(text: str, subject: str = "Ferry", **parameters: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Carl Dean <carl@d.example>", "x@y.example"
    mail["Subject"], mail["Date"] = subject, "Tue, 07 Mar 2023 21:30:00 -0500"
    mail.set_content(text, cte="8bit")
    if parameters:
        mail.replace_header(
            "Content-Type", f"text/plain; charset=utf-8; {'; '.join(f'{k}={v}' for k, v in parameters.items())}"
        )
    return mail


def read_mail(folder: Path, mail: EmailMessage) -> tuple[list[LoadedArticle], list[str]]:
    path = folder / "a.eml"
    path.write_bytes(mail.as_bytes())
    return read(path)


def test_wrapped_lines_are_joined() -> None:
    [article], _ = read(DATA / "lines_eml_wrapped.eml")
    assert article.text == f"{FIRST}, after three years of falling numbers.\n\nThe mayor said no."


def test_quote_marks_signatures_and_what_is_answered_are_left_out() -> None:
    [article], _ = read(DATA / "lines_quote_marks_eml.eml")
    assert article.text.startswith(f"Here it is:\n\n{FIRST}")
    assert article.text.endswith("the market square and the railway station.")
    assert ">" not in article.text
    assert article.author == "Ada Brown"


def test_a_forwarded_article_has_its_own_sender_and_day() -> None:
    [article], _ = read(DATA / "eml_forwarded.eml")
    assert (article.title, article.author, article.published) == (
        "Ferry terminal to close",
        "The Northbridge Post",
        date(2023, 3, 6),
    )
    assert article.text.startswith(FIRST)
    assert article.source.endswith("eml_forwarded.eml")


def test_the_html_part_is_read_if_the_plain_one_is_a_stub() -> None:
    [article], _ = read(DATA / "eml_stub_before_page.eml")
    assert article.text.startswith(FIRST)


def test_an_attached_file_is_an_article() -> None:
    (letter, attached), notes = read(DATA / "eml_attachment.eml")
    assert letter.text == "See attached."
    assert attached.source.endswith("#ferry.pdf")
    assert FIRST in attached.text
    assert not notes


FORWARDS = {
    "Outlook": "-----Original Message-----\nFrom: The Northbridge Post [mailto:news@post.example]\n"
    "Sent: Monday, March 6, 2023 8:00 AM\nTo: Carl Dean\nSubject: RE: Ferry terminal to close\n\n",
    "Outlook 365": "________________________________\nFrom: The Northbridge Post <news@post.example>\n"
    "Sent: 06 March 2023 08:00\nTo: Carl Dean <carl@d.example>\nCc: Ed Field\nSubject: Ferry terminal to close\n\n",
    "Apple": "Begin forwarded message:\n\nFrom: The Northbridge Post <news@post.example>\n"
    "Subject: Ferry terminal to close\nDate: 6 March 2023 at 08:00:12 GMT\nTo: Carl Dean <carl@d.example>\n\n",
    "Thunderbird": "-------- Forwarded Message --------\nSubject: \tFerry terminal to close\n"
    "Date: \tMon, 6 Mar 2023 08:00:00 +0000\nFrom: \tThe Northbridge Post <news@post.example>\nTo: \tcarl@d.example\n\n",  # noqa: E501
    "German": "-----Ursprüngliche Nachricht-----\nVon: The Northbridge Post <news@post.example>\n"
    "Gesendet: Montag, 6. März 2023 08:00\nAn: Carl Dean\nBetreff: Ferry terminal to close\n\n",
    "French": "De : The Northbridge Post <news@post.example>\nEnvoyé : lundi 6 mars 2023 08:00\nÀ : Carl Dean\n"
    "Objet : Ferry terminal to close\n\n",
    "quoted": "> *From:* The Northbridge Post <news@post.example>\n> *Date:* 6 March 2023\n"
    "> *Subject:* Ferry terminal to close\n>\n",
}


@pytest.mark.parametrize("program", FORWARDS)
@pytest.mark.parametrize("note", ["FYI\n\n", "", f"{NOTE}\n\n"])
def test_forwards_of_mail_programs(tmp_path: Path, program: str, note: str) -> None:
    mark = "> " if program == "quoted" else ""
    text = "\n".join(f"{mark}{line}".rstrip() for line in TEXT.split("\n"))
    *notes, article = read_mail(tmp_path, message(note + FORWARDS[program] + text + "\n", "Fwd: Ferry"))[0]
    assert (article.title, article.author, article.published) == (
        "Ferry terminal to close",
        "The Northbridge Post",
        date(2023, 3, 6),
    )
    assert article.text == TEXT
    assert [(item.author, item.text) for item in notes] == ([("Carl Dean", NOTE.strip())] if note[:1] == "I" else [])


@pytest.mark.parametrize("wrap", [False, True])
def test_a_quoted_letter_is_not_by_the_one_who_answers(tmp_path: Path, wrap: bool) -> None:
    attribution = "On Mon, 6 Mar 2023 at 08:00, Ada Brown <ada@post.example> wrote:"
    attribution = attribution.replace("Brown <", "Brown\n<") if wrap else attribution
    quoted = "\n".join(f"> {line}".rstrip() for line in TEXT.split("\n"))
    answer, article = read_mail(tmp_path, message(f"{attribution}\n\n{quoted}\n\n{NOTE}\n-- \nCarl Dean\nEditor\n"))[0]
    assert (answer.author, answer.published, answer.text) == ("Carl Dean", date(2023, 3, 7), NOTE.strip())
    assert (article.author, article.published, article.text) == ("Ada Brown", date(2023, 3, 6), TEXT)


def test_sentences_and_turns_that_look_like_headers_stay(tmp_path: Path) -> None:
    text = (
        f"{PARAGRAPHS[0]}\n\nOn Tuesday the mayor wrote:\n\n{PARAGRAPHS[1]}\n\nFrom: the council\n\nTo: the people.\n"
    )
    [article], _ = read_mail(tmp_path, message(text))
    assert article.author == "Carl Dean"
    assert all(words in article.text for words in (*PARAGRAPHS[:2], "the mayor wrote:", "From: the council", "To: the"))


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    flowed = "The council \nvoted \nto close it.\n\n> It was \n> hard, she said.\n-- \nCarl\n"
    [article], _ = read_mail(tmp_path, message(flowed, format="flowed"))
    assert article.text == "The council voted to close it.\n\nIt was hard, she said."


def test_attachments_of_many_kinds(tmp_path: Path) -> None:
    mail = message("Three files are attached to this.\n")
    mail.add_attachment(
        write_docx(tmp_path / "b.docx").read_bytes(), maintype="application", subtype="octet-stream", filename="b.docx"
    )
    mail.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="../../film.mov")
    inner = message(TEXT, "Bridge")
    inner.replace_header("From", "Jane Porter <jane@outlet.example>")
    mail.add_attachment(inner)
    found, notes = read_mail(tmp_path, mail)
    assert [(item.title, item.author) for item in found] == [
        ("Ferry", "Carl Dean"),
        (TITLE, "Jane Porter"),
        ("Bridge", "Jane Porter"),
    ]
    assert len(notes) == 1
    assert notes[0].startswith("film.mov: .mov files can't be read")


def test_an_export_in_a_letter(tmp_path: Path) -> None:
    export = (ROOT / "tests" / "data" / "exports" / "nexis-uni.txt").read_text("utf-8")
    found, _ = read_mail(tmp_path, message(export))
    assert [str(item.published) for item in found] == ["2023-03-07", "2021-04-09"]


def test_an_email_saved_by_outlook(tmp_path: Path) -> None:
    day = (
        (datetime(2023, 3, 7, 21, 30, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    )
    attached = {0x3705: 1, 0x3707: "b.txt", 0x3701: f"Bridge opens\n\n{PARAGRAPHS[0]}".encode()}
    properties = {
        0x001A: "IPM.Note",
        0x0037: "Ferry terminal",
        0x0C1A: "Ada Brown",
        0x0C1F: "ada@post.example",
        0x0039: day,
        0x1000: f"{FIRST[:65]}\r\n{FIRST[66:]}.\r\n",
    }
    found, notes = read(write_msg(tmp_path / "a.msg", properties, (attached,)))
    assert [(item.title, item.author, str(item.published), item.text) for item in found] == [
        ("Ferry terminal", "Ada Brown", "2023-03-07", f"{FIRST}."),
        ("Bridge opens", None, "None", PARAGRAPHS[0]),
    ]
    assert not notes
    (tmp_path / "b.msg").write_bytes(b"no such file")
    with pytest.raises(SourceError, match="isn't an e-mail saved by Outlook"):
        list(load(tmp_path / "b.msg"))


def html_message(html: str, plain: str | None = None) -> EmailMessage:
    mail = message(plain or "")
    if plain is None:
        mail.set_content(html, subtype="html")
    else:
        mail.add_alternative(html, subtype="html")
    return mail


HTML_FORWARDS = {
    "Outlook": "<p>FYI</p><div><p><b>From:</b> The Post &lt;news@post.example&gt;<br><b>Sent:</b> Monday, "
    "March 6, 2023 8:00 AM<br><b>To:</b> Carl<br><b>Subject:</b> Terminal to close</p></div>",
    "Gmail": "<div class='gmail_attr'>---------- Forwarded message ---------<br>From: <b>The Post</b> "
    "<span>&lt;<a>news@post.example</a>&gt;</span><br>Date: Mon, 6 Mar 2023 at 08:00<br>"
    "Subject: Terminal to close<br>To: &lt;c@d.example&gt;</div>",
}


@pytest.mark.parametrize("program", HTML_FORWARDS)
def test_forwards_in_html(tmp_path: Path, program: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    [article], _ = read_mail(tmp_path, html_message(f"<html><body>{HTML_FORWARDS[program]}{paragraphs}</body></html>"))
    assert (article.title, article.author, str(article.published)) == ("Terminal to close", "The Post", "2023-03-06")
    assert article.text == TEXT


def test_the_html_part_is_read_if_the_plain_one_is_cut(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    [article], _ = read_mail(tmp_path, html_message(paragraphs, f"{PARAGRAPHS[0]}\n\nContinue: https://x.example\n"))
    assert article.text == TEXT
    [article], _ = read_mail(tmp_path, html_message(f"{paragraphs}<p>Unsubscribe</p>", f"{TEXT}\n"))
    assert article.text == TEXT


def test_letters_of_a_mailbox(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "a.mbox")
    forwarded = message(f"{NOTE}\n\n{FORWARDS['Apple']}{TEXT}\n", "Fwd: Ferry")
    forwarded["Message-ID"] = "<1@d.example>"
    forwarded.add_attachment(b"Fine\n\nIt is fine.", maintype="text", subtype="plain", filename="c.txt")
    for mail in (forwarded, message(TEXT)):
        box.add(mail)
    box.close()
    found, notes = read(tmp_path / "a.mbox")
    assert [item.source.partition("#")[2] for item in found] == [
        "1@d.example",
        "1@d.example/2",
        "1@d.example/c.txt",
        "2",
    ]
    assert not notes
