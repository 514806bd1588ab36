"""A campaign goes to each of its recipients once, while it runs, in allowed hours, to those who want it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.languages import read_languages
from domain.notifications import MessageClass, Outcome
from jobs.deliver import May, Told
from jobs.sending import CampaignSender
from sandbox.mailing import CAMPAIGN_ID, lay_mailing
from screens.screen import Screen
from storage.recipients import LEASE
from storage.tables.campaigns import campaign_recipients, campaigns
from storage.tables.people import preferences, reaches
from storage.unit_of_work import Store
from tests.conftest import NOW

PLATFORM, BOT = "telegram", 42
OPEN = NOW + timedelta(hours=10)
"""Saturday, half past ten in Tehran: promotions are allowed."""
R = campaign_recipients.c


class FakeMessenger:
    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.edited: list[tuple[int, str]] = []
        self.ends: dict[int, Told] = {}
        self.classes: set[MessageClass] = set()
        self.before: Callable[[int], Any] = lambda _chat: None
        self.waited = 0.0
        self.turns = asyncio.Lock()

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        async with self.turns:
            if (wait := self.before(chat_id)) is not None:
                await wait
            if may is not None and (untold := await may()) is not None:
                return untold
            self.sent.append((chat_id, screen.text))
        self.classes.add(message_class)
        return self.ends.get(chat_id) or Told(Outcome.DELIVERED, message_id=len(self.sent))

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        self.edited.append((chat_id, screen.text))
        return self.ends.get(-chat_id) or Told(Outcome.DELIVERED, message_id=message_id)

    def pause(self, seconds: float) -> None:
        self.waited = seconds

    def waits(self) -> float:
        return self.waited

    def close(self) -> None:
        return


class Office:
    def __init__(self, store: Store) -> None:
        self.store, self.now, self.messenger = store, OPEN, FakeMessenger()
        self.sender = self.another()

    def another(self) -> CampaignSender:
        return CampaignSender(self.store, {PLATFORM: self.messenger}, read_languages(), lambda: self.now, 25)

    async def lay(self, count: int, **more: Any) -> tuple[int, ...]:
        return await lay_mailing(self.store, count, OPEN, bot_id=BOT, **more)

    async def states(self) -> Counter[tuple[str, str | None]]:
        async with self.store.reading() as uow:
            rows = await uow.connection.execute(select(R.state, R.reason))
            return Counter((row.state, row.reason) for row in rows)

    async def rows(self) -> list[Any]:
        async with self.store.reading() as uow:
            return list(await uow.connection.execute(select(campaign_recipients).order_by(R.id)))

    async def change(self, **values: Any) -> None:
        async with self.store.unit_of_work() as uow:
            await uow.connection.execute(update(campaigns).values(**values))

    async def prefers(self, contact_id: int, **wish: Any) -> None:
        usual: dict[str, Any] = {"reminders": True, "promotions": True, "surveys": False}
        usual |= {"hours": "9-13,16-20", "category_ids": ""}
        async with self.store.unit_of_work() as uow:
            row = {"contact_id": contact_id, **usual, **wish}
            await uow.connection.execute(insert(preferences).values(**row))


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


async def test_everybody_is_told_once_and_the_row_says_all(office: Office) -> None:
    people = await office.lay(70)
    assert await office.sender.sweep() == 70
    assert await office.sender.sweep() == 0
    assert sorted(chat for chat, _text in office.messenger.sent) == list(people)
    assert office.messenger.classes == {MessageClass.PROMOTION}
    row = (await office.rows())[0]
    assert (row.state, row.platform, row.bot_id, row.chat_id) == ("sent", PLATFORM, BOT, people[0])
    assert row.message_id > 0
    assert (row.sent_at, row.lease) == (OPEN, None)


async def test_the_holdout_hears_nothing_and_its_turn_is_written_down(office: Office) -> None:
    people = await office.lay(50, held=8)
    await office.sender.sweep()
    assert {chat for chat, _text in office.messenger.sent} == set(people[8:])
    held = [row for row in await office.rows() if row.is_holdout]
    assert {(row.state, row.sent_at) for row in held} == {("held", OPEN)}


async def test_who_wants_none_or_cannot_be_reached_is_skipped_with_the_reason(office: Office) -> None:
    people = await office.lay(10)
    first = CAMPAIGN_ID * 1_000_000
    await office.prefers(first, promotions=False)
    async with office.store.unit_of_work() as uow:
        gone = update(reaches).where(reaches.c.chat_id == people[1])
        await uow.connection.execute(gone.values(blocked_at=OPEN))
    await office.sender.sweep()
    assert await office.states() == {
        ("sent", None): 8,
        ("skipped", "opted_out"): 1,
        ("skipped", "unreachable"): 1,
    }


async def test_nobody_is_marked_outside_the_hours_or_when_it_does_not_run(office: Office) -> None:
    await office.lay(5)
    for at in (NOW, OPEN + timedelta(days=6), OPEN + timedelta(hours=4)):
        office.now = at
        assert await office.sender.sweep() == 0
    office.now = OPEN
    await office.change(state="paused")
    assert await office.sender.sweep() == 0
    assert await office.states() == {("new", None): 5}


async def test_a_contact_with_hours_of_their_own_hears_it_then(office: Office) -> None:
    await office.lay(3)
    await office.prefers(CAMPAIGN_ID * 1_000_000 + 1, hours="16-20")
    assert await office.sender.sweep() == 2
    office.now = OPEN + timedelta(hours=6)
    office.sender = office.another()
    assert await office.sender.sweep() == 1


async def test_a_pause_stops_those_who_are_marked_but_have_no_turn_yet(office: Office) -> None:
    """Whoever has their turn after the pause is committed hears nothing; resumed, each hears it once."""
    await office.lay(60)

    def stop_at_twenty(_chat: int) -> Any:
        return office.change(state="paused") if len(office.messenger.sent) == 20 else None

    office.messenger.before = stop_at_twenty
    await office.sender.sweep()
    assert len(office.messenger.sent) == 20
    office.messenger.before = lambda _chat: None
    await office.change(state="running")
    office.now += LEASE + timedelta(seconds=1)
    await office.another().sweep()
    assert Counter(chat for chat, _text in office.messenger.sent).most_common(1)[0][1] == 1
    assert len(office.messenger.sent) == 60


async def test_after_somebody_has_opted_out_nothing_goes_to_them(office: Office) -> None:
    people = await office.lay(20)
    office.messenger.before = lambda chat: (
        office.prefers(CAMPAIGN_ID * 1_000_000 + 7, promotions=False) if chat == people[7] else None
    )
    await office.sender.sweep()
    office.now += timedelta(seconds=10)
    await office.another().sweep()
    assert people[7] not in {chat for chat, _text in office.messenger.sent}
    assert await office.states() == {("sent", None): 19, ("skipped", "opted_out"): 1}


async def test_how_it_ended_is_written_down_for_each(office: Office) -> None:
    people = await office.lay(5)
    office.messenger.ends = {
        people[0]: Told(Outcome.BLOCKED, error="Forbidden: bot was blocked by the user"),
        people[1]: Told(Outcome.FAILED, error="Bad Request: wrong"),
        people[2]: Told(Outcome.UNCERTAIN, error="ServerDisconnectedError"),
        people[3]: Told(Outcome.RETRY, error="refused"),
    }
    await office.sender.sweep()
    assert [row.state for row in await office.rows()] == ["blocked", "failed", "uncertain", "leased", "sent"]
    async with office.store.reading() as uow:
        marked = await uow.connection.scalars(
            select(reaches.c.chat_id).where(reaches.c.blocked_at.is_not(None))
        )
        assert list(marked) == [people[0]]
    office.messenger.ends = {}
    office.now += timedelta(seconds=6)
    assert await office.another().sweep() == 1
    assert len(office.messenger.sent) == 6


async def test_a_gradual_campaign_keeps_to_its_number_a_minute(office: Office) -> None:
    await office.lay(150, per_minute=60)
    times: list[float] = []
    for tick in range(4 * 130):
        office.now = OPEN + timedelta(seconds=tick / 4)
        before = len(office.messenger.sent)
        await office.sender.sweep()
        times += [tick / 4] * (len(office.messenger.sent) - before)
    assert 128 <= len(times) <= 131
    assert max(sum(at <= each < at + 60 for each in times) for at in times) <= 60
    assert max(Counter(times).values()) == 1


async def test_a_429_of_another_process_holds_this_one(office: Office) -> None:
    await office.lay(5)
    async with office.store.unit_of_work() as uow:
        await uow.pauses.put(PLATFORM, BOT, OPEN + timedelta(seconds=30))
        await uow.pauses.put(PLATFORM, BOT, OPEN + timedelta(seconds=10))
    assert await office.sender.sweep() == 0
    assert office.messenger.waited == 30.0


async def test_the_former_text_is_edited_where_it_stands(office: Office) -> None:
    people = await office.lay(4)
    await office.sender.sweep()
    await office.change(text="متن درست", text_version=1, corrects_sent=True)
    office.messenger.ends = {-people[2]: Told(Outcome.FAILED, error="message to edit not found")}
    assert await office.another().sweep() == 4
    assert sorted(office.messenger.edited) == [(each, "متن درست") for each in people]
    assert {row.text_version for row in await office.rows()} == {1}
    assert await office.another().sweep() == 0


async def test_what_a_dead_sender_was_sending_is_never_told_again(office: Office) -> None:
    await office.lay(10)
    async with office.store.unit_of_work() as uow:
        token, ids = await uow.recipients.lease(CAMPAIGN_ID, OPEN, 6)
        await uow.recipients.mark_sending(ids[:4], token, OPEN)
    await office.sender.begin()
    assert await office.sender.sweep() == 6
    assert await office.states() == {("sent", None): 6, ("uncertain", "lost"): 4}


async def test_a_fault_while_correcting_lets_what_goes_out_end(office: Office) -> None:
    """Otherwise it would go on beside the next sweep, which takes it for its own."""
    await office.lay(1)
    begun, may_end = asyncio.Event(), asyncio.Event()

    def hold(_chat: int) -> Any:
        begun.set()
        return may_end.wait()

    async def is_away(_room: int) -> Any:
        raise ConnectionError

    office.messenger.before = hold
    sender = office.sender
    sender._corrector._conveyor._take = is_away
    sweeping = asyncio.ensure_future(sender.sweep())
    await begun.wait()
    done, _running = await asyncio.wait({sweeping}, timeout=0.1)
    assert not done
    may_end.set()
    with pytest.raises(ConnectionError):
        await sweeping
    assert await office.states() == {("sent", None): 1}


async def test_two_senders_tell_nobody_twice(office: Office) -> None:
    await office.lay(200)
    await asyncio.gather(office.sender.sweep(), office.another().sweep())
    assert len(office.messenger.sent) == len({chat for chat, _text in office.messenger.sent}) == 200
