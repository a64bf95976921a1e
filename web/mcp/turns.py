"""Work for tools: in its lane, in a thread, with failures as messages that reach the assistant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import MCPServerError, ResourceNotFoundError, ToolError
from starlette.requests import Request

from index import ArticleNotFound, LibraryFailed

from ..clients import client_of
from ..lanes import Busy, Lane
from ..messages import api, common

T = TypeVar("T")


async def in_lane(
    lane: Lane, context: Context[Any, Any], function: Callable[[], T], failure: type[MCPServerError] = ToolError
) -> T:
    """Call a blocking function when it is this client's turn.

    Raises:
        MCPServerError: too many requests, or the library or the question is at fault; the message says what to do. It
            is a `failure`, or a `ResourceNotFoundError` if there is no such article.
    """
    request = context.request_context.request
    client = client_of(request.scope) if isinstance(request, Request) else ""
    try:
        async with lane.admit(client):
            return await lane.run(function)
    except ArticleNotFound as error:
        raise ResourceNotFoundError(api.article_not_found(error.article_id)) from None
    except LibraryFailed as error:
        raise failure(common.LIBRARY_FAILED) from error
    except (Busy, ValueError) as error:  # QuestionError is a ValueError
        raise failure(str(error)) from None
