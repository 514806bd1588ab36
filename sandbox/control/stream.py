"""Server-sent events: what the page shows live."""

from __future__ import annotations

import json

from aiohttp import web

from sandbox.events import Events

# A comment now and then keeps proxies and browsers from thinking that the stream is dead.
HEARTBEAT = 15.0

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


async def stream_events(events: Events, request: web.BaseRequest) -> web.StreamResponse:
    """Send every event after `since` (or after the browser's Last-Event-ID), for as long as it listens."""
    since = int(request.headers.get("Last-Event-ID") or request.query.get("since") or events.seq)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    await response.write(b": open\n\n")
    try:
        while request.transport is not None and not request.transport.is_closing():
            fresh = events.since(since)
            if fresh:
                since = fresh[-1]["seq"]
                await response.write("".join(map(_line, fresh)).encode())
            elif not await events.change(None, HEARTBEAT):
                await response.write(b": still here\n\n")
    except ConnectionError:
        # The page was closed, which is how every stream ends.
        return response
    return response


def _line(event: dict[str, object]) -> str:
    return f"id: {event['seq']}\ndata: {_dump(event)}\n\n"
