"""Small cases that once went wrong: articles, a question, and what the answer must and must not contain."""

import json
from pathlib import Path
from typing import Any

import pytest

from index import Library
from rag import Assistant
from tests.conftest import ROOT

CASES = [json.loads(line) for line in (ROOT / "tests/data/answer_cases.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_answer_is_right(library: Library, tmp_path: Path, case: dict[str, Any]) -> None:
    for number, article in enumerate(case["articles"]):
        front_matter = "\n".join(f"{key}: {json.dumps(article[key])}" for key in ("title", "publisher", "published"))
        (tmp_path / f"{number}.md").write_text(f"---\n{front_matter}\n---\n\n{article['text']}\n", "utf-8")
    library.add(*sorted(tmp_path.glob("*.md")))
    answer = Assistant(library).ask(case["question"])
    assert answer.abstained == case["abstains"], answer.text
    assert all(words in answer.text for words in case["contains"]), answer.text
    assert not [words for words in case["excludes"] if words in answer.text], answer.text
    assert answer.short_answer == case.get("short_answer", answer.short_answer)
