"""What a campaign may say and be: everything that is refused before it is kept."""

from __future__ import annotations

from datetime import date, datetime

from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.campaign_errors import (
    CampaignNotReady,
    CampaignTextTooLong,
    PriceOfNothing,
    TimePassed,
    UnknownVariables,
)
from domain.campaign_texts import (
    MOST_CAPTION,
    MOST_MESSAGE,
    Variable,
    too_long_by,
    unknown_in,
    variables_in,
)
from domain.campaigns import Campaign, CampaignButtons
from domain.catalogue import Offer
from domain.errors import NotFound, TextRefused
from domain.quantities import require_sold
from domain.segment_facts import segment_of
from domain.segment_trees import resolved
from storage.unit_of_work import UnitOfWork

MOST_NAME = 80
MOST_PER_MINUTE = 6_000
MOST_HOLDOUT = 50
BUYING = frozenset({CampaignButtons.BUY, CampaignButtons.BOTH})


def require_text(campaign: Campaign) -> None:
    """Every variable means something and has its value, and every customer's message fits."""
    if unknown := unknown_in(campaign.text):
        raise UnknownVariables(unknown)
    if campaign.product_id is None and (
        Variable.PRICE in variables_in(campaign.text) or campaign.buttons in BUYING
    ):
        raise PriceOfNothing
    has_photo = campaign.photo_file_id is not None
    over = too_long_by(campaign.text, has_photo=has_photo, has_last_line=campaign.ends_on is not None)
    if over:
        raise CampaignTextTooLong(MOST_CAPTION if has_photo else MOST_MESSAGE, over, has_photo=has_photo)


async def require_kept(uow: UnitOfWork, known: Campaign, wanted: Campaign, now: datetime) -> None:
    """What has changed can be kept."""
    require_text(wanted)
    if wanted.name != known.name:
        typed(wanted.name, MOST_NAME)
    if wanted.ends_on != known.ends_on and wanted.ends_on and wanted.ends_on < today_in_tehran(now):
        raise TimePassed
    if not 0 <= wanted.holdout_percent <= MOST_HOLDOUT:
        raise TextRefused(MOST_HOLDOUT)
    if wanted.per_minute is not None and not 1 <= wanted.per_minute <= MOST_PER_MINUTE:
        raise TextRefused(MOST_PER_MINUTE)
    if wanted.conditions != known.conditions:
        resolved(segment_of(wanted.conditions), await uow.segments.nodes())
    if wanted.promotion_id is not None and wanted.promotion_id != known.promotion_id:
        await uow.promotions.get(wanted.promotion_id)
    goods = (wanted.product_id, wanted.quantity)
    if wanted.product_id is not None and goods != (known.product_id, known.quantity):
        offer = await offer_of(uow, wanted.product_id, today_in_tehran(now))
        if offer is None:
            raise NotFound
        if wanted.quantity is not None:
            require_sold(offer.product, wanted.quantity)


async def offer_of(uow: UnitOfWork, product_id: int, on: date) -> Offer | None:
    """The active product as the company sees it."""
    return (await uow.catalogue.offers((product_id,), customer_id=None, group_id=None, on=on)).get(product_id)


async def require_ready(uow: UnitOfWork, campaign: Campaign, on: date) -> None:
    """It can go out on that day: it says something, and what it speaks of is on offer."""
    if not campaign.text.strip():
        raise CampaignNotReady("text")
    require_text(campaign)
    if campaign.ends_on is not None and campaign.ends_on < on:
        raise CampaignNotReady("time")
    if campaign.promotion_id is not None:
        promotion = await uow.promotions.get(campaign.promotion_id)
        if not promotion.is_live(on):
            raise CampaignNotReady("promotion")
    if campaign.product_id is not None and await offer_of(uow, campaign.product_id, on) is None:
        raise CampaignNotReady("product")
