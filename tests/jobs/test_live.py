"""The message that shows how far a campaign is: changed only when it must be, and never over another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.campaigns import Campaign, CampaignState
from domain.live import Live, LiveKind
from domain.notifications import MessageClass, Outcome
from domain.staff import Role
from jobs.deliver import May, Told
from jobs.live import keep_live, prune_live
from screens.campaign_progress import progress
from screens.language import Language
from screens.screen import Screen
from services.campaign_progress import progress_of
from storage.tables.campaigns import campaign_recipients
from storage.tables.push import live_messages
from storage.unit_of_work import Store
from tests.builders.campaign_results import a_campaign, many_shops, recipients
from tests.builders.people import a_colleague
from tests.conftest import NOW

PLATFORM, BOT = "telegram", 42
Meanwhile = Callable[[], Awaitable[None]]


class Chats:
    """A messenger that keeps what was changed; ``ends`` is how changes end."""

    def __init__(self) -> None:
        self.edited: list[tuple[int, int, Screen]] = []
        self.classes: set[MessageClass] = set()
        self.ends = Told(Outcome.DELIVERED)
        self.meanwhile: Meanwhile | None = None

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        raise AssertionError("nothing new is sent")

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        self.classes.add(message_class)
        if self.meanwhile is not None:
            await self.meanwhile()
        if may is not None and (untold := await may()) is not None:
            return untold
        self.edited.append((chat_id, message_id, screen))
        return self.ends

    def pause(self, seconds: float) -> None:
        raise AssertionError("nobody asked for silence")

    def waits(self) -> float:
        return 0.0

    def close(self) -> None:
        """Nothing is under way."""


class Watched:
    """A campaign to five shops that a manager watches in one message."""

    def __init__(self, store: Store, campaign: Campaign, chat_id: int, persian: Language) -> None:
        self.store, self.campaign, self.chat_id = store, campaign, chat_id
        self.languages, self.chats = {"fa": persian}, Chats()
        assert campaign.id is not None
        self.live = Live(LiveKind.CAMPAIGN, campaign.id)

    async def shown(self, message_id: int = 7) -> None:
        """The message shows how far it is."""
        async with self.store.unit_of_work() as uow:
            screen = progress(await progress_of(uow, self.live.subject_id), self.languages["fa"])
            await uow.live.put(PLATFORM, BOT, self.chat_id, message_id, self.live, screen.mark, NOW)

    async def tell(self, how_many: int) -> None:
        async with self.store.unit_of_work() as uow:
            new = select(campaign_recipients.c.id).where(campaign_recipients.c.state == "new").limit(how_many)
            ids = (await uow.connection.scalars(new)).all()
            await uow.connection.execute(
                update(campaign_recipients)
                .where(campaign_recipients.c.id.in_(ids))
                .values(state="sent", sent_at=NOW)
            )

    async def move(self, state: CampaignState) -> None:
        async with self.store.unit_of_work() as uow:
            campaign = await uow.campaigns.get(self.live.subject_id)
            await uow.campaigns.save(replace(campaign, state=state))

    async def look(self, seconds: int = 3) -> int:
        now = NOW + timedelta(seconds=seconds)
        return await keep_live(self.store, {PLATFORM: self.chats}, self.languages, now)

    async def rows(self) -> list[bool]:
        """Whether each message that is known has ended."""
        async with self.store.reading() as uow:
            found = await uow.connection.execute(select(live_messages).order_by(live_messages.c.id))
            return [row.ends_at is not None for row in found]


@pytest.fixture
async def watched(store: Store, persian: Language) -> Watched:
    async with store.unit_of_work() as uow:
        manager = await a_colleague(uow, Role.MANAGER)
        campaign = await a_campaign(uow, manager, per_minute=60)
        await recipients(uow, campaign, await many_shops(uow, 5), state="new", sent_at=None)
    return Watched(store, campaign, manager.identity.user_id, persian)


async def test_nothing_is_said_while_nothing_changes(watched: Watched) -> None:
    await watched.shown()
    assert await watched.look() == 0
    assert watched.chats.edited == []


async def test_the_message_is_changed_in_its_place_below_everything_else(watched: Watched) -> None:
    await watched.shown()
    await watched.tell(2)
    assert await watched.look() == 1
    ((chat_id, message_id, screen),) = watched.chats.edited
    assert (chat_id, message_id) == (watched.chat_id, 7)
    assert "▓▓▓▓░░░░░░ ۲ از ۵ (۴۰٪)" in screen.text
    assert watched.chats.classes == {MessageClass.PROMOTION}
    assert await watched.look(6) == 0


async def test_it_ends_with_how_it_ended(watched: Watched) -> None:
    await watched.shown()
    await watched.tell(5)
    await watched.move(CampaignState.FINISHED)
    assert await watched.look() == 1
    assert watched.chats.edited[0][2].text.startswith("✅ تمام شد: ۵ تحویل\n")
    assert await watched.rows() == [True]
    await watched.move(CampaignState.FINISHED)
    assert await watched.look(6) == 0
    assert await prune_live(watched.store, NOW + timedelta(days=3)) == 1


async def test_a_message_that_shows_the_end_already_is_only_left(watched: Watched) -> None:
    await watched.tell(5)
    await watched.move(CampaignState.FINISHED)
    await watched.shown()
    assert await watched.look() == 0
    assert watched.chats.edited == []
    assert await watched.rows() == [True]


async def test_several_watch_the_same(watched: Watched) -> None:
    await watched.shown(7)
    await watched.shown(8)
    await watched.tell(1)
    assert await watched.look() == 2
    assert [each[1] for each in watched.chats.edited] == [7, 8]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED])
async def test_a_message_that_is_gone_is_left_alone(watched: Watched, outcome: Outcome) -> None:
    await watched.shown()
    await watched.tell(1)
    watched.chats.ends = Told(outcome, error="message to edit not found")
    assert await watched.look() == 0
    await watched.tell(1)
    await watched.look(6)
    assert len(watched.chats.edited) == 1


@pytest.mark.parametrize("outcome", [Outcome.RETRY, Outcome.UNCERTAIN])
async def test_what_was_put_off_is_shown_later(watched: Watched, outcome: Outcome) -> None:
    await watched.shown()
    await watched.tell(1)
    watched.chats.ends = Told(outcome, is_counted=False)
    assert await watched.look() == 0
    watched.chats.ends = Told(Outcome.DELIVERED)
    assert await watched.look(6) == 1


async def test_the_end_is_not_lost_when_it_is_put_off(watched: Watched) -> None:
    await watched.shown()
    await watched.tell(5)
    await watched.move(CampaignState.FINISHED)
    watched.chats.ends = Told(Outcome.RETRY, is_counted=False)
    await watched.look()
    assert await watched.rows() == [False]
    watched.chats.ends = Told(Outcome.DELIVERED)
    assert await watched.look(6) == 1
    assert await watched.rows() == [True]


async def test_what_somebody_reads_there_by_now_is_not_overwritten(watched: Watched) -> None:
    """Between the claim and its turn the manager has tapped «⏸ توقف»: the question stays."""
    await watched.shown()
    await watched.tell(1)

    async def taps() -> None:
        async with watched.store.unit_of_work() as uow:
            await uow.live.leave(PLATFORM, BOT, watched.chat_id, 7)

    watched.chats.meanwhile = taps
    assert await watched.look() == 0
    assert watched.chats.edited == []


async def test_two_processes_do_not_both_change_it(watched: Watched) -> None:
    await watched.shown()
    await watched.tell(1)
    other = Watched(watched.store, watched.campaign, watched.chat_id, watched.languages["fa"])
    other.chats = watched.chats

    async def also() -> None:
        watched.chats.meanwhile = None
        assert await other.look() == 0

    watched.chats.meanwhile = also
    assert await watched.look() == 1
    assert len(watched.chats.edited) == 1


async def test_after_a_restart_it_goes_on_from_what_is_kept(watched: Watched) -> None:
    await watched.shown()
    await watched.tell(3)
    again = Watched(watched.store, watched.campaign, watched.chat_id, watched.languages["fa"])
    assert await again.look() == 1


async def test_a_chat_of_nobody_is_not_kept(watched: Watched) -> None:
    async with watched.store.unit_of_work() as uow:
        await uow.live.put(PLATFORM, BOT, 123_456_789, 1, watched.live, "x", NOW)
    assert await watched.rows() == []


async def test_a_message_that_shows_it_again_is_kept_again(watched: Watched) -> None:
    await watched.shown()
    async with watched.store.unit_of_work() as uow:
        (message,) = await uow.live.list_of(watched.live)
        await uow.live.end(message.id, NOW)
    await watched.shown()
    assert await watched.rows() == [False]
