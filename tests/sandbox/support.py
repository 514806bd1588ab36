from __future__ import annotations

import io
import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.state import TOKEN


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        assert not self.body["ok"], self.body
        return str(self.body["description"])


class Api:
    """Calls the Bot API as plainly as can be: JSON, or multipart when files are given."""

    def __init__(self, url: str, session: aiohttp.ClientSession, token: str = TOKEN) -> None:
        self.url = url
        self.session = session
        self.base = f"{url}/bot{token}"

    async def __call__(self, method: str, files: Any = None, **params: Any) -> Answer:
        if files is None:
            return await self.post(f"{self.base}/{method}", json=params)
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (file_name, data) in files.items():
            form.add_field(name, io.BytesIO(data), filename=file_name)
        return await self.post(f"{self.base}/{method}", data=form)

    async def post(self, url: str, **more: Any) -> Answer:
        async with self.session.post(url, **more) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def get(self, url: str) -> Answer:
        async with self.session.get(url) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def updates(self, offset: int = 0, **params: Any) -> list[dict[str, Any]]:
        return list((await self("getUpdates", offset=offset, **params)).result)


def png(width: int = 2, height: int = 2, padding: int = 0) -> bytes:
    """Make a grey picture; `padding` makes the file larger without making it another picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * min(height, 64))
    extra = chunk(b"teXt", b"x" * padding) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def inline(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
    }
