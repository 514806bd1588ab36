"""A messenger that answers with every kind of rubbish, and puts the secrets of the asker into it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

from tests.bot.kit import a_text


class NastyMessenger:
    """Every other getUpdates brings an update; everything else that is asked goes wrong in some way."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.url = ""
        self.answered = 0
        self._texts = texts
        self._numbers = count()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            number = next(self._numbers)
            if path.endswith("/getUpdates") and number % 2 == 0:
                update = a_text(5, self._texts[(number // 2) % len(self._texts)])
                writer.write(_answer(json.dumps({"ok": True, "result": [update]})))
            else:
                writer.write(_rubbish(path, number))
            await writer.drain()
            self.answered += 1
        writer.close()


def _answer(body: str, status: str = "200 OK", *more: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", "Connection: close", *more]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def _rubbish(path: str, number: int) -> bytes:
    """One of many ways in which a proxy or a server can fail; most of them repeat the path."""
    said = json.dumps({"ok": False, "error_code": 400, "description": f"Bad Request: no {path} here"})
    ways = (
        f"HTTP/1.1 abc {path}\r\n\r\n".encode(),
        f"{path} HTTP/1.1\r\n\r\n".encode(),
        _answer("", "302 Found", f"Location: {path}"),
        _answer(f"<html>502 {path}</html>", "502 Bad Gateway"),
        _answer(said, "400 Bad Request"),
        _answer(json.dumps({"ok": True, "result": path})),
        _answer('{"ok":true,"result":'),
        _answer(json.dumps({"ok": False, "description": path}), "500 Internal Server Error"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
        f"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nX-Path: {path}\r\n\r\nshort".encode(),
        _answer(
            f'{{"ok":false,"error_code":429,"description":"{path}","parameters":{{"retry_after":0.5}}}}',
            "429",
        ),
        b"",
    )
    return ways[number % len(ways)]


@asynccontextmanager
async def nasty(*texts: str) -> AsyncIterator[NastyMessenger]:
    messenger = NastyMessenger(texts)
    await messenger.open()
    try:
        yield messenger
    finally:
        await messenger.close()
