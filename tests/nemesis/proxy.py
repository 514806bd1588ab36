"""A cable to PostgreSQL that can be pulled: connections break, and new ones are refused until it is back.

It can also be cut at the worst of all moments: when somebody commits, and does not hear how it ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto
from pathlib import Path

from sqlalchemy.engine import make_url

COMMIT = b"COMMIT"
STEPS_TO_JOIN = 5
"""Of the event loop, from an accepted connection to the first line that is run for it."""


class Cut(Enum):
    """Where the cable is cut when the next commit goes through it."""

    BEFORE = auto()
    """The server never hears of it."""
    AFTER = auto()
    """The server has committed; its answer never comes."""


class Cable:
    def __init__(self, database_url: str) -> None:
        self.next_cut: Cut | None = None
        """Set it to have the next commit cut; it is None again once that has happened."""
        self._target = make_url(database_url)
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The database's address at this end of the cable."""
        near = self._target.set(host="127.0.0.1", port=self._port, query={})
        return near.render_as_string(hide_password=False)

    async def plug(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Cut everything that runs through, at whatever byte it is."""
        assert self._server is not None
        for each in self._server.sockets:
            asyncio.get_running_loop().remove_reader(each.fileno())
        # Whoever was just let in arrives first: a server that is closed meanwhile forgets their socket.
        for _step in range(STEPS_TO_JOIN):
            await asyncio.sleep(0)
        self._server.close()
        for writer in tuple(self._writers):
            transport: asyncio.WriteTransport = writer.transport
            transport.abort()
        await self._server.wait_closed()

    async def _far_end(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host = self._target.query.get("host") or self._target.host or "127.0.0.1"
        port = self._target.port or 5432
        if isinstance(host, str) and host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(str(host), port)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pair = {writer}
        self._writers.add(writer)
        cut: list[Cut] = []

        def goes_out(data: bytes) -> bool:
            if COMMIT in data and self.next_cut is not None:
                cut.append(self.next_cut)
                self.next_cut = None
            return Cut.BEFORE not in cut

        try:
            far_reader, far_writer = await self._far_end()
            pair.add(far_writer)
            if writer.transport.is_closing():
                return
            self._writers.add(far_writer)
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, far_writer, goes_out))
                group.create_task(_pump(far_reader, writer, lambda _data: Cut.AFTER not in cut))
        finally:
            self._writers -= pair
            for each in pair:
                each.transport.abort()


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passes: Callable[[bytes], bool]
) -> None:
    """Until one end goes, or something does not pass: then the other way ends as well."""
    with suppress(OSError):
        while (data := await reader.read(65536)) and passes(data):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()


@asynccontextmanager
async def a_cable(database_url: str) -> AsyncIterator[Cable]:
    cable = Cable(database_url)
    await cable.plug()
    try:
        yield cable
    finally:
        await cable.pull()
