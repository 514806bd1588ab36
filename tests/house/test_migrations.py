"""The schema can be brought up, taken back and brought up again, and is then what the tables say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.schema import differences, migrate, newest_revision, revision, take_back
from tests.databases import drop_postgres, empty_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    url = await empty_postgres()
    yield url
    await drop_postgres(url)


async def test_migrations_run_up_down_and_up_again(empty_url: str) -> None:
    await migrate(empty_url)
    assert await revision(empty_url) == newest_revision()
    await take_back(empty_url)
    assert await revision(empty_url) is None
    await migrate(empty_url)
    assert await revision(empty_url) == newest_revision()


async def test_the_tables_match_the_migrations(empty_url: str) -> None:
    await migrate(empty_url)
    assert await differences(empty_url) == []
