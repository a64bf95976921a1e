"""The command lines."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.__main__ import main as index_main
from index.cli import printable
from rag.__main__ import main as rag_main
from rag.quotes.wording import ABSTAINED
from tests.conftest import EXAMPLES, ROOT

ARTICLE = "Bridge opens\n\nThe mayor, Ann Lee, said on Monday that the bridge was open.\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command on a new library; gives exit status, output and errors."""
    (tmp_path / "bridge.txt").write_text(ARTICLE)

    def run(command: str, *arguments: str) -> tuple[int, str, str]:
        main = index_main if command == "index" else rag_main
        status = main([*arguments, "--library", str(tmp_path / "library")])
        return status, *capsys.readouterr()

    return run


def test_a_whole_session(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    path = str(tmp_path / "bridge.txt")
    assert run("index", "add", path)[:2] == (0, "1 added, 0 updated, 0 unchanged\n")
    status, out, err = run("index", "add", path, str(tmp_path / "none.txt"))
    assert (status, out) == (1, "0 added, 0 updated, 1 unchanged, 1 failed\n")
    assert re.search(r"none\.txt: no such file or folder", err, re.IGNORECASE)

    assert "Bridge opens" in run("index", "list")[1]
    [article] = json.loads(run("index", "list", "bridge", "--json")[1])
    assert article["title"] == "Bridge opens"
    assert json.loads(run("index", "status", "--json")[1])["articles"] == 1

    out = run("rag", "ask", "What did Ann Lee say?")[1]
    assert "said on Monday that the bridge was open. [1]" in out
    assert "characters 0–" in out
    answer = json.loads(run("rag", "ask", "What did Ann Lee say?", "--json")[1])
    assert answer["citations"][0]["quote"] == "The mayor, Ann Lee, said on Monday that the bridge was open."
    assert "The mayor" in run("rag", "search", "bridge", "-k", "1")[1]
    out = run("rag", "statements", "Lee", "--about", "bridge")[1]
    assert out.startswith("Ann Lee (mayor), Bridge opens:\n    The mayor, Ann Lee, said on Monday")
    assert out.endswith("1 statement\n")
    assert run("rag", "statements", "Lee", "--since", "2020-01-01")[1] == "0 statements\n"
    [statement] = json.loads(run("rag", "statements", "Lee", "--json")[1])
    assert (statement["cue"], statement["mention"], statement["is_direct"]) == ("said", "The mayor, Ann Lee", False)
    assert run("rag", "speakers")[1] == "     1  Ann Lee (mayor)\n1 speaker\n"
    assert run("rag", "ask", "What did Bob Ray say?")[1].startswith(ABSTAINED)

    assert run("index", "check")[:2] == (0, "No problems found.\n")
    assert run("index", "check", "--repair")[0] == 0
    assert run("index", "remove", str(article["id"]))[1] == (
        f"Removed {article['id']}: Bridge opens\nTo undo it within a day: restore {article['id']}\n"
    )
    assert run("index", "remove", "77")[::2] == (1, "error: No article has the id 77.\n")


def test_errors_are_one_line(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    status, _, error = run("rag", "ask", "Who?")
    assert status == 1
    assert re.fullmatch(
        r"error: There is no library at \S+/library\. .* Use --library DIR, or the add command\.\n", error
    )
    assert run("index", "add", str(tmp_path / "bridge.txt"))[0] == 0
    assert run("rag", "ask", "")[::2] == (1, "error: Please type a question.\n")
    assert run("rag", "speakers", "--limit", "1", "--offset", "9")[1] == "No more results: 1 speaker in all\n"
    assert run("rag", "search", "x", "-k", "0")[::2] == (1, "error: k is 0; it must be between 1 and 100.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "yesterday"], "'yesterday' is not a date; enter a date as YYYY-MM-DD"),
        (["--limit", "-1"], "'-1' is not a whole number of 0 or more"),
        (["--limit", "ten"], "'ten' is not a whole number of 0 or more"),
    ],
)
def test_invalid_options(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit):
        rag_main(["statements", *arguments], prog="ask-the-articles")
    error = capsys.readouterr().err
    assert error.startswith("usage: ask-the-articles statements")
    assert message in error


def test_the_script_of_the_readme(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    script = readme.split("```python\n")[1].split("```")[0]
    script = script.replace('"my-library"', repr(str(tmp_path / "library")))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "no sign at all" in done.stdout
    assert EXAMPLES.is_dir()


def test_listing_needs_no_model(tmp_path: Path) -> None:
    code = (
        "import sys; from index.__main__ import main; "
        f"main(['status', '--library', {str(tmp_path / 'l')!r}]); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.endswith("False\n"), done.stderr


def test_articles_cannot_control_the_terminal(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    attack = "\x1b]0;x\x07\x1b[2J\r\x9b31m\u202egnp\u2066\u200f"
    line = {
        "title": f"Bridge {attack}",
        "publisher": f"Post{attack}",
        "text": f"Ann Lee{attack} said: “It’s {attack} open.”",
    }
    (tmp_path / f"a{attack.replace('/', '')}.jsonl").write_text(f"{json.dumps(line)}\n{{{attack}", encoding="utf-8")
    allowed = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*")
    for arguments in (
        ("index", "add", str(tmp_path)),
        ("index", "list"),
        ("index", "list", "--json"),
        ("rag", "ask", "What did Ann Lee say?"),
        ("index", "add", f"/none{attack}"),
    ):
        _, out, err = run(*arguments)
        assert out or err
        assert allowed.fullmatch(out), (arguments, out)
        assert allowed.fullmatch(err), (arguments, err)
    assert json.loads(printable(json.dumps(attack, ensure_ascii=False))) == attack  # escaped, not lost


def test_command_lines_print_by_one_function() -> None:
    modules = [path for folder in ("index", "rag") for path in (ROOT / folder).rglob("*.py")]
    assert {path.name for path in modules if re.search(r"^\s*print\(", path.read_text("utf-8"), re.MULTILINE)} == {
        "cli.py"
    }
