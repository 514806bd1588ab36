"""The town on the story's day, with the bot running in it: what a conversation script is played in."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from aiogram import Router

from benchmarks.holding import holds_of
from handlers import routers
from sandbox import town_people
from sandbox.clock import Clock
from sandbox.running import World, running
from sandbox.town import THE_PHARMACY, Town, fill, people
from sandbox.window import ChatWindow
from storage.unit_of_work import open_store
from tests.conftest import NOW
from tests.databases import lasting_folder, new_sqlite

LONGEST_HOLD = 0.25
"""In seconds of the loop's processor time: whoever needs more for one step keeps everybody waiting."""
STORY_DAY = date(2026, 11, 21)
"""Saturday 30 Aban 1405; the story's instant is half past midnight of it."""


class Story:
    """The running town, with those whom the scripts let speak: each name is that person's chat window."""

    def __init__(self, world: World, town: Town) -> None:
        self.world, self.town = world, town
        self.url, self.client, self.sandbox = world.url, world.client, world.sandbox
        self.store, self.clock, self.app = world.store, world.clock, world.app

    def chat(self, who: int | str) -> ChatWindow:
        """Anybody's chat window, by id or by name."""
        return self.world.chat(who)

    def known(self, name: str) -> ChatWindow:
        return self.chat(self.town.user_id(name))

    @property
    def pharmacy(self) -> ChatWindow:
        """دکتر رضایی, of the pharmacy; in a world before it joined, a stranger."""
        return self.known(town_people.PHARMACY)

    @property
    def assistant(self) -> ChatWindow:
        """A second contact of the pharmacy, who may order but not see the balance."""
        return self.known(town_people.ASSISTANT)

    @property
    def known_stranger(self) -> ChatWindow:
        """Not linked yet, with a mobile that the books know as the pharmacy's."""
        return self.known(town_people.KNOWN)

    @property
    def salon(self) -> ChatWindow:
        return self.known(town_people.SALON)

    @property
    def chain(self) -> ChatWindow:
        return self.known(town_people.CHAIN)

    @property
    def rose(self) -> ChatWindow:
        """«سالن رز», which orders about every fourteen days."""
        return self.known(town_people.ROSE)

    @property
    def two_centres(self) -> ChatWindow:
        """One contact who acts for two customers."""
        return self.known(town_people.TWO_CENTRES)

    @property
    def manager(self) -> ChatWindow:
        return self.known(town_people.MANAGER)

    @property
    def finance(self) -> ChatWindow:
        return self.known(town_people.FINANCE)

    @property
    def warehouse(self) -> ChatWindow:
        return self.known(town_people.WAREHOUSE)

    @property
    def visitor(self) -> ChatWindow:
        """علی محمدی, whose route is غرب ۳."""
        return self.known(town_people.VISITOR)

    @property
    def support(self) -> ChatWindow:
        return self.known(town_people.SUPPORT)

    @property
    def stranger(self) -> ChatWindow:
        """Somebody with a mobile that nobody knows."""
        return self.known(town_people.STRANGER)


_trusting = cache(ssl.create_default_context)
_templates: dict[frozenset[int], tuple[Path, Town]] = {}
"""The town is laid down once for all tests, and each test gets a copy."""


async def _template(without: frozenset[int]) -> tuple[Path, Town]:
    if without not in _templates:
        url = await new_sqlite(lasting_folder())
        store = open_store(url)
        town = await fill(store, STORY_DAY, without=without)
        await store.close()
        _templates[without] = (Path(url.removeprefix("sqlite+aiosqlite:///")), town)
    return _templates[without]


async def story_file(folder: Path, without: frozenset[int] = frozenset()) -> tuple[Path, Town]:
    """A database of the story's own in that folder, and who lives in it."""
    template, town = await _template(without)
    path = folder / "story.db"
    shutil.copyfile(template, path)
    return path, town


@asynccontextmanager
async def _story(folder: Path, without: frozenset[int] = frozenset()) -> AsyncIterator[Story]:
    path, town = await story_file(folder, without)
    clock = Clock(NOW)
    clock.rate(0)
    async with running(database_url=f"sqlite+aiosqlite:///{path}", clock=clock, people=people(town)) as world:
        with holds_of(world.app.dispatcher) as holds:
            yield Story(world, town)
    assert not holds.longer_than(LONGEST_HOLD), "these handlers held the loop too long, in seconds"


@cache
def _handlers() -> Router:
    return routers()


def _the_same_handlers() -> Router:
    """As if nobody had them yet: the bot of the conversation before is gone."""
    root = _handlers()
    root._parent_router = None
    return root


@pytest.fixture(autouse=True)
def _sets_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same for every bot and costs a good part of a conversation: all its handlers, and reading
    which certificates are trusted.
    """
    monkeypatch.setattr("bot.app.routers", _the_same_handlers)
    monkeypatch.setattr(ssl, "create_default_context", _trusting)


@pytest.fixture
async def world(database_folder: Path) -> AsyncIterator[Story]:
    """The story day: the pharmacy is an established customer, and the next order is 40521."""
    async with _story(database_folder) as story:
        yield story


@pytest.fixture
async def world_before(database_folder: Path) -> AsyncIterator[Story]:
    """The same, but the pharmacy has not joined yet: دکتر رضایی is a stranger, as S1.1 to S1.10 begin."""
    async with _story(database_folder, frozenset({THE_PHARMACY})) as story:
        yield story
