"""The parser, loaded once."""

import pytest

from index.statements.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()
