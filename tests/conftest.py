from __future__ import annotations

import gc
import gettext
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.languages import LOCALES
from bot.logging import set_up_logging
from screens.language import Language
from storage.unit_of_work import Store, open_store
from tests.databases import a_folder, drop_postgres, leave_nothing, new_postgres, new_sqlite
from tests.tracing import leave_greenlets_untraced

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
"""The story's instant: Saturday 30 Aban 1405, half past midnight in Tehran."""


# How long one example takes says how busy the machine is.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


leave_greenlets_untraced()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: otherwise one process is left with it when the others have ended.

    What is tested on both databases notes its lines on one of them: the floors above storage know neither.
    """
    items.sort(key=lambda item: "nemesis" not in item.path.parts)
    for item in items:
        if "postgresql" in item.name:
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish() -> None:
    """What is there now stays there: looking through it again and again for what may be thrown away took a
    seventh of all the time.
    """
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    leave_nothing()


@pytest.fixture(autouse=True)
def _logs_as_in_production() -> None:
    """structlog's own default draws every traceback with all its variables, which takes seconds."""
    set_up_logging("warning", "text")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def english() -> Language:
    return Language("en", gettext.NullTranslations())


@pytest.fixture(scope="session")
def persian() -> Language:
    return Language("fa", gettext.translation("messages", LOCALES, ["fa"]))


@pytest.fixture
def database_folder() -> Iterator[Path]:
    with a_folder() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, database_folder: Path) -> AsyncIterator[str]:
    """A migrated database of the test's own, on each of the two."""
    if request.param == "sqlite":
        yield await new_sqlite(database_folder)
        return
    url = await new_postgres()
    yield url
    await drop_postgres(url)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = open_store(database_url)
    yield store
    await store.close()


@pytest.fixture
async def sqlite_url(database_folder: Path) -> str:
    """A migrated SQLite database, for what is the same on both."""
    return await new_sqlite(database_folder)


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    store = open_store(sqlite_url)
    yield store
    await store.close()
