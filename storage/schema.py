"""The shape of the database: brought up to date, taken back, compared with the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.tables import metadata

HERE = Path(__file__).parent
_INDEX = "product_index"
_TOKENS = "ix_product_words_tokens"


def is_compared(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether the tables say it: the full-text index is made by its migration alone."""
    if kind == "table":
        return name is None or not (name == _INDEX or name.startswith(f"{_INDEX}_"))
    return name != _TOKENS


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def _with_connection(url: str, work: Any) -> Any:
    if make_url(url).get_backend_name() == "sqlite" and (path := make_url(url).database):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def migrate(url: str, to: str = "head") -> None:
    """Bring the schema up to that revision, in one transaction."""

    def bring_up(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            # Kept in the file. Were it left to the bot's own connections, two that come at the same time
            # would find each other in the way, and one of them would fail without waiting.
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        command.upgrade(_config(connection), to)

    await _with_connection(url, bring_up)


async def take_back(url: str, to: str = "base") -> None:
    await _with_connection(url, lambda connection: command.downgrade(_config(connection), to))


async def revision(url: str) -> str | None:
    """The revision at which the database stands; None before the first."""
    found = await _with_connection(
        url, lambda connection: MigrationContext.configure(connection).get_current_revision()
    )
    return str(found) if found else None


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def released_revisions() -> frozenset[str]:
    """Every revision that this program knows how to bring up to date."""
    return frozenset(each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions())


COMPARED = {"compare_type": True, "include_name": is_compared}


async def differences(url: str) -> list[Any]:
    """What the tables say and the database does not, or the other way round."""

    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts=COMPARED)
        return list(compare_metadata(context, metadata))

    found: list[Any] = await _with_connection(url, compare)
    return found


async def write_migration(url: str, name: str) -> None:
    """A new migration with what the tables say beyond the database at ``url``; read it before you keep it."""
    await _with_connection(
        url, lambda connection: command.revision(_config(connection), name, autogenerate=True)
    )
