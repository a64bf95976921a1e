"""What the tests of statements compare."""

from index import Statement
from index.chunking.sentences import sentence_spans
from index.statements.parser import Parser
from index.statements.relations import relation_of
from index.statements.statements import find_statements


def checked_statements(text: str, parser: Parser) -> list[Statement]:
    """Return the statements in a text, after checking their offsets."""
    statements = find_statements(1, text, sentence_spans(text), parser)
    for statement in statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.content
        assert all(statement.start <= span.start < span.end <= statement.end for span in statement.content)
        assert statement.role is None or statement.role in text or relation_of(statement.role.split(", ")[-1])
        assert statement.mention in text
        assert statement.cue in text
    return statements


def attributed(text: str, parser: Parser) -> list[tuple[str, str]]:
    """Return the speaker and sentence of each statement."""
    return [(s.speaker, s.text) for s in checked_statements(text, parser)]


def content_of(text: str, parser: Parser) -> list[str]:
    """Return the content of the only statement."""
    [statement] = checked_statements(text, parser)
    return [span.of(text) for span in statement.content]
