"""Whom a campaign is for: counting, what there is to choose from, and lists that are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.addresses import typed
from domain.audiences import AudienceCount, SegmentChoices, holdout_size
from domain.campaigns import Campaign
from domain.customers import CustomerKind
from domain.promotions import ANYBODY
from domain.push_rules import PushRules
from domain.segment_facts import segment_of
from domain.segment_trees import lists_in, require_sound, resolved, said
from domain.segments import (
    Bought,
    GroupIn,
    InterestIn,
    Node,
    RouteIn,
    SavedList,
    SavedSegment,
    SegmentNames,
)
from domain.staff import Role
from storage.audience import Asked
from storage.unit_of_work import UnitOfWork

MOST_NAME = 80


async def asked_of(uow: UnitOfWork, campaign: Campaign, rules: PushRules) -> Asked:
    """All that decides who gets that campaign, with the saved lists as they are now."""
    node = segment_of(campaign.conditions)
    if lists_in(node):
        node = resolved(node, await uow.segments.nodes())
    who = ANYBODY
    if campaign.promotion_id is not None:
        who = (await uow.promotions.get(campaign.promotion_id)).eligibility
    return Asked(
        rules=rules,
        node=node,
        product_id=campaign.product_id,
        who=who,
        with_complaints=campaign.with_complaints,
        with_overdue=campaign.with_overdue,
    )


async def counted_now(uow: UnitOfWork, campaign: Campaign, rules: PushRules, now: datetime) -> AudienceCount:
    """The count with as many set aside as the campaign asks for (rule R15)."""
    found = await uow.audience.count(await asked_of(uow, campaign, rules), now)
    return with_holdout(found, campaign.holdout_percent, rules)


def with_holdout(count: AudienceCount, percent: int, rules: PushRules) -> AudienceCount:
    """So many are set aside where that percentage is asked for (rule R15)."""
    return replace(count, holdout=holdout_size(count.sendable, percent, rules.holdout_least))


async def count(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> AudienceCount:
    """S5.4: how many there are, why which of them get nothing, and how many would be set aside."""
    actor.require_staff(Role.MANAGER)
    rules = await uow.company.push_rules()
    asked = await asked_of(uow, await uow.campaigns.get(campaign_id), rules)
    return with_holdout(await uow.audience.count(asked, now), rules.holdout_percent, rules)


async def list_choices(uow: UnitOfWork, actor: Actor) -> SegmentChoices:
    """All cities, routes, groups, categories, tags and saved lists."""
    actor.require_staff(Role.MANAGER)
    return SegmentChoices(
        names=await uow.segments.everything(),
        kinds=tuple(CustomerKind),
        lists=await uow.segments.list_saved(),
    )


async def names_of(uow: UnitOfWork, nodes: Sequence[Node]) -> SegmentNames:
    """What the things in these segments are called."""
    wanted: dict[str, set[int]] = {
        kind: set() for kind in ("products", "categories", "brands", "groups", "routes", "lists")
    }
    for each in (each for node in nodes for each in said(node)):
        match each.condition:
            case Bought(goods=goods):
                wanted["products"] |= goods.product_ids | goods.excluded_ids
                wanted["categories"] |= goods.category_ids
                wanted["brands"] |= goods.brand_ids
            case GroupIn(ids):
                wanted["groups"] |= ids
            case RouteIn(ids):
                wanted["routes"] |= ids
            case InterestIn(ids):
                wanted["categories"] |= ids
            case SavedList(segment_id):
                wanted["lists"].add(segment_id)
    asked: dict[str, Collection[int]] = dict(wanted)
    return await uow.segments.names(**asked)


async def list_saved(uow: UnitOfWork, actor: Actor) -> tuple[SavedSegment, ...]:
    actor.require_staff(Role.MANAGER)
    return await uow.segments.list_saved()


async def save_list(uow: UnitOfWork, actor: Actor, name: str, node: Node, now: datetime) -> SavedSegment:
    """Keep a segment under a name; a list of that name is replaced."""
    manager = actor.require_staff(Role.MANAGER)
    require_sound(node)
    saved = await uow.segments.put(typed(name, MOST_NAME), node, manager.id, now)
    # Refused here, and taken back with it, if the list now contains itself.
    resolved(SavedList(saved.id), await uow.segments.nodes())
    await uow.audit.write(actor, "list.saved", "segment", saved.id, now, {"name": saved.name})
    return saved


async def remove_list(uow: UnitOfWork, actor: Actor, segment_id: int, now: datetime) -> None:
    """Take a list away; whatever still names it finds nobody in it."""
    actor.require_staff(Role.MANAGER)
    saved = await uow.segments.get(segment_id)
    await uow.segments.remove(segment_id)
    await uow.audit.write(actor, "list.removed", "segment", segment_id, now, {"name": saved.name})
