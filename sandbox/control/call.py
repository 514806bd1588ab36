"""One request to the control API."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.errors import ControlError


@dataclass(frozen=True, slots=True)
class Call:
    """`rest` is what follows the name of the call in the path."""

    request: web.BaseRequest
    rest: str

    def number(self, name: str) -> int | None:
        """Return a whole number of the query."""
        value = self.request.query.get(name)
        return int(value) if value else None

    def word(self, name: str) -> str | None:
        return self.request.query.get(name) or None

    async def body(self) -> dict[str, Any]:
        try:
            body = json.loads(await self.request.read() or b"{}")
        except ValueError as error:
            raise ControlError("the body is not JSON") from error
        if not isinstance(body, dict):
            raise ControlError("the body is not a JSON object")
        return body


Handler = Callable[[Call], Awaitable[Any]]
Routes = dict[tuple[str, str], Handler]
