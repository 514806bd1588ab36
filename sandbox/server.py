"""The server: one port on the loopback for the page, the control API and the Bot API."""

from __future__ import annotations

import asyncio
import ipaddress
import mimetypes
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.api import BotApi
from sandbox.control.front import Control
from sandbox.state import Sandbox
from sandbox.wire import BODY_LIMIT

PAGE = Path(__file__).parent / "page"
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Front:
    """Sends a request where it belongs. The Bot API comes first: it is what has to be fast."""

    def __init__(self, box: Sandbox, page: Path = PAGE) -> None:
        self._api = BotApi(box)
        self._control = Control(box)
        self._page = page.resolve()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.rel_url.raw_path
        if path.startswith("/bot"):
            return await self._api.handle(request, path[4:])
        if path.startswith("/sim/"):
            return await self._from_here(request, path[5:])
        if path.startswith("/file/bot"):
            return self._api.file(path[9:])
        if path == "/":
            return self._static("index.html")
        if path.startswith("/page/"):
            return self._static(request.path[6:])
        return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)

    async def _from_here(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Refuse what a strange web page in the same browser could send.

        A page always names its origin, and one that had its own name point here names a strange host.
        """
        origin = request.headers.get("Origin")
        near = _is_loopback(urlsplit(f"//{request.host}").hostname or "")
        if not near or (origin is not None and origin != f"http://{request.host}"):
            return web.json_response({"error": "only the sandbox's own page may do this"}, status=403)
        return await self._control.handle(request, path)

    def _static(self, name: str) -> web.Response:
        file = (self._page / name).resolve() if "\0" not in name else self._page
        if not file.is_relative_to(self._page) or not file.is_file():
            return web.json_response({"error": "no such page"}, status=404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {
            "Content-Security-Policy": CONTENT_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-cache",
        }
        charset = "utf-8" if kind.startswith("text/") or kind.endswith("javascript") else None
        return web.Response(body=file.read_bytes(), content_type=kind, charset=charset, headers=headers)


class Served:
    """A running sandbox; `async with` closes it at the end."""

    def __init__(self, box: Sandbox, runner: web.ServerRunner, host: str, port: int) -> None:
        self.sandbox = box
        self.port = port
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._runner = runner

    async def close(self) -> None:
        await self.sandbox.webhooks.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Served:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Serving:
    """What `serve` returns: awaited it is `Served`, entered it is `Served` until the end of the block."""

    def __init__(self, start: Any) -> None:
        self._start = start
        self._served: Served | None = None

    def __await__(self) -> Any:
        return self._start.__await__()

    async def __aenter__(self) -> Served:
        self._served = await self._start
        assert self._served is not None
        return self._served

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._served is not None:
            await self._served.close()


def serve(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> Serving:
    """Serve the sandbox in the running event loop: `served = await serve(...)` or `async with serve(...)`.

    Any host that is not the loopback is refused: whoever reaches this port plays everybody.
    """
    if not _is_loopback(host):
        raise ValueError(f"the sandbox listens on the loopback only, not on {host}")
    return Serving(_start(sandbox, host, port))


async def _start(sandbox: Sandbox, host: str, port: int) -> Served:
    front = Front(sandbox)
    server = web.Server(front.handle, request_factory=_make_request, access_log=None)
    # Whoever still hangs on at the end waits for something that will not come any more.
    runner = web.ServerRunner(server, shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    return Served(sandbox, runner, host, int(runner.addresses[0][1]))


def _make_request(
    message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=BODY_LIMIT)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
