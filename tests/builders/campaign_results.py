"""Campaigns that went out long ago, their recipients, and what these ordered, for tests."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState
from domain.money import Money
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import contact_roles, contacts, customers, outlets
from storage.unit_of_work import UnitOfWork
from tests.builders.promotions import an_order_of
from tests.conftest import NOW

_NUMBERS = count(1)


async def a_campaign(uow: UnitOfWork, by: Actor, **facts: Any) -> Campaign:
    """One that has begun at the story's instant and goes out."""
    assert by.staff_id is not None
    return await uow.campaigns.create(
        Campaign(
            **{
                "name": "ضدآفتاب پاییزه",
                "kind": CampaignKind.PROMOTION,
                "state": CampaignState.RUNNING,
                "text": "طرح پاییزه",
                "buttons": CampaignButtons.BOTH,
                "made_by": by.staff_id,
                "created_at": NOW,
                "started_at": NOW,
                **facts,
            }
        )
    )


async def a_recipient(uow: UnitOfWork, campaign: Campaign, who: Actor, **facts: Any) -> int:
    """The id of the row of that contact's centre; told at the story's instant unless said otherwise."""
    values = {
        "campaign_id": campaign.id,
        "customer_id": who.customer_id,
        "contact_id": who.contact_id,
        "state": "sent",
        "sent_at": NOW,
        **facts,
    }
    key = (await uow.connection.execute(insert(campaign_recipients).values(**values))).inserted_primary_key
    assert key is not None
    return int(key[0])


async def many_shops(uow: UnitOfWork, how_many: int) -> list[tuple[int, int, int]]:
    """Customer, contact and outlet of so many new shops."""
    first = 1 + max(
        [
            int(await uow.connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0)
            for table in (customers, contacts, outlets)
        ]
    )
    ids = [first + at for at in range(how_many)]
    names = [f"داروخانه {next(_NUMBERS)}" for _id in ids]
    await uow.connection.execute(
        insert(customers),
        [
            {"id": each, "name": name, "name_key": name, "kind": "pharmacy", "created_at": NOW}
            for each, name in zip(ids, names, strict=True)
        ],
    )
    await uow.connection.execute(insert(contacts), [{"id": each, "name": "کسی"} for each in ids])
    await uow.connection.execute(
        insert(contact_roles), [{"contact_id": each, "customer_id": each} for each in ids]
    )
    where = {"name": "مرکزی", "city": "تهران", "address": "تهران، ونک", "short_address": "ونک"}
    await uow.connection.execute(
        insert(outlets), [{"id": each, "customer_id": each, **where} for each in ids]
    )
    return [(each, each, each) for each in ids]


async def recipients(
    uow: UnitOfWork, campaign: Campaign, shops: list[tuple[int, int, int]], **facts: Any
) -> None:
    """The same of many shops at once."""
    usual = {"campaign_id": campaign.id, "state": "sent", "sent_at": NOW, **facts}
    await uow.connection.execute(
        insert(campaign_recipients),
        [{**usual, "customer_id": shop, "contact_id": contact} for shop, contact, _outlet in shops],
    )


async def clicked(
    uow: UnitOfWork, campaign: Campaign, shops: list[tuple[int, int, int]], at: datetime = NOW
) -> None:
    mine = campaign_recipients.c.customer_id.in_([shop for shop, _contact, _outlet in shops])
    await uow.connection.execute(
        update(campaign_recipients)
        .where(campaign_recipients.c.campaign_id == campaign.id, mine)
        .values(clicked_at=at)
    )


async def an_order_at(
    uow: UnitOfWork, shop: tuple[int, int, int], at: datetime, sales: Money, **columns: Any
) -> int:
    """The id of an order of that shop, placed then and worth so much without VAT."""
    return await an_order_of(
        uow, shop[0], shop[2], placed_at=at, gross_rials=sales.rials, net_rials=sales.rials, **columns
    )
