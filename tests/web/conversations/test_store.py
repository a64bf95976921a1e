"""Conversations are kept: over restarts, kills and removed articles."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index import Library
from rag import Assistant, Turn
from web.answer_articles import articles_of
from web.conversations import ConversationNotFound, Conversations, RemovedArticle, StoredAnswer
from web.state import StateFailed

QUESTION = "What did Kirby say?"


def stored(assistant: Assistant, question: str = QUESTION) -> StoredAnswer:
    answer = assistant.ask(question)
    return StoredAnswer.of(answer, articles_of(assistant.library, answer))


def test_a_conversation_is_back_after_reopening(tmp_path: Path, assistant: Assistant) -> None:
    kept = Conversations(tmp_path)
    conversation = kept.create(QUESTION)
    exchange = kept.ask(conversation.id, QUESTION, "quotes")
    answer = stored(assistant)
    kept.finish(exchange.id, "answered", answer)
    kept.ask(conversation.id, "And about Biden?", "quotes")
    kept.file.close()

    again = Conversations(tmp_path)
    assert [(one.title, one.turns) for one in again.all()] == [(QUESTION, 2)]
    first, second = again.exchanges(conversation.id)
    assert first.stored() == answer
    assert (second.state, second.number, second.answer) == ("waiting", 2, None)
    assert again.history(second) == [Turn(QUESTION, answer.answer.text)]
    assert again.answers(conversation.id) == [(QUESTION, answer.answer)]
    assert len(conversation.id) >= 22  # 128 random bits
    assert again.create(QUESTION).id != conversation.id


def test_rename_search_delete_and_undo(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    first, second = kept.create("Who won\nthe prize? " + "why " * 100), kept.create("100%_sure")
    kept.ask(second.id, "What about the Ferry?", "quotes")
    assert first.title.startswith("Who won the prize? why")
    assert len(first.title) <= 81
    kept.rename(first.id, "  Prizes \ud800 ")
    assert [one.title for one in kept.all("prize")] == ["Prizes ?"]
    assert [one.id for one in kept.all("ferry")] == [second.id]
    assert [one.id for one in kept.all("%_s")] == [second.id]
    assert kept.all("a_c") == []
    kept.delete(first.id)
    assert [one.id for one in kept.all()] == [second.id]
    for call in (lambda: kept.get(first.id), lambda: kept.delete(first.id), lambda: kept.exchanges(first.id)):
        with pytest.raises(ConversationNotFound):
            call()
    kept.restore(first.id)
    assert kept.get(first.id).title == "Prizes ?"


def test_what_was_deleted_is_gone_for_good_after_a_while(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    old = kept.create("Old")
    kept.ask(old.id, "Old", "quotes")
    kept.delete(old.id)
    with kept.file.write() as connection:
        connection.execute(
            "UPDATE conversations SET deleted = ?", ((datetime.now(UTC) - timedelta(hours=2)).isoformat(),)
        )
    kept.create("New")
    with pytest.raises(ConversationNotFound):
        kept.restore(old.id)
    assert kept.file.rows("SELECT * FROM turns") == []


def test_an_edited_question_replaces_those_after_it_until_undone(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    conversation = kept.create("one")
    for question in ("one", "two", "three"):
        kept.finish(kept.ask(conversation.id, question, "quotes").id, "stopped")
    edited = kept.ask(conversation.id, "2", "quotes", replaces=2)
    assert edited.number == 2
    kept.ask(conversation.id, "3", "quotes")
    assert [one.question for one in kept.exchanges(conversation.id)] == ["one", "2", "3"]
    kept.undo_replacement(conversation.id)
    assert [one.question for one in kept.exchanges(conversation.id)] == ["one", "two", "three"]
    kept.finish(edited.id, "answered")  # too late, and without effect
    with pytest.raises(ConversationNotFound):
        kept.undo_replacement(conversation.id)
    for number in (0, 4):
        with pytest.raises(ConversationNotFound):
            kept.ask(conversation.id, "x", "quotes", replaces=number)
    assert len(kept.exchanges(conversation.id)) == 3


def test_the_first_end_of_an_answer_counts(tmp_path: Path, assistant: Assistant) -> None:
    kept = Conversations(tmp_path)
    conversation = kept.create(QUESTION)
    exchange = kept.ask(conversation.id, QUESTION, "quotes")
    kept.finish(exchange.id, "stopped")
    kept.finish(exchange.id, "answered", stored(assistant))
    assert kept.exchange(conversation.id, 1).state == "stopped"
    kept.finish(10_000, "answered")


def test_a_removed_article_leaves_its_quotes(tmp_path: Path, library: Library) -> None:
    source = tmp_path / "ferry.txt"
    source.write_text("Ferry sails again\n\nThe skipper, Olga Brandt, said that the ferry would sail on Friday.\n")
    [article_id] = library.add(source).added
    answer = stored(Assistant(library), "What did Olga Brandt say?")
    kept = StoredAnswer.from_json(answer.to_json())
    assert not isinstance(kept.articles_in(library)[article_id], RemovedArticle)
    library.remove(article_id)
    article = kept.articles_in(library)[article_id]
    assert isinstance(article, RemovedArticle)
    assert article.title == "Ferry sails again"
    for citation in kept.answer.citations:
        assert article.text[citation.start : citation.end] == citation.quote


def test_a_page_of_a_long_conversation(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    conversation = kept.create("0")
    with kept.file.write() as connection:
        connection.executemany(
            "INSERT INTO turns (conversation, number, question, mode, state, asked)"
            " VALUES (?, ?, ?, 'quotes', 'answered', '')",
            [(conversation.id, number, str(number)) for number in range(1, 501)],
        )
    assert [one.number for one in kept.exchanges(conversation.id, None, 3)] == [498, 499, 500]
    assert [one.number for one in kept.exchanges(conversation.id, 3, 10)] == [1, 2]
    assert kept.ask(conversation.id, "next", "quotes").number == 501


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    conversation = Conversations(tmp_path).create("start")

    def ask_some() -> None:
        kept = Conversations(tmp_path)  # as another process would
        for _ in range(10):
            kept.ask(conversation.id, "?", "quotes")
        kept.file.close()

    threads = [threading.Thread(target=ask_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.number for one in Conversations(tmp_path).exchanges(conversation.id)] == list(range(1, 41))


def test_a_kept_question_survives_a_kill(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from web.conversations import Conversations\n"
        "kept = Conversations(Path(sys.argv[1])); conversation = kept.create('Kept?')\n"
        "kept.ask(conversation.id, 'Kept?', 'quotes'); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == -9
    kept = Conversations(tmp_path)
    [conversation] = kept.all()
    assert [(one.question, one.state) for one in kept.exchanges(conversation.id)] == [("Kept?", "waiting")]


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "conversations.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StateFailed, match=r"conversations\.db"):
        Conversations(tmp_path).all()
