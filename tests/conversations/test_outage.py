"""After an outage in which taps were lost, whoever filled a basket sees it again, with buttons that work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import exists, select

from sandbox.clock import Clock
from sandbox.running import World, running
from sandbox.town import people
from storage.tables.messages import notifications
from tests.conftest import NOW
from tests.conversations.conftest import Story, story_file
from tests.conversations.test_ordering import look_up
from tests.patience import until


async def was_told(world: World) -> bool:
    wanted = exists().where(notifications.c.kind == "resumed")
    async with world.store.reading() as uow:
        return bool(await uow.connection.scalar(select(wanted)))


async def test_a_basket_is_offered_again_after_an_outage(database_folder: Path) -> None:
    path, town = await story_file(database_folder)
    clock = Clock(NOW)
    clock.rate(0)
    url = f"sqlite+aiosqlite:///{path}"
    async with running(database_url=url, clock=clock, people=people(town)) as world:
        pharmacy = Story(world, town).pharmacy
        await look_up(pharmacy, "۱۰۲۴")
        await pharmacy.tap("۱ کارتن = ۲۴")
    clock.advance(timedelta(minutes=5).total_seconds())
    # The messenger knows that they have talked to the bot before.
    known = [{**each, "started": True} for each in people(town)]
    async with running(database_url=url, clock=clock, people=known) as world:
        pharmacy = Story(world, town).pharmacy
        await until(lambda: was_told(world), "the outage was noticed")
        await pharmacy.refresh()
        clock.advance(6)
        await pharmacy.expect("هنوز سفارش نشده است")
        await pharmacy.tap("🛒 سبد (۱ قلم)")
        assert "شامپو" in pharmacy.text
