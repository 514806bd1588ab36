"""For whom: one tap changes one condition, and what it is called is looked up for the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.actors import Actor
from domain.audience_forms import VALUE_GROUPS, Criterion, chosen_by
from domain.audience_ticks import ticked
from domain.audiences import SegmentChoices
from domain.campaigns import Campaign
from domain.customers import CustomerKind
from domain.persian import search_key
from domain.promotion_drafts import Choices
from domain.promotion_errors import NothingSoNamed
from domain.push_rules import PushRules
from domain.segment_facts import segment_facts, segment_of
from domain.segments import Node, Opinion, SavedSegment, SegmentNames
from domain.staff import Role
from services import campaigns
from storage.unit_of_work import UnitOfWork

Change = Callable[[Node], Node]
NO_GOODS = Choices(products={}, categories={}, brands={}, groups={}, customers={})


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceView:
    """A campaign with what the things in its conditions are called."""

    campaign: Campaign
    names: SegmentNames


async def open_audience(uow: UnitOfWork, actor: Actor, campaign_id: int) -> AudienceView:
    return await _view(uow, await campaigns.get(uow, actor, campaign_id))


async def _view(uow: UnitOfWork, campaign: Campaign) -> AudienceView:
    names = await campaigns.names_of(uow, (segment_of(campaign.conditions),))
    return AudienceView(campaign=campaign, names=names)


async def change_audience(
    uow: UnitOfWork, actor: Actor, campaign_id: int, change: Change, now: datetime
) -> AudienceView:
    """Keep the tree as that change leaves it."""
    known = await campaigns.get(uow, actor, campaign_id)
    conditions = segment_facts(change(segment_of(known.conditions)))
    return await _view(uow, await campaigns.change(uow, actor, replace(known, conditions=conditions), now))


async def tick(
    uow: UnitOfWork,
    actor: Actor,
    campaign_id: int,
    position: int,
    by: Criterion,
    value_id: int,
    now: datetime,
) -> tuple[Campaign, SegmentChoices]:
    """Tick that, or take it back; with what else there is to choose."""
    choices = await campaigns.list_choices(uow, actor)
    value = _value(by, value_id, choices)
    view = await change_audience(uow, actor, campaign_id, lambda node: ticked(node, position, by, value), now)
    return view.campaign, choices


def _value(by: Criterion, number: int, choices: SegmentChoices) -> CustomerKind | Opinion | str | int:
    """What a button meant by its number."""
    match by:
        case Criterion.KIND:
            return CustomerKind(chosen_by(number, [each.value for each in CustomerKind]))
        case Criterion.OPINION:
            return Opinion(chosen_by(number, [each.value for each in Opinion]))
        case Criterion.GROUP:
            return chosen_by(number, VALUE_GROUPS)
        case Criterion.CITY:
            return chosen_by(number, choices.names.cities)
        case Criterion.TAG:
            return chosen_by(number, choices.names.tags)
    return number


async def found_options(uow: UnitOfWork, actor: Actor, by: Criterion, text: str) -> SegmentChoices:
    """Of what can be chosen there only what is called so; refused where nothing is."""
    choices = await campaigns.list_choices(uow, actor)
    key, names = search_key(text), choices.names
    found = replace(
        choices,
        names=replace(
            names,
            cities=tuple(each for each in names.cities if key in search_key(each)),
            tags=tuple(each for each in names.tags if key in search_key(each)),
            routes={each: name for each, name in names.routes.items() if key in search_key(name)},
            categories={each: name for each, name in names.categories.items() if key in search_key(name)},
            groups={each: name for each, name in names.groups.items() if key in search_key(name)},
        ),
        lists=tuple(each for each in choices.lists if key in search_key(each.name)),
    )
    listed = {
        Criterion.CITY: found.names.cities,
        Criterion.TAG: found.names.tags,
        Criterion.ROUTE: found.names.routes,
        Criterion.INTEREST: found.names.categories,
        Criterion.CENTRES: found.names.groups,
        Criterion.SAVED: found.lists,
    }
    if not key or not listed.get(by):
        raise NothingSoNamed
    return found


async def goods_offered(uow: UnitOfWork, campaign: Campaign) -> Choices:
    """What the campaign is about is what its audience has mostly bought, or has not."""
    products: set[int] = set()
    categories: frozenset[int] = frozenset()
    brands: frozenset[int] = frozenset()
    if campaign.product_id is not None:
        products.add(campaign.product_id)
    if campaign.promotion_id is not None:
        scope = (await uow.promotions.get(campaign.promotion_id)).scope
        products |= scope.product_ids
        categories, brands = scope.category_ids, scope.brand_ids
    if not (products or categories or brands):
        return NO_GOODS
    names = await uow.segments.names(
        products=products, categories=categories, brands=brands, groups=(), routes=(), lists=()
    )
    return replace(NO_GOODS, products=names.products, categories=names.categories, brands=names.brands)


async def usual(uow: UnitOfWork) -> PushRules:
    return await uow.company.push_rules()


async def spare(
    uow: UnitOfWork,
    actor: Actor,
    campaign_id: int,
    now: datetime,
    *,
    with_complaints: bool | None = None,
    with_overdue: bool | None = None,
) -> Campaign:
    """Whether those get it whom we would rather leave alone; what is None stays as it was."""
    known = await campaigns.get(uow, actor, campaign_id)
    wanted = replace(
        known,
        with_complaints=known.with_complaints if with_complaints is None else with_complaints,
        with_overdue=known.with_overdue if with_overdue is None else with_overdue,
    )
    return await campaigns.change(uow, actor, wanted, now)


async def pick_holdout(
    uow: UnitOfWork, actor: Actor, campaign_id: int, percent: int, now: datetime
) -> Campaign:
    known = await campaigns.get(uow, actor, campaign_id)
    return await campaigns.change(uow, actor, replace(known, holdout_percent=percent), now)


async def keep_list(
    uow: UnitOfWork, actor: Actor, campaign_id: int, name: str, now: datetime
) -> tuple[AudienceView, SavedSegment]:
    """This audience under a name, for the next campaign."""
    view = await open_audience(uow, actor, campaign_id)
    saved = await campaigns.save_list(uow, actor, name, segment_of(view.campaign.conditions), now)
    return view, saved


async def found_segment(uow: UnitOfWork, actor: Actor, segment_id: int) -> SavedSegment:
    actor.require_staff(Role.MANAGER)
    return await uow.segments.get(segment_id)


async def drop_list(
    uow: UnitOfWork, actor: Actor, campaign_id: int, segment_id: int, now: datetime
) -> AudienceView:
    """The list is gone; the campaign that was looked at says nothing of it any more."""
    await campaigns.remove_list(uow, actor, segment_id, now)
    return await open_audience(uow, actor, campaign_id)
