"""Writes a new migration: what the tables say beyond those that are there; run by ``make migration``."""

import asyncio
import sys
import tempfile

from storage.schema import migrate, write_migration


async def write(name: str) -> None:
    """The comparison is made with a database of its own, so that nobody's data has to be up to date."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/compared.db"
        await migrate(url)
        await write_migration(url, name)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
