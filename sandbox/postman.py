"""Carrying one update to the bot over HTTP and reading what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import aiohttp

from sandbox.people import Wire

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = 60.0

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it went: no `error` means delivered; `call` is a method call in the answer."""

    error: str | None = None
    status: int | None = None
    retry_after: float | None = None
    call: Wire | None = None


class Postman:
    """Keeps at most `connections` connections open and uses them again."""

    def __init__(self, url: str, secret: str, connections: int) -> None:
        self._url = url
        self._secret = secret
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections),
            timeout=aiohttp.ClientTimeout(total=PATIENCE),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._session.close()

    async def deliver(self, update: Wire, secret: str | None = None) -> Delivery:
        """Post an update; `secret` takes the place of the agreed one, an empty one sends no header."""
        headers = {"Content-Type": "application/json"}
        shown = self._secret if secret is None else secret
        if shown:
            headers[HEADER] = shown
        try:
            async with self._session.post(
                self._url, data=_dump(update).encode(), headers=headers, allow_redirects=False
            ) as response:
                body = await response.read()
        except TimeoutError:
            return Delivery("Read timeout expired")
        except aiohttp.ClientConnectorError:
            return Delivery("Connection refused")
        except (aiohttp.ClientError, OSError):
            return Delivery("Connection reset by peer")
        if 200 <= response.status < 300:
            return Delivery(status=response.status, call=_call_in(body, response.content_type))
        words = f"Wrong response from the webhook: {response.status} {response.reason}"
        return Delivery(words, response.status, _seconds(response.headers.get("Retry-After")))


def _seconds(header: str | None) -> float | None:
    return float(header) if header is not None and header.isdigit() else None


def _call_in(body: bytes, kind: str) -> Wire | None:
    """Return the method call a bot has put into its answer, if there is one."""
    try:
        parsed: Any = (
            json.loads(body) if kind == "application/json" and body else dict(parse_qsl(body.decode()))
        )
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) and isinstance(parsed.get("method"), str) else None
