"""What it says: about what, the text, the picture, the buttons, until when, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.actors import Actor
from domain.audiences import Outlook
from domain.calendar import today_in_tehran
from domain.campaign_errors import NobodyToTell, NotAPicture
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignMessage
from domain.catalogue import Product
from domain.dates import Leaning, typed_day
from domain.errors import NotFound
from domain.promotion_drafts import Choices
from domain.promotion_errors import NothingSoNamed
from domain.promotion_rules import Bonus, Measure, Tier
from domain.quantities import is_sold, suggestions, typed, units
from domain.staff import Role
from services import campaigns, promotions
from services.catalogue import open_scopes
from storage.unit_of_work import UnitOfWork

BUYING = frozenset({CampaignButtons.BUY, CampaignButtons.BOTH})
MOST_CHOICES = 8
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A preview: the message as that customer sees it, and what stands behind it."""

    message: CampaignMessage
    customer_id: int
    outlook: Outlook


async def show(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, customer_id: int | None = None
) -> Shown | None:
    """As that customer sees it, or as the first of the audience does; None where nobody would get it."""
    try:
        message = await campaigns.preview(uow, actor, campaign_id, customer_id, now)
    except NobodyToTell:
        return None
    assert message.customer_id is not None
    outlook = await campaigns.outlook(uow, actor, campaign_id, now)
    return Shown(message=message, customer_id=message.customer_id, outlook=outlook)


async def show_other(
    uow: UnitOfWork, actor: Actor, campaign_id: int, after: int, now: datetime
) -> Shown | None:
    """As the next one of the audience sees it."""
    other = await campaigns.other_example(uow, actor, campaign_id, after, now)
    return None if other is None else await show(uow, actor, campaign_id, now, other)


async def set_subject(
    uow: UnitOfWork,
    actor: Actor,
    campaign_id: int,
    now: datetime,
    *,
    promotion_id: int | None = None,
    product_id: int | None = None,
) -> Campaign:
    """About another promotion or product; what can no longer be bought or looked at loses its buttons."""
    known = await campaigns.get(uow, actor, campaign_id)
    ends_on = known.ends_on
    if product_id is not None and known.kind is CampaignKind.PROMOTION:
        # One of the promotion's goods: what the message names a price of.
        promotion_id = known.promotion_id
    elif promotion_id is not None:
        promotion = await uow.promotions.get(promotion_id)
        ends_on = promotion.ends_on
        if len(promotion.scope.product_ids) == 1:
            (product_id,) = promotion.scope.product_ids
    is_same = product_id == known.product_id and promotion_id == known.promotion_id
    wanted = replace(
        known,
        promotion_id=promotion_id,
        product_id=product_id,
        ends_on=ends_on,
        quantity=known.quantity if is_same else None,
        buttons=known.buttons if is_same else CampaignButtons.NONE,
    )
    return await campaigns.change(uow, actor, wanted, now)


async def goods_called(
    uow: UnitOfWork, actor: Actor, text: str, now: datetime, *, products_only: bool = False
) -> Choices:
    actor.require_staff(Role.MANAGER)
    found = await promotions.goods_called(uow, actor, text, now)
    if not products_only:
        return found
    if not found.products:
        raise NothingSoNamed
    return replace(found, categories={}, brands={})


async def goods_of(uow: UnitOfWork, actor: Actor, campaign: Campaign, now: datetime) -> Choices:
    """Some of what its promotion is on, to choose the one from whose price the message names."""
    if campaign.promotion_id is None:
        raise NotFound
    scope = (await uow.promotions.get(campaign.promotion_id)).scope
    offers = () if scope.is_everything else (await open_scopes(uow, (scope,), actor, now)).offers
    named = {each.product.id: each.product.short_name for each in offers[:MOST_CHOICES]}
    return Choices(products=named, categories={}, brands={}, groups={}, customers={})


async def customers_called(uow: UnitOfWork, actor: Actor, text: str) -> Mapping[int, str]:
    """By name or code; refused where nobody is called so."""
    actor.require_staff(Role.MANAGER)
    found = await uow.customers.called(text, MOST_CHOICES)
    if not found:
        raise NothingSoNamed
    return found


async def set_text(uow: UnitOfWork, actor: Actor, campaign_id: int, text: str, now: datetime) -> Campaign:
    known = await campaigns.get(uow, actor, campaign_id)
    return await campaigns.change(uow, actor, replace(known, text=text.strip()), now)


async def product_of(uow: UnitOfWork, campaign: Campaign, now: datetime) -> Product | None:
    if campaign.product_id is None:
        return None
    on = today_in_tehran(now)
    found = await uow.catalogue.offers((campaign.product_id,), customer_id=None, group_id=None, on=on)
    offer = found.get(campaign.product_id)
    return None if offer is None else offer.product


async def has_product_photo(uow: UnitOfWork, campaign: Campaign, now: datetime) -> bool:
    product = await product_of(uow, campaign, now)
    return product is not None and product.photo_id is not None


async def sold(uow: UnitOfWork, campaign: Campaign, now: datetime) -> Product:
    """The product that the button buys; refused where there is none."""
    product = await product_of(uow, campaign, now)
    if product is None:
        raise NotFound
    return product


async def pick_photo(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, *, of_product: bool
) -> Campaign:
    """The picture of the product, or none."""
    known = await campaigns.get(uow, actor, campaign_id)
    photo = None
    if of_product:
        product = await product_of(uow, known, now)
        if product is None or product.photo_id is None:
            raise NotFound
        photo = product.photo_id
    return await campaigns.change(uow, actor, replace(known, photo_file_id=photo), now)


async def keep_own_photo(
    uow: UnitOfWork, actor: Actor, campaign_id: int, name: str, mime_type: str, content: bytes, now: datetime
) -> Campaign:
    """A picture that was sent; what only pretends to be one is refused."""
    known = await campaigns.get(uow, actor, campaign_id)
    if not content.startswith(PICTURES):
        raise NotAPicture
    photo = await uow.files.put(name, mime_type, content, now)
    return await campaigns.change(uow, actor, replace(known, photo_file_id=photo), now)


async def pick_buttons(
    uow: UnitOfWork, actor: Actor, campaign_id: int, buttons: CampaignButtons, now: datetime
) -> Campaign:
    """With a button that buys comes the quantity that the promotion asks for, until another is said."""
    known = await campaigns.get(uow, actor, campaign_id)
    quantity = known.quantity
    if buttons in BUYING and quantity is None:
        quantity = await _usual_quantity(uow, known, now)
    return await campaigns.change(uow, actor, replace(known, buttons=buttons, quantity=quantity), now)


async def _usual_quantity(uow: UnitOfWork, campaign: Campaign, now: datetime) -> int | None:
    """What earns the first step of the promotion, where it is sold so; else what is offered first."""
    product = await product_of(uow, campaign, now)
    if product is None:
        return None
    asked = 0
    if campaign.promotion_id is not None:
        match (await uow.promotions.get(campaign.promotion_id)).rule:
            case Tier(measure=Measure.QUANTITY, steps=(first, *_rest)) | Bonus(steps=(first, *_rest)):
                asked = -(-first.at // product.multiple) * product.multiple
    return asked if is_sold(product, asked) else next(iter(suggestions(product)), product.minimum)


async def pick_quantity(
    uow: UnitOfWork, actor: Actor, campaign_id: int, said: int | str, now: datetime
) -> Campaign:
    """So many into the basket: tapped, or typed as «۲ کارتن»."""
    known = await campaigns.get(uow, actor, campaign_id)
    product = await product_of(uow, known, now)
    if product is None:
        raise NotFound
    quantity = said if isinstance(said, int) else units(typed(said), product)
    return await campaigns.change(uow, actor, replace(known, quantity=quantity), now)


async def set_last_day(
    uow: UnitOfWork, actor: Actor, campaign_id: int, text: str | None, now: datetime
) -> Campaign:
    """The day that was typed; without a text it has none."""
    known = await campaigns.get(uow, actor, campaign_id)
    day = None if text is None else typed_day(text, today_in_tehran(now), Leaning.FUTURE)
    return await campaigns.change(uow, actor, replace(known, ends_on=day), now)


async def set_name(uow: UnitOfWork, actor: Actor, campaign_id: int, text: str, now: datetime) -> Campaign:
    known = await campaigns.get(uow, actor, campaign_id)
    return await campaigns.change(uow, actor, replace(known, name=" ".join(text.split())), now)


async def set_speed(
    uow: UnitOfWork, actor: Actor, campaign_id: int, per_minute: int | None, now: datetime
) -> Campaign:
    known = await campaigns.get(uow, actor, campaign_id)
    return await campaigns.change(uow, actor, replace(known, per_minute=per_minute), now)
