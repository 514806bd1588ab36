"""C-9: once an opt-out is committed, no campaign begins another message to that person."""

from __future__ import annotations

from random import Random

import pytest

from bot.languages import read_languages
from jobs import stopping
from jobs.sending import CampaignSender
from storage.recipients import LEASE
from storage.unit_of_work import Store
from tests.nemesis.harness import seeded, trials
from tests.nemesis.mailing import Counting, Mailing, a_mailing, chats_of

SHOPS, LEAVING = 24, 6
LANGUAGES = read_languages()

pytestmark = pytest.mark.nemesis


class Leaving:
    """People who opt out while it goes out: at any moment, also when theirs is the very next message."""

    def __init__(self, mailing: Mailing, random: Random, chats: dict[int, int]) -> None:
        self.mailing, self.chats = mailing, chats
        self.customer_of = {chat: customer_id for customer_id, chat in chats.items()}
        self.themselves = set(random.sample(sorted(chats.values()), LEAVING // 2))
        others = sorted(set(chats) - {self.customer_of[chat] for chat in self.themselves})
        self.others = random.sample(others, LEAVING // 2)
        self.moments = sorted(random.sample(range(1, SHOPS - LEAVING), LEAVING // 2))
        self.sends = 0
        self.told_when_left: dict[int, int] = {}

    async def before(self, chat_id: int) -> None:
        self.sends += 1
        if chat_id in self.themselves:
            await self.leave(self.customer_of[chat_id])
        if self.moments and self.sends >= self.moments[0]:
            self.moments.pop(0)
            await self.leave(self.others.pop())

    async def leave(self, customer_id: int) -> None:
        if customer_id in self.told_when_left:
            return
        await self.mailing.opt_out(customer_id)
        chat_id = self.chats[customer_id]
        self.told_when_left[customer_id] = self.mailing.told.count(chat_id)

    def told_after(self) -> list[int]:
        """Who was told although they had opted out before."""
        return [
            customer_id
            for customer_id, before in self.told_when_left.items()
            if self.mailing.told.count(self.chats[customer_id]) > before
        ]


async def played(
    store: Store, name: str, random: Random, *, asks: bool, rate: float = 25
) -> tuple[Leaving, Mailing]:
    mailing = await a_mailing(store, name, SHOPS)
    chats = await chats_of(store, {row.customer_id for row in await mailing.rows()})
    leaving = Leaving(mailing, random, chats)
    messenger = Counting(mailing.told, leaving.before, asks)
    for _sweep in range(2):
        # Whoever was stopped at the last moment is looked at again, and then skipped for good.
        sender = CampaignSender(store, {"telegram": messenger}, LANGUAGES, lambda: mailing.now, rate)
        await sender.begin()
        await sender.sweep()
        mailing.later(LEASE.total_seconds() / 60 + 1)
    return leaving, mailing


async def test_after_an_opt_out_is_committed_nothing_more_is_sent(store: Store) -> None:
    for trial in range(trials(200, 6)):
        random, how = seeded("C-9", trial)
        leaving, mailing = await played(store, f"list {trial}", random, asks=True)
        assert leaving.told_after() == [], how
        rows = {row.customer_id: row for row in await mailing.rows()}
        untold = {each for each, before in leaving.told_when_left.items() if not before}
        assert {each for each, row in rows.items() if row.state == "skipped"} == untold, how
        assert {rows[each].reason for each in untold} <= {"opted_out"}, how
        assert len(mailing.told) == SHOPS - len(untold), how


async def test_at_a_high_rate_it_stops_whatever_was_not_handed_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question for all that are on their way; here it is asked each time, not ten times a second."""
    monkeypatch.setattr(stopping, "ASKED_EVERY", 0.0)
    random, how = seeded("C-9-fast")
    leaving, mailing = await played(store, "fast", random, asks=True, rate=1_000)
    assert leaving.told_after() == [], how
    assert len(mailing.told) == SHOPS - sum(not before for before in leaving.told_when_left.values()), how


async def test_at_a_high_rate_one_answer_of_long_ago_is_not_enough(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: asked once for all, whatever is decided after that."""
    monkeypatch.setattr(stopping, "ASKED_EVERY", float("inf"))
    random, _how = seeded("C-9-fast-naive")
    leaving, _mailing = await played(store, "list", random, asks=True, rate=1_000)
    assert leaving.told_after()


async def test_a_wish_that_is_read_only_when_recipients_are_fetched_comes_too_late(store: Store) -> None:
    """The negative control."""
    random, _how = seeded("C-9-naive")
    leaving, _mailing = await played(store, "list", random, asks=False)
    assert leaving.told_after()
