"""A Bot API of the test's own that counts what arrives, and answers whatever a test wants, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

TOKEN = "42:AAtoken-of-the-post-office"


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came in whole."""

    number: int
    method: str
    chat_id: int
    params: dict[str, Any]
    body: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    is_cut: bool = False
    """The connection ends instead of an answer."""
    promises: int | None = None
    """So many bytes are announced, however many come."""


def done(call: Call) -> Answer:
    message = {"message_id": call.number + 1, "date": 0, "chat": {"id": call.chat_id, "type": "private"}}
    return Answer(body=json.dumps({"ok": True, "result": message}, separators=(",", ":")).encode())


def refused(status: int, description: str, **more: Any) -> Answer:
    said = {"ok": False, "error_code": status, "description": description, **more}
    return Answer(status, json.dumps(said).encode())


@dataclass
class PostOffice:
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answer: Callable[[Call], Answer] = done
    port: int = 0
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def arrived(self) -> Counter[int]:
        return Counter(call.chat_id for call in self.calls)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        """Nobody can connect any more, and who is connected is cut off."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    await self._one(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        split = (each.partition(":") for each in lines)
        headers = {name.lower(): value.strip() for name, _colon, value in split}
        if headers.get("transfer-encoding") == "chunked":
            body = await _chunked(reader)
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        method = first.split()[1].rsplit("/", 1)[1]
        is_json = headers.get("content-type") == "application/json"
        params = json.loads(body) if is_json else {"chat_id": _form_chat(body)}
        call = Call(len(self.calls), method, int(params.get("chat_id") or 0), params, body, monotonic())
        self.calls.append(call)
        answer = self.answer(call)
        if answer.is_cut:
            writer.transport.abort()
            raise ConnectionResetError
        length = len(answer.body) if answer.promises is None else answer.promises
        writer.write(
            f"HTTP/1.1 {answer.status} X\r\nContent-Type: {answer.kind}\r\n"
            f"Content-Length: {length}\r\n\r\n".encode()
            + answer.body
        )
        await writer.drain()
        if answer.promises is not None:
            raise ConnectionResetError


async def _chunked(reader: asyncio.StreamReader) -> bytes:
    """A body whose length nobody knew when it began: an upload."""
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def _form_chat(body: bytes) -> int:
    """The chat that an upload is for."""
    _before, _name, rest = body.partition(b'name="chat_id"')
    digits = rest.split(b"\r\n\r\n", 1)[1].split(b"\r\n", 1)[0] if rest else b"0"
    return int(digits)


@asynccontextmanager
async def a_post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    try:
        yield office
    finally:
        await office.close()
