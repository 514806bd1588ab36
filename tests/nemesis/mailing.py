"""Shops that are written to by a campaign, a messenger that counts, and what must hold when all is over."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignState
from domain.customers import Preferences
from domain.notifications import MessageClass, Outcome
from domain.segment_facts import segment_facts
from domain.segments import SavedList, TagIn
from domain.staff import Role
from jobs.deliver import May, Told
from screens.screen import Screen
from services import campaigns
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import contact_roles, identities, reaches
from storage.tables.push import customer_tags
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.campaigns import MORNING, a_campaign, contact_of, shops
from tests.builders.orders import a_member_of_staff
from tests.conftest import NOW

OPEN_STATES = frozenset({"new", "leased", "sending"})
R = campaign_recipients.c


async def nothing(_chat_id: int) -> None:
    return


@dataclass
class Counting:
    """A messenger that delivers everything and remembers it. One that is dead delivers nothing more."""

    told: list[int]
    before: Callable[[int], Awaitable[None]] = nothing
    asks: bool = True
    is_dead: bool = False
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(
        self,
        chat_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        async with self.turns:
            await self.before(chat_id)
            if self.asks and may is not None and (untold := await may()) is not None:
                return untold
            if self.is_dead:
                raise ConnectionError
            self.told.append(chat_id)
            return Told(Outcome.DELIVERED, message_id=len(self.told))

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        message_class: MessageClass = MessageClass.NOTICE,
        may: May | None = None,
    ) -> Told:
        return Told(Outcome.DELIVERED, message_id=message_id)

    def pause(self, seconds: float) -> None:
        return

    def waits(self) -> float:
        return 0.0

    def close(self) -> None:
        return


@dataclass
class Mailing:
    """A campaign for the shops of a saved list, and all that happens to it."""

    store: Store
    manager: Actor
    campaign: Campaign
    tag: str
    list_id: int
    now: datetime
    told: list[int] = field(default_factory=list)
    opted_out: set[int] = field(default_factory=set)
    was_killed: bool = False
    was_ended: bool = False

    @property
    def id(self) -> int:
        assert self.campaign.id is not None
        return self.campaign.id

    async def rows(self) -> list[Any]:
        async with self.store.reading() as uow:
            found = await uow.connection.execute(
                select(campaign_recipients).where(R.campaign_id == self.id).order_by(R.id)
            )
            return list(found)

    async def state(self) -> CampaignState:
        async with self.store.reading() as uow:
            return (await uow.campaigns.get(self.id)).state

    async def opt_out(self, customer_id: int) -> None:
        """Committed when this returns."""
        async with self.store.unit_of_work() as uow:
            contact_id = await contact_of(uow, customer_id)
            await uow.settings.save_preferences(Preferences(contact_id=contact_id, promotions=False))
        self.opted_out.add(customer_id)

    async def change_list(self) -> None:
        """Others join the list, and it says something else from now on."""
        async with self.store.unit_of_work() as uow:
            await tagged(uow, self.tag, await shops(uow, 2))
            node = TagIn(frozenset({self.tag, "another"}))
            await campaigns.save_list(uow, self.manager, self.tag, node, self.now)

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


async def tagged(uow: UnitOfWork, tag: str, customer_ids: tuple[int, ...]) -> None:
    await uow.connection.execute(
        insert(customer_tags), [{"customer_id": each, "tag": tag} for each in customer_ids]
    )


async def a_mailing(store: Store, name: str, how_many: int, holdout_percent: int = 0) -> Mailing:
    """Frozen and running: nobody has got anything yet."""
    async with store.unit_of_work() as uow:
        await uow.company.decide("push.promotions_a_week", 1_000, NOW)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        await tagged(uow, name, await shops(uow, how_many))
        kept = await campaigns.save_list(uow, manager, name, TagIn(frozenset({name})), NOW)
        draft = await a_campaign(
            uow, manager, conditions=segment_facts(SavedList(kept.id)), holdout_percent=holdout_percent
        )
        assert draft.id is not None
        begun = await campaigns.start_now(uow, manager, draft.id, draft.version, MORNING)
    return Mailing(store, manager, begun, name, kept.id, MORNING)


async def chats_of(store: Store, customer_ids: set[int]) -> dict[int, int]:
    """The chat of each shop's contact."""
    async with store.reading() as uow:
        found = await uow.connection.execute(
            select(contact_roles.c.customer_id, reaches.c.chat_id)
            .join(identities, identities.c.contact_id == contact_roles.c.contact_id)
            .join(reaches, reaches.c.identity_id == identities.c.id)
            .where(contact_roles.c.customer_id.in_(sorted(customer_ids)))
        )
        return {row.customer_id: row.chat_id for row in found}


async def faults_of(mailing: Mailing, frozen: list[Any]) -> list[str]:
    """What does not hold: each of the frozen is told once, but for the holdout and who wanted no more.

    Only where a worker was killed may somebody's end be unknown, and only where a manager ended it all may
    others be left out.
    """
    chats = await chats_of(mailing.store, {row.customer_id for row in frozen})
    counted = Counter(mailing.told)
    faults = [f"{chat} was never asked for" for chat in counted if chat not in chats.values()]
    for row in await mailing.rows():
        times = counted[chats[row.customer_id]]
        if times > 1:
            faults.append(f"{row.customer_id} was told {times} times")
        if times and row.is_holdout:
            faults.append(f"{row.customer_id} of the holdout was told")
        if not _fits(mailing, row, times):
            faults.append(f"{row.customer_id} was told {times} times and is {row.state}, {row.reason}")
    return faults


def _fits(mailing: Mailing, row: Any, times: int) -> bool:
    match row.state:
        case "sent":
            return times == 1
        case "held":
            return bool(row.is_holdout)
        case "uncertain":
            return mailing.was_killed
        case "skipped":
            wanted_none = row.reason == "opted_out" and row.customer_id in mailing.opted_out
            return times == 0 and (wanted_none or (row.reason == "ended" and mailing.was_ended))
    return False
