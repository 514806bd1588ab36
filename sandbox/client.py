"""Driving the sandbox from tests and scripts: the whole control API, and one person's chat window."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

import aiohttp

from sandbox.window import ChatWindow

__all__ = ["ChatWindow", "SandboxClient", "SandboxError"]

Json = Any


class SandboxError(Exception):
    """The sandbox answered with an error; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status
        self.message = message


class SandboxClient:
    """Thin: one method for one call of `/sim`, plain dicts in and out."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # No limit on connections: every person who waits holds one.
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=90), trust_env=False
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(self, path: str, **query: Any) -> Json:
        params = {key: str(value) for key, value in query.items() if value is not None}
        return await self._request("GET", path, params=params)

    async def post(self, path: str, **body: Any) -> Json:
        return await self._request(
            "POST", path, json={key: value for key, value in body.items() if value is not None}
        )

    async def state(self) -> Json:
        return await self.get("state")

    async def users(self) -> Json:
        return await self.get("users")

    async def add_user(self, **fields: Any) -> Json:
        return await self.post("users", **fields)

    async def deactivate(self, user_id: int) -> Json:
        return await self.post("deactivate", user_id=user_id)

    async def message(
        self,
        user_id: int,
        text: str,
        reply_to_message_id: int | None = None,
        chat_id: int | None = None,
        **waiting: Any,
    ) -> Json:
        """Write as that person. `wait_s`, here and in the actions below, asks for the bot's reaction too."""
        return await self.post(
            "message",
            user_id=user_id,
            text=text,
            reply_to_message_id=reply_to_message_id,
            chat_id=chat_id,
            **waiting,
        )

    async def tap(self, user_id: int, **wish: Any) -> Json:
        return await self.post("tap", user_id=user_id, **wish)

    async def press(self, user_id: int, label: str, **waiting: Any) -> Json:
        return await self.post("press", user_id=user_id, label=label, **waiting)

    async def contact(
        self, user_id: int, phone_number: str | None = None, own: bool = True, **more: Any
    ) -> Json:
        return await self.post("contact", user_id=user_id, phone_number=phone_number, own=own, **more)

    async def location(self, user_id: int, latitude: float, longitude: float, **more: Any) -> Json:
        return await self.post("location", user_id=user_id, latitude=latitude, longitude=longitude, **more)

    async def photo(self, user_id: int, data: bytes, caption: str | None = None) -> Json:
        return await self._upload("photo", user_id, "photo.jpg", data, caption)

    async def document(self, user_id: int, name: str, data: bytes, caption: str | None = None) -> Json:
        return await self._upload("document", user_id, name, data, caption)

    async def voice(self, user_id: int, data: bytes, caption: str | None = None) -> Json:
        return await self._upload("voice", user_id, "voice.ogg", data, caption)

    async def edit(self, user_id: int, message_id: int, text: str, **waiting: Any) -> Json:
        return await self.post("edit", user_id=user_id, message_id=message_id, text=text, **waiting)

    async def clock(self) -> Json:
        return await self.get("clock")

    async def set_clock(
        self, now: str | None = None, advance_s: float | None = None, rate: float | None = None
    ) -> Json:
        return await self.post("clock", now=now, advance_s=advance_s, rate=rate)

    async def events(self, since: int = 0) -> AsyncIterator[Json]:
        """Yield events as they happen, for ever."""
        session = self._open_session()
        timeout = aiohttp.ClientTimeout(total=None)
        async with session.get(
            f"{self.url}/sim/events", params={"since": str(since)}, timeout=timeout
        ) as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    async def block(self, user_id: int, chat_id: int | None = None) -> Json:
        return await self.post("block", user_id=user_id, chat_id=chat_id)

    async def unblock(self, user_id: int, chat_id: int | None = None) -> Json:
        return await self.post("unblock", user_id=user_id, chat_id=chat_id)

    async def update(self, update: dict[str, Any]) -> Json:
        return await self._request("POST", "update", json=update)

    async def redeliver(self, update_id: int, as_update_id: int | None = None, times: int = 1) -> Json:
        return await self.post("redeliver", update_id=update_id, as_update_id=as_update_id, times=times)

    async def chat(self, user_id: int, after: int = 0) -> Json:
        return await self.get(f"chats/{user_id}", after=after or None)

    async def wait(
        self,
        user_id: int | None = None,
        since: int | None = None,
        timeout: float = 10,
        kinds: str | None = None,
    ) -> Json:
        return await self.get("wait", user_id=user_id, since=since, timeout=timeout, kinds=kinds)

    async def calls(
        self, method: str | None = None, since: int | None = None, user_id: int | None = None
    ) -> Json:
        return await self.get("calls", method=method, since=since, user_id=user_id)

    async def count_calls(
        self, method: str | None = None, since: int | None = None, user_id: int | None = None
    ) -> int:
        answer = await self.get("calls/count", method=method, since=since, user_id=user_id)
        return int(answer["count"])

    async def file(self, file_id: str) -> bytes:
        async with self._open_session().get(f"{self.url}/sim/files/{file_id}") as response:
            if response.status != 200:
                raise SandboxError(response.status, await response.text())
            return await response.read()

    async def faults(self) -> Json:
        return await self.get("faults")

    async def fault(self, kind: str, method: str = "*", **wish: Any) -> int:
        """Arm a fault and return its id."""
        return int((await self.post("faults", kind=kind, method=method, **wish))["fault_id"])

    async def clear_faults(self) -> Json:
        return await self._request("DELETE", "faults")

    async def limits(self, **settings: Any) -> Json:
        return await self.post("limits", **settings)

    async def reset(self) -> Json:
        return await self.post("reset")

    async def _upload(self, kind: str, user_id: int, name: str, data: bytes, caption: str | None) -> Json:
        # File names go as they are, the way browsers and bots send them.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("user_id", str(user_id))
        form.add_field("file", io.BytesIO(data), filename=name)
        if caption:
            form.add_field("caption", caption)
        return await self._request("POST", kind, data=form)

    async def _request(self, method: str, path: str, **more: Any) -> Json:
        async with self._open_session().request(method, f"{self.url}/sim/{path}", **more) as response:
            answer = await response.json()
            if response.status >= 400:
                raise SandboxError(response.status, answer["error"])
            return answer

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the client is used inside `async with`")
        return self._session
