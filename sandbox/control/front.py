"""Sending a request to `/sim` where it belongs, and its answer back."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from sandbox.control.call import Call, Routes
from sandbox.control.people import People
from sandbox.control.watch import Watch
from sandbox.control.weather import Weather
from sandbox.errors import ControlError
from sandbox.state import Sandbox

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Control:
    def __init__(self, box: Sandbox) -> None:
        self._routes: Routes = {**People(box).routes(), **Weather(box).routes(), **Watch(box).routes()}

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer `/sim/<path>`."""
        name, _, rest = path.partition("/")
        handler = self._routes.get((request.method, name))
        if handler is None:
            return answer({"error": "no such call"}, 404)
        try:
            result = await handler(Call(request, rest))
        except ControlError as error:
            return answer({"error": error.message}, error.status)
        except (KeyError, TypeError, ValueError) as error:
            return answer({"error": f"the request cannot be read: {error!r}"}, 400)
        return result if isinstance(result, web.StreamResponse) else answer(result)


def answer(result: Any, status: int = 200) -> web.Response:
    return web.Response(body=_dump(result).encode(), status=status, content_type="application/json")
