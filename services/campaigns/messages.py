"""What a campaign says to one customer: in a preview, and for those whose turn it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.audiences import CampaignWarning, Outlook
from domain.calendar import today_in_tehran
from domain.campaign_errors import NobodyToTell
from domain.campaign_progress import PACE, USUAL_PER_SECOND
from domain.campaigns import Campaign, CampaignMessage, Untold
from domain.errors import NotFound
from domain.money import Money
from domain.promotions import ALERT_AT, Promotion, gone_percent, rest
from domain.staff import Role
from services.campaigns.audience import asked_of, counted_now
from services.campaigns.telling import needs_second
from storage.campaign_messages import Addressee, Goods
from storage.unit_of_work import UnitOfWork

ONE_IN = 5
"""A warning is due when goods or budget would not do for one recipient in so many."""


async def preview(
    uow: UnitOfWork, actor: Actor, campaign_id: int, customer_id: int | None, now: datetime
) -> CampaignMessage:
    """As that customer would see it; without one, as the first of the audience would."""
    actor.require_staff(Role.MANAGER)
    campaign = await uow.campaigns.get(campaign_id)
    if customer_id is None:
        customer_id = await other_example(uow, actor, campaign_id, None, now)
    if customer_id is None:
        raise NobodyToTell
    addressee = await uow.campaign_messages.addressee(campaign_id, customer_id)
    if addressee is None:
        raise NotFound
    product_ids = _products((campaign,))
    goods = await uow.campaign_messages.goods(product_ids)
    prices = await uow.campaign_messages.prices(product_ids, (addressee,), today_in_tehran(now))
    return _message(campaign, addressee, goods, prices)


async def other_example(
    uow: UnitOfWork, actor: Actor, campaign_id: int, after: int | None, now: datetime
) -> int | None:
    """Another customer of the audience, after that one and then from the beginning; None: nobody is in it."""
    actor.require_staff(Role.MANAGER)
    asked = await asked_of(uow, await uow.campaigns.get(campaign_id), await uow.company.push_rules())
    return await uow.audience.example(asked, now, after)


async def outlook(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Outlook:
    """What stands under a preview: how many get it, what is there, what to mind."""
    actor.require_staff(Role.MANAGER)
    campaign, rules = await uow.campaigns.get(campaign_id), await uow.company.push_rules()
    counted = await counted_now(uow, campaign, rules, now)
    goods = await uow.campaign_messages.goods(_products((campaign,)))
    available = next((each.available for each in goods.values()), None)
    promotion = None
    if campaign.promotion_id is not None:
        promotion = await uow.promotions.get(campaign.promotion_id)
    takers = -(-counted.with_holdout // ONE_IN)
    return Outlook(
        count=counted,
        recipients=counted.with_holdout,
        needs_second=needs_second(replace(campaign, counts=counted.facts()), rules),
        available=available,
        warnings=tuple(_warnings(campaign, promotion, available, takers)),
        per_second=await pace(uow),
    )


async def pace(uow: UnitOfWork) -> float:
    """How many messages a second are let out, as far as is known."""
    return float(await uow.company.decided(PACE, USUAL_PER_SECOND))


def _warnings(
    campaign: Campaign, promotion: Promotion | None, available: int | None, takers: int
) -> Iterable[CampaignWarning]:
    if available is not None and available < takers * (campaign.quantity or 1):
        yield CampaignWarning.LITTLE_STOCK
    if promotion is None:
        return
    units = rest(promotion.budget, promotion.spent).units
    if gone_percent(promotion.budget, promotion.spent) >= ALERT_AT or (units is not None and units < takers):
        yield CampaignWarning.LITTLE_BUDGET


async def messages_for(
    uow: UnitOfWork, recipient_ids: Collection[int], now: datetime
) -> Mapping[int, CampaignMessage]:
    """The messages of these recipients, without those who are to be skipped."""
    return (await messages_and_reasons(uow, recipient_ids, now))[0]


async def messages_and_reasons(
    uow: UnitOfWork, recipient_ids: Collection[int], now: datetime
) -> tuple[Mapping[int, CampaignMessage], Mapping[int, Untold]]:
    """The same, and why who is left out is, in few statements for hundreds of them.

    Left out is who cannot buy the product (any more), everybody when it is out of stock or the promotion
    has ended.
    """
    if not recipient_ids:
        return {}, {}
    today = today_in_tehran(now)
    addressees = await uow.campaign_messages.addressees(recipient_ids)
    campaigns = await uow.campaigns.several({each.campaign_id for each in addressees})
    over = await _over(uow, campaigns.values(), today)
    product_ids = _products(campaigns.values())
    goods = await uow.campaign_messages.goods(product_ids)
    prices = await uow.campaign_messages.prices(product_ids, addressees, today)
    messages = {
        each.recipient_id: _message(campaigns[each.campaign_id], each, goods, prices)
        for each in addressees
        if each.recipient_id is not None
    }
    reasons = {key: why for key, each in messages.items() if (why := _why_not(each, goods, over)) is not None}
    return {key: each for key, each in messages.items() if key not in reasons}, reasons


async def _over(uow: UnitOfWork, campaigns: Iterable[Campaign], on: date) -> frozenset[int]:
    """The promotions that hold no more."""
    asked = {each.promotion_id for each in campaigns if each.promotion_id is not None}
    if not asked:
        return frozenset()
    live = {each.id for each in await uow.promotions.list_live(on) if each.is_live(on)}
    return frozenset(asked - live)


def _products(campaigns: Iterable[Campaign]) -> frozenset[int]:
    return frozenset(each.product_id for each in campaigns if each.product_id is not None)


def _why_not(message: CampaignMessage, goods: Mapping[int, Goods], over: frozenset[int]) -> Untold | None:
    product_id = message.campaign.product_id
    if message.campaign.promotion_id in over:
        return Untold.OVER
    if product_id is None:
        return None
    known = goods.get(product_id)
    if known is None or not known.is_active or message.price is None:
        return Untold.CANNOT_BUY
    return None if known.available > 0 else Untold.OUT_OF_STOCK


def _message(
    campaign: Campaign,
    to: Addressee,
    goods: Mapping[int, Goods],
    prices: Mapping[tuple[int, int], Money],
) -> CampaignMessage:
    product_id = campaign.product_id
    return CampaignMessage(
        campaign=campaign,
        recipient_id=to.recipient_id,
        customer_name=to.customer_name,
        customer_id=to.customer_id,
        price=None if product_id is None else prices.get((product_id, to.customer_id)),
        visitor_name=to.visitor_name,
        product_name="" if product_id is None or product_id not in goods else goods[product_id].name,
        quantity=campaign.quantity,
    )
