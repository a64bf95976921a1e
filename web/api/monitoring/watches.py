"""Routes of watches and their feeds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from ...access import Role, needs
from ...lanes import Lane
from ...watches import Watches, atom_feed
from ..errors import NOT_FOUND, Responses
from ..parameters import Id, Page
from ..routing import route_class
from ..schemas import filter_of
from .schemas import MatchesOut, MatchOut, NewWatchOut, WatchBody, WatchesOut, WatchOut

_ATOM = "application/atom+xml"
_MAX_ENTRIES = 50
_FEED: Responses = {200: {"description": "The feed", "content": {_ATOM: {"schema": {"type": "string"}}}}}


def watch_routes(watches: Watches, lane: Lane) -> APIRouter:
    """Routes for watches, in a lane."""
    router = APIRouter(tags=["watches"], route_class=route_class(lane))

    @router.get("/api/v1/watches")
    @needs(Role.READ)
    def list_watches() -> WatchesOut:
        """List the watches."""
        found = watches.watches()
        return WatchesOut(watches=[WatchOut.of(watch) for watch in found], total=len(found))

    @router.post("/api/v1/watches", status_code=201)
    @needs(Role.WRITE)
    def add_watch(body: WatchBody) -> NewWatchOut:
        """Watch for new articles: with all words of a query, that answer a question, or in which somebody speaks."""
        return NewWatchOut.of(
            watches.watch(
                body.name,
                query=body.query,
                question=body.question,
                speaker=body.speaker,
                where=filter_of(body.where),
                webhook=body.webhook,
            )
        )

    @router.get("/api/v1/watches/{watch_id:int}", responses=NOT_FOUND)
    @needs(Role.READ)
    def get_watch(watch_id: Id) -> WatchOut:
        """Return a watch."""
        return WatchOut.of(watches.get(watch_id))

    @router.delete("/api/v1/watches/{watch_id:int}", status_code=204, responses=NOT_FOUND)
    @needs(Role.WRITE)
    def remove_watch(watch_id: Id) -> None:
        """Remove a watch with its matches."""
        watches.remove(watch_id)

    @router.post("/api/v1/watches/{watch_id:int}/enable", responses=NOT_FOUND)
    @needs(Role.WRITE)
    def enable_watch(watch_id: Id) -> WatchOut:
        """Send to the webhook again after it was disabled; what it has missed is sent first."""
        return WatchOut.of(watches.enable(watch_id))

    @router.get("/api/v1/watches/{watch_id:int}/matches", responses=NOT_FOUND)
    @needs(Role.READ)
    def list_matches(watch_id: Id, page: Annotated[Page, Depends()]) -> MatchesOut:
        """List the new articles that match a watch, newest first."""
        watch = watches.get(watch_id)
        found = [MatchOut.of(match) for match in watches.matches(watch_id, page.limit, page.start)]
        cursor = page.cursor_after(len(found), watch.matches)
        return MatchesOut(matches=found, total=watch.matches, next_cursor=cursor)

    @router.get("/watches/{watch_id:int}.atom", response_class=Response, responses={**NOT_FOUND, **_FEED})
    @needs(Role.READ)
    def feed(watch_id: Id, request: Request) -> Response:
        """The latest matches of a watch as an Atom feed."""
        found = watches.matches(watch_id, _MAX_ENTRIES)
        data = atom_feed(watches.get(watch_id), found, str(request.base_url).rstrip("/"))
        return Response(data, media_type=_ATOM, headers={"Cache-Control": "private, no-cache"})

    return router
