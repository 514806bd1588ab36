"""Looking: the state, the chats, the bot's calls, and the stream of what happens."""

from __future__ import annotations

from aiohttp import web

from sandbox.control.call import Call, Routes
from sandbox.control.stream import stream_events
from sandbox.errors import ControlError
from sandbox.people import Wire
from sandbox.state import Sandbox

LONGEST_WAIT = 60.0


class Watch:
    def __init__(self, box: Sandbox) -> None:
        self._box = box

    def routes(self) -> Routes:
        return {
            ("GET", "state"): self._state,
            ("GET", "events"): self._events,
            ("GET", "chats"): self._chat,
            ("GET", "wait"): self._wait,
            ("GET", "calls"): self._calls,
            ("GET", "files"): self._file,
        }

    async def _state(self, _: Call) -> Wire:
        box = self._box
        return {
            "bot": box.bot,
            "mode": "webhook" if box.webhooks.url else "polling",
            "ready": box.ready,
            "users": len(box.people),
            "update_id": box.updates.last_id,
            "pending": box.updates.pending(),
            "seq": box.events.seq,
        }

    async def _events(self, call: Call) -> web.StreamResponse:
        return await stream_events(self._box.events, call.request)

    async def _chat(self, call: Call) -> list[Wire]:
        chat_id = int(call.rest)
        chat = self._box.chats.get(chat_id)
        if chat is None and chat_id < 0:
            # A group nobody has spoken in yet.
            return []
        chat = chat or self._box.chat_of(chat_id)
        return chat.view_after(call.number("after") or 0)

    async def _wait(self, call: Call) -> Wire:
        """Answer as soon as the bot did something; the events are all those of that chat since then."""
        since = call.number("since")
        since = self._box.events.seq if since is None else since
        timeout = min(float(call.word("timeout") or 10), LONGEST_WAIT)
        kinds = (call.word("kinds") or "").split(",") if call.word("kinds") else ()
        found = await self._box.events.wait_for_bot(call.number("user_id"), since, timeout, kinds)
        return {"seq": found[-1]["seq"] if found else since, "events": found}

    async def _calls(self, call: Call) -> Wire | list[Wire]:
        wanted = (call.word("method"), call.number("since"), call.number("user_id"))
        if call.rest == "count":
            return {"count": self._box.calls.count(*wanted)}
        return self._box.calls.find(*wanted)

    async def _file(self, call: Call) -> web.Response:
        stored = self._box.files.get(call.rest)
        if stored is None:
            raise ControlError("no such file", 404)
        # The page shows pictures from here; anything else is only ever saved, never run.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.data, content_type=stored.safe_mime_type, headers=headers)
