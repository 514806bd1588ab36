"""The control API: `/sim/*`, by which the page, tests and scripts play the people and the weather."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox import uploads
from sandbox.actions import Actions
from sandbox.errors import ControlError
from sandbox.people import Wire
from sandbox.state import Sandbox
from sandbox.stream import stream_events

Handler = Callable[[web.BaseRequest, str], Awaitable[Any]]

LONGEST_WAIT = 60.0

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Control:
    def __init__(self, box: Sandbox) -> None:
        self._box = box
        self._actions = Actions(box)
        self._routes: dict[tuple[str, str], Handler] = {
            ("GET", "state"): self._state,
            ("GET", "users"): self._users,
            ("POST", "users"): self._add_user,
            ("POST", "deactivate"): self._deactivate,
            ("POST", "message"): self._message,
            ("POST", "tap"): self._tap,
            ("POST", "press"): self._press,
            ("POST", "contact"): self._contact,
            ("POST", "location"): self._location,
            ("POST", "photo"): self._upload,
            ("POST", "document"): self._upload,
            ("POST", "voice"): self._upload,
            ("POST", "edit"): self._edit,
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._set_clock,
            ("GET", "events"): self._events,
            ("POST", "block"): self._block,
            ("POST", "unblock"): self._block,
            ("POST", "update"): self._update,
            ("POST", "redeliver"): self._redeliver,
            ("GET", "chats"): self._chat,
            ("GET", "wait"): self._wait,
            ("GET", "calls"): self._calls,
            ("GET", "files"): self._file,
            ("GET", "faults"): self._faults,
            ("POST", "faults"): self._add_fault,
            ("DELETE", "faults"): self._clear_faults,
            ("GET", "limits"): self._limits,
            ("POST", "limits"): self._set_limits,
            ("POST", "reset"): self._reset,
        }

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer `/sim/<path>`."""
        name, _, rest = path.partition("/")
        handler = self._routes.get((request.method, name))
        try:
            if handler is None:
                raise ControlError("no such call", 404)
            result = await handler(request, rest)
        except ControlError as error:
            return answer({"error": error.message}, error.status)
        except (KeyError, TypeError, ValueError) as error:
            return answer({"error": f"the request cannot be read: {error!r}"}, 400)
        return result if isinstance(result, web.StreamResponse) else answer(result)

    async def _state(self, request: web.BaseRequest, rest: str) -> Any:
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

    async def _users(self, request: web.BaseRequest, rest: str) -> Any:
        return [self._box.view_of(person) for person in self._box.people.values()]

    async def _add_user(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        allowed = "id first_name last_name username language_code phone role customer started".split()
        return self._box.add_user(**{key: wish[key] for key in allowed if key in wish})

    async def _deactivate(self, request: web.BaseRequest, rest: str) -> Any:
        person = self._box.person((await body_of(request))["user_id"])
        person.deactivated = True
        self._box.events.add("user", person.id, user=self._box.view_of(person))
        return self._box.view_of(person)

    async def _message(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        reply_to, chat_id = wish.get("reply_to_message_id"), wish.get("chat_id")
        return self._actions.write(wish["user_id"], str(wish["text"]), reply_to, chat_id)

    async def _tap(self, request: web.BaseRequest, rest: str) -> Any:
        return await self._actions.tap(await body_of(request))

    async def _press(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        return self._actions.press(wish["user_id"], wish["label"])

    async def _contact(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        phone, own = str(wish.get("phone_number") or ""), bool(wish.get("own", True))
        return self._actions.share_contact(wish["user_id"], phone, own=own, first_name=wish.get("first_name"))

    async def _location(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        return self._actions.share_location(wish["user_id"], wish, forwarded=bool(wish.get("forwarded")))

    async def _upload(self, request: web.BaseRequest, rest: str) -> Any:
        kind = request.path.rpartition("/")[2]
        user_id, content = await uploads.read(self._box, request, kind)
        return self._actions.say(user_id, content)

    async def _edit(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        return self._actions.edit(wish["user_id"], wish["message_id"], str(wish["text"]))

    async def _clock(self, request: web.BaseRequest, rest: str) -> Any:
        clock = self._box.clock
        return {"now": clock.now().isoformat(), "rate": clock.current_rate}

    async def _set_clock(self, request: web.BaseRequest, rest: str) -> Any:
        wish, clock = await body_of(request), self._box.clock
        if "now" in wish:
            clock.set(datetime.fromisoformat(wish["now"]))
        if "advance_s" in wish:
            clock.advance(float(wish["advance_s"]))
        if "rate" in wish:
            clock.rate(float(wish["rate"]))
        return await self._clock(request, rest)

    async def _events(self, request: web.BaseRequest, rest: str) -> Any:
        return await stream_events(self._box.events, request)

    async def _block(self, request: web.BaseRequest, rest: str) -> Any:
        wish, blocks = await body_of(request), request.path.endswith("/block")
        return self._actions.block(wish["user_id"], blocked=blocks, chat_id=wish.get("chat_id"))

    async def _update(self, request: web.BaseRequest, rest: str) -> Any:
        update: Wire = await body_of(request)
        return {"update_id": self._box.updates.push(update, update.get("update_id"))}

    async def _redeliver(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        update_id, other_id = wish["update_id"], wish.get("as_update_id")
        if not self._box.updates.redeliver(update_id, other_id, int(wish.get("times") or 1)):
            raise ControlError(f"no update {update_id}", 404)
        return {"update_id": other_id if other_id is not None else update_id}

    async def _chat(self, request: web.BaseRequest, rest: str) -> Any:
        chat_id = int(rest)
        chat = self._box.chats.get(chat_id)
        if chat is None:
            chat = self._box.chat_of(chat_id)
        return chat.view_after(int(request.query.get("after", 0)))

    async def _wait(self, request: web.BaseRequest, rest: str) -> Any:
        query, events = request.query, self._box.events
        user_id = int(query["user_id"]) if "user_id" in query else None
        since = int(query.get("since", events.seq))
        timeout = min(float(query.get("timeout", 10)), LONGEST_WAIT)
        kinds = query["kinds"].split(",") if "kinds" in query else ()
        found = await events.wait_for_bot(user_id, since, timeout, kinds)
        return {"seq": found[-1]["seq"] if found else since, "events": found}

    async def _calls(self, request: web.BaseRequest, rest: str) -> Any:
        query = request.query
        since = int(query["since"]) if "since" in query else None
        user_id = int(query["user_id"]) if "user_id" in query else None
        if rest == "count":
            return {"count": self._box.calls.count(query.get("method"), since, user_id)}
        return self._box.calls.find(query.get("method"), since, user_id)

    async def _file(self, request: web.BaseRequest, rest: str) -> Any:
        stored = self._box.files.get(rest)
        if stored is None:
            raise ControlError("no such file", 404)
        # The page shows pictures from here; anything else is only ever saved, never run.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.data, content_type=stored.safe_mime_type, headers=headers)

    async def _faults(self, request: web.BaseRequest, rest: str) -> Any:
        return self._box.faults.views()

    async def _add_fault(self, request: web.BaseRequest, rest: str) -> Any:
        fault = self._box.faults.add(await body_of(request))
        self._box.events.add("fault", faults=self._box.faults.views())
        return {"fault_id": fault.id}

    async def _clear_faults(self, request: web.BaseRequest, rest: str) -> Any:
        self._box.faults.clear()
        self._box.events.add("fault", faults=[])
        return {"removed": True}

    async def _limits(self, request: web.BaseRequest, rest: str) -> Any:
        return {**self._box.limits.settings, "callback_ttl_s": self._box.callback_ttl}

    async def _set_limits(self, request: web.BaseRequest, rest: str) -> Any:
        wish = await body_of(request)
        if (ttl := wish.pop("callback_ttl_s", None)) is not None:
            self._box.callback_ttl = float(ttl)
        self._box.limits.set(wish)
        return await self._limits(request, rest)

    async def _reset(self, request: web.BaseRequest, rest: str) -> Any:
        self._box.reset()
        return {"update_id": self._box.updates.last_id, "seq": self._box.events.seq}


def answer(result: Any, status: int = 200) -> web.Response:
    return web.Response(body=_dump(result).encode(), status=status, content_type="application/json")


async def body_of(request: web.BaseRequest) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise ControlError("the body is not JSON") from error
    if not isinstance(body, dict):
        raise ControlError("the body is not a JSON object")
    return body
