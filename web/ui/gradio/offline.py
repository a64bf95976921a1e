"""Keeps Gradio off the network.

6.31.0 fetches whatever address it finds in a file reference, from hosts that it alone judges, and can act as a proxy.
`routes` lets no such request through. This is the second wall: an address is refused before it is looked up.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, NoReturn

import httpx
import safehttpx

_FUNCTIONS = ("get", "options", "head", "post", "put", "patch", "delete", "request", "stream")
_HUGGING_FACE = ("HfApi", "InferenceClient", "snapshot_download", "_send_telemetry_in_thread", "send_telemetry")


class NetworkRefused(httpx.RequestError):
    """Gradio tried to make a request. Only `index.fetch` may fetch what users name."""


class _Client(httpx.Client):
    def send(self, request: httpx.Request, **_: Any) -> NoReturn:
        raise NetworkRefused(f"Gradio may not contact {request.url.host!r}.")


class _AsyncClient(httpx.AsyncClient):
    async def send(self, request: httpx.Request, **_: Any) -> NoReturn:
        raise NetworkRefused(f"Gradio may not contact {request.url.host!r}.")


def refuse_network() -> None:
    """Replace what Gradio's modules connect with by what refuses. Others who use the same libraries aren't affected."""
    offline = ModuleType(httpx.__name__)
    vars(offline).update(vars(httpx), Client=_Client, AsyncClient=_AsyncClient, **dict.fromkeys(_FUNCTIONS, _refuse))
    # Only Gradio uses this one. It looks hosts up by itself.
    safehttpx.get = safehttpx.async_validate_url = _refuse_async
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] not in ("gradio", "gradio_client"):
            continue
        for attribute, value in tuple(vars(module).items()):
            if value is httpx:
                setattr(module, attribute, offline)
            elif isinstance(value, httpx.Client):
                setattr(module, attribute, _Client())
            elif attribute in _HUGGING_FACE or type(value).__name__ in _HUGGING_FACE:
                setattr(module, attribute, _refuse)


def _refuse(*arguments: Any, **_: Any) -> NoReturn:
    raise NetworkRefused(f"Gradio may not make requests: {arguments!r:.200}")


async def _refuse_async(*arguments: Any, **_: Any) -> NoReturn:
    _refuse(*arguments)
