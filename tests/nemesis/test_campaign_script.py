"""C-8: paused, resumed, corrected, ended, its list changed, its worker killed: the frozen are told once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random

import pytest

from bot.languages import read_languages
from domain.campaigns import CampaignState
from domain.errors import ChangedMeanwhile
from domain.refusal import Refusal
from jobs.campaigns import sweep_campaigns
from jobs.sending import CampaignSender
from services import campaigns
from services.campaigns.audience import asked_of
from storage.recipients import LEASE
from storage.unit_of_work import Store
from tests.nemesis.harness import seeded, trials
from tests.nemesis.mailing import OPEN_STATES, Counting, Mailing, a_mailing, chats_of, faults_of

SHOPS, STEPS = 18, 6
LANGUAGES = read_languages()

pytestmark = pytest.mark.nemesis


class Script:
    """Does something at random each time it is asked, and keeps a sender at work in between."""

    def __init__(self, mailing: Mailing, random: Random) -> None:
        self.mailing, self.random = mailing, random
        self.acts_at = random.randrange(1, SHOPS)
        self.messenger, self.sender = self.another()
        self.wants_kill = False

    def another(self) -> tuple[Counting, CampaignSender]:
        messenger = Counting(self.mailing.told, self.in_between)
        sender = CampaignSender(
            self.mailing.store, {"telegram": messenger}, LANGUAGES, lambda: self.mailing.now, 25
        )
        return messenger, sender

    async def in_between(self, _chat_id: int) -> None:
        """Something happens while a message is about to go out."""
        self.acts_at -= 1
        if self.acts_at == 0:
            self.acts_at = self.random.randrange(1, SHOPS)
            await self.act()

    async def act(self) -> None:
        mailing, random = self.mailing, self.random
        with suppress(Refusal, ChangedMeanwhile):
            match random.choice(("pause", "resume", "edit", "list", "opt_out", "kill", "opt_out", "end")):
                case "pause":
                    async with mailing.store.unit_of_work() as uow:
                        await campaigns.pause(uow, mailing.manager, mailing.id, mailing.now)
                case "resume":
                    await self.resume()
                case "edit":
                    async with mailing.store.unit_of_work() as uow:
                        text = f"متن {random.randrange(10**6)}"
                        await campaigns.correct_text(
                            uow, mailing.manager, mailing.id, text, mailing.now, for_all=random.random() < 0.5
                        )
                case "list":
                    await mailing.change_list()
                case "opt_out":
                    await mailing.opt_out(random.choice(await mailing.rows()).customer_id)
                case "kill":
                    self.wants_kill = self.messenger.is_dead = True
                case "end" if random.random() < 0.2:
                    async with mailing.store.unit_of_work() as uow:
                        await campaigns.end(uow, mailing.manager, mailing.id, mailing.now)
                    mailing.was_ended = True

    async def resume(self) -> None:
        async with self.mailing.store.unit_of_work() as uow:
            await campaigns.resume(uow, self.mailing.manager, self.mailing.id, self.mailing.now)

    async def work(self) -> None:
        """A sweep; where its process dies meanwhile, another one takes over."""
        task = asyncio.ensure_future(self.sender.sweep())
        while not task.done() and not self.wants_kill:
            await asyncio.wait({task}, timeout=0.01)
        if self.wants_kill:
            task.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await task
            self.mailing.was_killed, self.wants_kill = True, False
            self.messenger, self.sender = self.another()
            await self.sender.begin()
            return
        await task

    async def play(self) -> None:
        for _step in range(STEPS):
            await self.act()
            await self.work()
            await self.look()
            self.mailing.later(LEASE.total_seconds() / 60 + 1)
        for _round in range(5):
            with suppress(Refusal):
                await self.resume()
            self.messenger, self.sender = self.another()
            await self.sender.begin()
            await self.work()
            self.mailing.later(LEASE.total_seconds() / 60 + 1)
            await self.look()

    async def look(self) -> None:
        """By the clock it is finished only when nobody is left."""
        await sweep_campaigns(self.mailing.store, self.mailing.now)
        if await self.mailing.state() is CampaignState.FINISHED:
            assert not {row.state for row in await self.mailing.rows()} & OPEN_STATES


async def test_whatever_happens_everybody_who_was_frozen_is_told_once(store: Store) -> None:
    for trial in range(trials(200, 5)):
        random, how = seeded("C-8", trial)
        mailing = await a_mailing(store, f"list {trial}", SHOPS, holdout_percent=random.choice((0, 20)))
        frozen = await mailing.rows()
        script = Script(mailing, random)
        await script.play()
        after = await mailing.rows()
        assert [row.customer_id for row in after] == [row.customer_id for row in frozen], how
        assert await faults_of(mailing, frozen) == [], how
        ended = CampaignState.CANCELLED if mailing.was_ended else CampaignState.FINISHED
        assert await mailing.state() is ended, how


async def test_whoever_a_sender_gives_back_after_the_end_gets_nothing(store: Store) -> None:
    mailing = await a_mailing(store, "list", SHOPS)

    async def ends(_chat_id: int) -> None:
        async with store.unit_of_work() as uow:
            await campaigns.end(uow, mailing.manager, mailing.id, mailing.now)

    messenger = Counting(mailing.told, ends)
    await CampaignSender(store, {"telegram": messenger}, LANGUAGES, lambda: mailing.now, 25).sweep()
    assert mailing.told == []
    assert "leased" in {row.state for row in await mailing.rows()}
    await sweep_campaigns(store, mailing.now)
    assert {(row.state, row.reason) for row in await mailing.rows()} == {("skipped", "ended")}


async def naive_campaign(mailing: Mailing, random: Random) -> None:
    """Asks the list itself for the next ones after a cursor, which moves when they are fetched."""
    cursor, script = 0, Script(mailing, random)
    for _batch in range(SHOPS):
        async with mailing.store.reading() as uow:
            campaign = await uow.campaigns.get(mailing.id)
            asked = await asked_of(uow, campaign, await uow.company.push_rules())
            batch = []
            for _one in range(4):
                found = await uow.audience.example(asked, mailing.now, cursor)
                if found is None or found <= cursor:
                    break
                batch.append(found)
                cursor = found
        chats = await chats_of(mailing.store, set(batch))
        for customer_id in batch:
            await script.in_between(customer_id)
            if script.wants_kill:
                # The process starts again, and goes on after the cursor.
                script.wants_kill = False
                break
            mailing.told.append(chats[customer_id])


async def test_a_cursor_over_the_list_itself_tells_others_and_loses_some(store: Store) -> None:
    """The negative control."""
    found: list[str] = []
    for trial in range(16):
        random, _how = seeded("C-8-naive", trial)
        mailing = await a_mailing(store, f"list {trial}", SHOPS)
        chats = await chats_of(store, {row.customer_id for row in await mailing.rows()})
        await naive_campaign(mailing, random)
        wanted = {chat for customer_id, chat in chats.items() if customer_id not in mailing.opted_out}
        found += [f"lost {each}" for each in wanted - set(mailing.told)]
        found += [f"never asked for {each}" for each in set(mailing.told) - set(chats.values())]
        if found:
            break
    assert found
