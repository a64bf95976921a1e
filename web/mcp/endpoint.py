"""The streamable HTTP transport at /mcp, behind the guard of the app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..access import Role, needs
from ..limits import MAX_BODY_BYTES
from ..messages import api as texts
from ..refusals import MCP_PATH, error_body


def mount_mcp(app: FastAPI, server: MCPServer[Any]) -> None:
    """Serve a server at /mcp of an app, as long as the app runs.

    There are no sessions: each request is independent, so that nothing has to be remembered or limited. The guard
    checks host names and origins, by the same rules as for all other paths.
    """
    server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=MAX_BODY_BYTES,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    manager, others = server.session_manager, app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(of: Any) -> AsyncIterator[Any]:
        async with others(of) as state, manager.run():
            yield state

    app.router.lifespan_context = lifespan
    endpoint = needs(Role.READ)(_Endpoint(manager.handle_request))
    app.router.routes.append(Route(MCP_PATH, endpoint, include_in_schema=False))


class _Endpoint:
    """Refuses what isn't a message, in JSON-RPC's form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["method"] != "POST":  # there are no sessions to listen to or to end
                raise HTTPException(405, texts.method_not_allowed(scope["method"], "POST"), {"Allow": "POST"})
            await self._app(scope, receive, send)
        except HTTPException as error:
            code = {405: "method_not_allowed", 408: "too_slow", 413: "too_large"}.get(error.status_code, "error")
            body = error_body(MCP_PATH, error.status_code, code, str(error.detail))
            await JSONResponse(body, error.status_code, error.headers)(scope, receive, send)
