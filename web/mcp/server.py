"""The server: its tools, and the texts of articles as resources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from index import Library
from rag import Assistant, Turn

from ..api import WhereBody, filter_of
from ..lanes import Lanes
from ..messages import common
from ..messages import doors as texts
from .results import answer_result, articles_result, hits_result, speakers_result, statements_result
from .turns import in_lane

_MAX_TURNS, _MAX_ITEMS = 100, 100
_MAX_INTEGER = 2**63 - 1  # what SQLite can store
_ARTICLE_ID = re.compile("[0-9]{1,18}")
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Filter = Annotated[WhereBody | None, Field(description="only articles that match all of these fields")]
Limit = Annotated[int, Field(ge=1, le=_MAX_ITEMS, description="maximum number of items")]
Offset = Annotated[int, Field(ge=0, le=_MAX_INTEGER, description="number of items to skip")]
Matching = Annotated[str, Field(max_length=1_000, description="only those whose name or title contains this")]


class EarlierTurn(BaseModel):
    """An earlier question of the conversation, and its answer."""

    model_config = ConfigDict(extra="forbid")

    question: str
    answer: str = ""


class ArticlesServer(MCPServer[Any]):
    """A server that refuses unknown arguments, and explains invalid ones in a line."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Failures are `ToolError`."""
        known = next((tool.input_schema["properties"] for tool in await self.list_tools() if tool.name == name), None)
        if known is not None and (unknown := [given for given in arguments if given not in known]):
            raise ToolError(texts.unknown_argument(unknown[0], known))
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(texts.invalid_arguments(map(_problem, error.__cause__.errors()))) from None
            if isinstance(error.__cause__, ToolError):
                raise error.__cause__ from None  # without "Error executing tool …" before the reason
            raise


def _problem(error: ErrorDetails) -> tuple[str, str]:
    return ".".join(map(str, error["loc"])), error["msg"]


def build_mcp(assistant: Assistant, lanes: Lanes) -> MCPServer[Any]:
    """The server over a library. Its work waits for its turn in the lanes of all other interfaces."""
    server = ArticlesServer(
        "ask-the-articles",
        title=common.APP_NAME,
        version="1",
        instructions=texts.MCP_INSTRUCTIONS,
        log_level="WARNING",  # the library logs arguments at level INFO, and the app logs no questions
        subscriptions=False,  # nothing to subscribe to: such requests would only stay open
    )
    _add_question_tools(server, assistant, lanes)
    _add_list_tools(server, assistant.library, lanes)

    @server.resource("article://{article_id}", title="Article", mime_type="text/plain")
    async def article(article_id: str, context: Context[Any, Any]) -> str:
        """The text of an article, to which the offsets `start` and `end` of all tools refer (in code points)."""
        if not _ARTICLE_ID.fullmatch(article_id):
            raise ResourceNotFoundError(texts.not_an_article_id(article_id))
        find = assistant.library.article
        return await in_lane(lanes.reading, context, lambda: find(int(article_id)).text, ResourceError)

    return server


def _add_question_tools(server: MCPServer[Any], assistant: Assistant, lanes: Lanes) -> None:
    library = assistant.library

    @server.tool(annotations=_READ_ONLY)
    async def ask(
        question: Annotated[str, Field(description="a question in plain English")],
        context: Context[Any, Any],
        history: Annotated[Sequence[EarlierTurn], Field(max_length=_MAX_TURNS, description="earlier turns")] = (),
        mode: Annotated[
            Literal["quotes", "written"], Field(description="“written” needs a configured language model")
        ] = "quotes",
        where: Filter = None,
    ) -> CallToolResult:
        """Answer a question with exact, cited quotes from the articles, or say that they don't contain the answer."""
        turns = [Turn(turn.question, turn.answer) for turn in history]

        def find() -> CallToolResult:
            return answer_result(library, assistant.ask(question, turns, mode, where=filter_of(where)))

        return await in_lane(lanes.asking, context, find)

    @server.tool(annotations=_READ_ONLY)
    async def search(
        query: Annotated[str, Field(description="words or a question")],
        context: Context[Any, Any],
        k: Annotated[int, Field(ge=1, le=_MAX_ITEMS, description="maximum number of passages")] = 5,
        where: Filter = None,
    ) -> CallToolResult:
        """Find passages of the articles, best first."""

        def find() -> CallToolResult:
            return hits_result(library, assistant.search(query, k, where=filter_of(where)))

        return await in_lane(lanes.asking, context, find)

    @server.tool(annotations=_READ_ONLY)
    async def statements(
        context: Context[Any, Any],
        speaker: Annotated[str | None, Field(description="who said it; anyone by default")] = None,
        about: Annotated[str | None, Field(description="topic; the most relevant statements come first")] = None,
        where: Filter = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> CallToolResult:
        """List what people said in the articles, directly or indirectly, by speaker or topic or both."""

        def find() -> CallToolResult:
            found, total = assistant.page_of_statements(
                speaker, about, where=filter_of(where), limit=limit, offset=offset
            )
            return statements_result(library, found, total)

        return await in_lane(lanes.asking, context, find)


def _add_list_tools(server: MCPServer[Any], library: Library, lanes: Lanes) -> None:
    @server.tool(annotations=_READ_ONLY)
    async def speakers(context: Context[Any, Any], matching: Matching = "", limit: Limit = 20) -> CallToolResult:
        """List people and groups who speak in the articles, those with the most statements first."""

        def find() -> CallToolResult:
            found = library.speakers(matching)
            return speakers_result(found[:limit], len(found))

        return await in_lane(lanes.reading, context, find)

    @server.tool(annotations=_READ_ONLY)
    async def list_articles(
        context: Context[Any, Any],
        matching: Matching = "",
        where: Filter = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> CallToolResult:
        """List articles by title, outlet or source, last added first. Read one as the resource article://{id}."""

        def find() -> CallToolResult:
            selected = filter_of(where)
            found = list(library.articles(matching, limit, offset, where=selected))
            return articles_result(found, library.count_articles(matching, where=selected))

        return await in_lane(lanes.reading, context, find)
