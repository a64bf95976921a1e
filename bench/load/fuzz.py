"""Invalid and random requests: schemathesis over all routes, then inputs of our own.

`python bench/load/fuzz.py [--cases 10000] [--inputs 10000] [--seed 1]` fails if any check fails, or any response has
status 500 or takes longer than 10 seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from bench.load.app_process import running_app

HANG_SECONDS = 10.0
WORKERS = 4
CONFIG = Path(__file__).parents[2] / "tests" / "web" / "api" / "schemathesis.toml"
OPERATIONS = 20  # about; schemathesis takes a number of cases for each
TEXTS = (
    "What did Kirby say?",
    "",
    " ",
    "?!",
    "\0",
    "\ud800",
    "‮abc",
    "a" * 1001,
    "é" * 999,
    "𝕬" * 400,
    "'\"; DROP TABLE articles;--",
    "{{7*7}} ${7*7} <script>alert(1)</script>",
    "../../etc/passwd",
    "%s%n%x",
    "\r\nSet-Cookie: a=b",
    "(c)" * 300,
    "!" * 900,
    "https://outlet.example/a",
    "file:///etc/passwd",
    "http://[",
    "null",
    "NaN",
    "-1",
    "1e999",
    "ß İ ﬃ",
    "​‍﻿",
    "٣",
    "who " * 240,
)
NUMBERS = (0, 1, -1, 100, 101, 2**31, 2**63 - 1, 2**63, 10**40, 1.5, 1e308, float("nan"), True, None)
NAMES = (
    "question",
    "history",
    "mode",
    "query",
    "k",
    "sources",
    "url",
    "limit",
    "offset",
    "since",
    "until",
    "speaker",
    "about",
    "matching",
    "publisher",
    "x",
    "__proto__",
    "files",
    "cursor",
    "format",
    "where",
    "model",
    "messages",
    "input",
    "method",
    "fn_index",
    "data",
)
# Besides those of the schema.
OTHER_ROUTES = (
    ("GET", "/v1/models"),
    ("GET", "/v1/models/{name}"),
    ("POST", "/v1/chat/completions"),
    ("POST", "/v1/embeddings"),
    ("POST", "/mcp"),
    ("DELETE", "/mcp"),
    ("GET", "/a/{article_id}"),
    ("GET", "/metrics"),
    ("POST", "/login"),
    ("GET", "/docs"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/cancel"),
    ("GET", "/{path}"),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 50)
HEADERS = (
    "Origin",
    "Host",
    "Content-Type",
    "Content-Length",
    "Cookie",
    "Authorization",
    "Accept",
    "Range",
    "Expect",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Transfer-Encoding",
    "Sec-Fetch-Site",
    "If-None-Match",
)
VALUES = (
    "",
    "http://[",
    "null",
    "application/json",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "chunked",
    "-1",
    "99999999999999999999",
    "a=b; c",
    "Bearer x",
    "Basic Og==",
    "bytes=0-",
    "100-continue",
    "cross-site",
    "\x01",
    "é",
    "a" * 5000,
    "127.0.0.1, [::1",
    "*/*",
)


def main() -> int:
    """Run both. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="least number of cases of schemathesis")
    parser.add_argument("--inputs", type=int, default=10_000, help="number of inputs of our own")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with running_app() as app:
        failed = options.cases > 0 and not run_schemathesis(app.url, options.cases, options.seed)
        failed |= options.inputs > 0 and not run_own(app.url, options.inputs, options.seed)
        alive = httpx.get(f"{app.url}/readyz", timeout=HANG_SECONDS).status_code == 200
        print(f"afterwards: {'ready' if alive else 'not ready'}, {app.memory_mb():.0f} MB, {app.handles()} handles")
    return int(failed or not alive)


def run_schemathesis(url: str, cases: int, seed: int) -> bool:
    """Run it with rising seeds until there were enough cases. Returns whether all checks passed."""
    done, passed = 0, True
    while done < cases:
        output = schemathesis(url, max(2, (cases - done) // OPERATIONS), seed)
        found = re.search(r"(\d+) generated", output)
        done += int(found[1]) if found else cases
        seed += 1
        if "failures" in output or found is None:
            passed = False
            print(output)
    print(f"schemathesis: {done:,} cases, {'0 failures' if passed else 'FAILED'}")
    return passed


def schemathesis(url: str, examples: int, seed: int) -> str:
    """Run schemathesis with all checks. Returns its output."""
    command = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(CONFIG),
        "run",
        f"{url}/openapi.json",
        "--continue-on-failure",
        "--no-color",
    ]
    options = ["-n", str(examples), "--seed", str(seed), "--request-timeout", "30", "--generation-database", "none"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=folder)
    return done.stdout + done.stderr


def run_own(url: str, number: int, seed: int) -> bool:
    """Send inputs of our own. Returns whether no response was a 500 and none took too long."""
    schema = httpx.get(f"{url}/openapi.json").json()
    routes = [(method.upper(), path) for path, methods in schema["paths"].items() for method in methods]
    routes += OTHER_ROUTES
    host, _, port = url.removeprefix("http://").partition(":")
    statuses, slowest, bad = Counter[str](), 0.0, list[str]()

    def send(index: int) -> tuple[bytes, str, float]:
        request = make_request(random.Random(seed * 1_000_003 + index), routes, f"{host}:{port}")
        started = time.monotonic()
        status = exchange(host, int(port), request)
        return request, status, time.monotonic() - started

    with ThreadPoolExecutor(WORKERS) as pool:
        for request, status, seconds in pool.map(send, range(number)):
            statuses[status] += 1
            slowest = max(slowest, seconds)
            if status == "500" or seconds > HANG_SECONDS:
                bad.append(f"{status} after {seconds:.1f} s: {request[:500]!r}")
    print(f"own fuzzer: {number:,} inputs, {statuses['500']} × 500, slowest {slowest:.1f} s, statuses {dict(statuses)}")
    print(*bad[:20], sep="\n")
    return not bad


def exchange(host: str, port: int, request: bytes) -> str:
    """Send bytes. Returns the status of the response, or what happened instead."""
    try:
        with socket.create_connection((host, port), timeout=HANG_SECONDS + 5) as connection:
            connection.sendall(request)
            head = connection.makefile("rb").readline(1000)
    except TimeoutError:
        return "hangs"
    except OSError:
        return "closed"
    return head.split(b" ")[1].decode("latin-1") if head.count(b" ") else "closed"


def make_request(rng: random.Random, routes: list[tuple[str, str]], host: str) -> bytes:
    """A request to one of the routes that is wrong in some way, or in none."""
    method, path = rng.choice(routes)
    if rng.random() < 0.1:
        method = rng.choice(METHODS)
    path = re.sub(r"\{\w+\}", lambda _: quoted(rng, str(rng.choice((*NUMBERS, *TEXTS)))), path)
    if rng.random() < 0.3:
        path += "?" + "&".join(
            f"{rng.choice(NAMES)}={quoted(rng, str(rng.choice((*NUMBERS, *TEXTS))))}" for _ in range(3)
        )
    body, kind = make_body(rng)
    headers = {"Host": host, "Content-Type": kind, "Content-Length": str(len(body)), "X-Forwarded-For": client(rng)}
    if rng.random() < 0.3:
        headers[rng.choice(HEADERS)] = rng.choice(VALUES)
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "Connection: close"]
    request = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body
    if rng.random() < 0.05:  # damaged anywhere
        position = rng.randrange(len(request))
        request = request[:position] + rng.randbytes(rng.randrange(5)) + request[position + rng.randrange(5) :]
    return request


def make_body(rng: random.Random) -> tuple[bytes, str]:
    """A body, and its media type."""
    shape = rng.random()
    if shape < 0.6:
        value = {rng.choice(NAMES): make_value(rng) for _ in range(rng.randrange(4))}
        return json.dumps(value).encode("utf-8", "replace"), "application/json"
    if shape < 0.65:
        return rng.choice(
            (b"[" * 50_000, b'{"a":' * 50_000, b"\xff\xfe", b"", b"0" * 5000, b'"\\ud800"')
        ), "application/json"
    if shape < 0.95:
        name = rng.choice(
            ("a.txt", "a.html", "a.pdf", "a.zip", "a.csv", "a.eml", "a.jsonl", "a.epub", "", "../a.md", "\0.txt")
        )
        content = rng.choice(
            (rng.randbytes(200), str(rng.choice(TEXTS)).encode("utf-8", "replace"), b"PK\x03\x04", b"%PDF-1.7")
        )
        head = f'--x\r\nContent-Disposition: form-data; name="{rng.choice(("files", "x"))}"; filename="{name}"\r\n\r\n'
        return head.encode() + content + rng.choice((b"\r\n--x--\r\n", b"")), "multipart/form-data; boundary=x"
    return rng.randbytes(rng.randrange(300)), rng.choice(VALUES[:8])


def make_value(rng: random.Random, depth: int = 0) -> Any:
    """A value of any JSON type."""
    shape = rng.random()
    if shape < 0.5 or depth > 3:
        return rng.choice(TEXTS)
    if shape < 0.7:
        return rng.choice(NUMBERS)
    if shape < 0.85:
        return [make_value(rng, depth + 1) for _ in range(rng.randrange(5))]
    return {rng.choice(("question", "answer", "x")): make_value(rng, depth + 1) for _ in range(2)}


def quoted(rng: random.Random, text: str) -> str:
    """A text for a URL, usually quoted."""
    return quote(text.encode("utf-8", "replace"), safe="") if rng.random() < 0.95 else text.replace("\r\n", "")


def client(rng: random.Random) -> str:
    """One of many clients: one alone would run into its limits."""
    return f"198.51.{rng.randrange(100)}.{rng.randrange(250)}"


if __name__ == "__main__":
    sys.exit(main())
