"""Campaigns that went out long ago, their recipients, and what these ordered, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.actors import Actor
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState
from domain.money import Money, of_toman
from domain.promotion_rules import Bonus
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import products
from storage.tables.orders import order_lines
from storage.tables.people import contact_roles, contacts, customers, outlets
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.pricing import TEN_AND_ONE
from tests.builders.promotions import a_kept_promotion, an_order_of, given
from tests.conftest import NOW

_NUMBERS = count(1)
SOLD = of_toman(486_200_000)
S5_11 = (
    "📊 «ضدآفتاب پاییزه» — ۷ روز\n"
    "تحویل ۳۱۹ · کلیک ۹۶ (۳۰٪) · سفارش ۴۱ (۱۲٫۹٪)\n"
    "فروش: ۴۸۶٬۲۰۰٬۰۰۰ تومان · میانگین هر سفارش ۱۱٬۸۵۸٬۵۳۷\n"
    "گروه شاهد: ۲ از ۳۶ (۵٫۶٪)\n"
    "اثر خالص: +۷٫۳ واحد ≈ ۲۳ سفارش ≈ ۲۷۶ میلیون\n"
    "هزینه تخفیف: ۱۹٬۴۰۰٬۰۰۰ · بازده: ۱۵۶٪\n"
    "⚠️ گروه شاهد کوچک است؛ عدد اثر تقریبی است.\n"
    "لغو اشتراک: ۴"
)


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


async def the_example(uow: UnitOfWork, manager: Actor) -> Campaign:
    """The worked example of R15 and S5.11, as rows."""
    goods = await a_product(uow, "ضدآفتاب", toman=312_000)
    await uow.connection.execute(update(products).where(products.c.id == goods.id).values(cost_rials=82_000))
    promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
    campaign = await a_campaign(uow, manager, promotion_id=promotion.id, product_id=goods.id)
    told, held = await many_shops(uow, 319), await many_shops(uow, 36)
    await recipients(uow, campaign, told)
    await recipients(uow, campaign, held, is_holdout=True, state="held")
    failed = await many_shops(uow, 5)
    await recipients(uow, campaign, failed, state="blocked", sent_at=None)
    await clicked(uow, campaign, told[:96])
    gone = [shop for shop, _contact, _outlet in told[100:104]]
    await uow.connection.execute(
        update(campaign_recipients)
        .where(campaign_recipients.c.customer_id.in_(gone))
        .values(opted_out_at=NOW)
    )
    each, rest = divmod(SOLD.rials, 41)
    for at, shop in enumerate(told[:41]):
        sales = Money(each + (rest if at == 0 else 0))
        order_id = await an_order_at(uow, shop, NOW + timedelta(hours=4 * at + 1), sales)
        await uow.connection.execute(
            insert(order_lines).values(
                order_id=order_id,
                position=0,
                product_id=goods.id,
                quantity=10,
                unit_price_rials=100_000,
                vat_basis_points=0,
            )
        )
        cost = of_toman(19_400_000).rials // 41 + (of_toman(19_400_000).rials % 41 if at == 0 else 0)
        await uow.applied.keep(order_id, 0, shop[0], [given(promotion, cost)], {}, NOW)
    for shop in held[:2]:
        await an_order_at(uow, shop, NOW + timedelta(days=2), of_toman(5_000_000))
    return campaign
