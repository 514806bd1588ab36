"""Shops that can be written to, and campaigns for them, written row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import insert, update

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignKind
from domain.customers import Preferences
from services import campaigns
from storage.tables.campaigns import campaign_recipients
from storage.tables.campaigns import campaigns as campaign_rows
from storage.tables.people import contact_roles, contacts, customers, identities, reaches
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW

MORNING = NOW + timedelta(hours=10)
"""Saturday 30 Aban, half past ten in Tehran: an hour in which promotions may be told."""
TEXT = "دکتر عزیز، طرح پاییزه شروع شد."
_NUMBERS = count(1)


async def shops(
    uow: UnitOfWork, how_many: int, *, is_connected: bool = True, is_blocked: bool = False, name: str = "مرکز"
) -> tuple[int, ...]:
    """The ids of so many customers, each with one contact who may order."""
    made = []
    for _ in range(how_many):
        number = next(_NUMBERS)
        made.append(await _shop(uow, f"{name} {number}", number, is_connected, is_blocked))
    return tuple(made)


async def _shop(uow: UnitOfWork, name: str, number: int, is_connected: bool, is_blocked: bool) -> int:
    kept = insert(customers).values(name=name, name_key=name, kind="pharmacy", created_at=NOW)
    customer_id = int((await uow.connection.execute(kept.returning(customers.c.id))).scalar_one())
    person = insert(contacts).values(name=f"رابط {number}").returning(contacts.c.id)
    contact_id = int((await uow.connection.execute(person)).scalar_one())
    await uow.connection.execute(
        insert(contact_roles).values(contact_id=contact_id, customer_id=customer_id, may_order=True)
    )
    if is_connected:
        user_id = 8_000_000 + number
        account = insert(identities).values(
            platform="telegram", user_id=user_id, contact_id=contact_id, created_at=NOW
        )
        identity_id = (await uow.connection.execute(account.returning(identities.c.id))).scalar_one()
        await uow.connection.execute(
            insert(reaches).values(
                platform="telegram",
                bot_id=42,
                chat_id=user_id,
                identity_id=identity_id,
                seen_at=NOW,
                blocked_at=NOW if is_blocked else None,
            )
        )
    return customer_id


async def contact_of(uow: UnitOfWork, customer_id: int) -> int:
    """The id of that shop's one contact."""
    found = contact_roles.select().where(contact_roles.c.customer_id == customer_id)
    return int((await uow.connection.execute(found)).one().contact_id)


async def opted_out(uow: UnitOfWork, customer_id: int) -> None:
    contact_id = await contact_of(uow, customer_id)
    await uow.settings.save_preferences(Preferences(contact_id=contact_id, promotions=False))


async def told_before(uow: UnitOfWork, customer_id: int, times: int, made_by: int, at: datetime) -> None:
    """That shop's contact got so many promotions then."""
    contact_id = await contact_of(uow, customer_id)
    for _ in range(times):
        former = insert(campaign_rows).values(
            name="پیشین", kind="announcement", state="finished", conditions={}, counts={}, made_by=made_by,
            created_at=at, started_at=at, ended_at=at, reported_at=at,
        )  # fmt: skip
        campaign_id = (await uow.connection.execute(former.returning(campaign_rows.c.id))).scalar_one()
        await uow.connection.execute(
            insert(campaign_recipients).values(
                campaign_id=campaign_id, customer_id=customer_id, contact_id=contact_id, state="sent",
                sent_at=at,
            )
        )  # fmt: skip


async def a_campaign(
    uow: UnitOfWork, manager: Actor, *, text: str = TEXT, now: datetime = MORNING, **parts: object
) -> Campaign:
    """A draft of an announcement (or what else it is about), with its text."""
    kind = CampaignKind.PRODUCT if "product_id" in parts else CampaignKind.ANNOUNCEMENT
    kind = CampaignKind.PROMOTION if "promotion_id" in parts else kind
    draft = await campaigns.make_draft(uow, manager, kind, now)
    wanted = replace(draft, text=text, **parts)  # type: ignore[arg-type]
    return await campaigns.change(uow, manager, wanted, now)


async def send(uow: UnitOfWork, campaign_id: int, how_many: int, now: datetime) -> tuple[int, ...]:
    """The next so many of its recipients got it, and the holdout's turns among them passed."""
    rows = campaign_recipients.c
    found = (
        campaign_recipients.select()
        .where(rows.campaign_id == campaign_id, rows.state == "new")
        .order_by(rows.id)
        .limit(how_many)
    )
    told = []
    for row in (await uow.connection.execute(found)).all():
        state = "held" if row.is_holdout else "sent"
        await uow.connection.execute(
            update(campaign_recipients).where(rows.id == row.id).values(state=state, sent_at=now)
        )
        if not row.is_holdout:
            told.append(row.customer_id)
    return tuple(told)
