"""Campaigns that have not begun: making, changing, copying and listing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.audiences import CampaignTally
from domain.calendar import today_in_tehran
from domain.campaign_errors import CampaignFixed
from domain.campaigns import Campaign, CampaignKind, CampaignState
from domain.deals import Deal
from domain.errors import ChangedMeanwhile, NotFound
from domain.promotions import rest
from domain.staff import Role
from services.campaigns.audience import counted_now
from services.campaigns.checking import MOST_NAME, offer_of, require_kept
from services.campaigns.telling import ask_second
from storage.unit_of_work import UnitOfWork

MOST_LISTED = 50
NAME_OF_TEXT = 40
FIXED = frozenset({CampaignState.DRAFT, CampaignState.SCHEDULED})
CHANGEABLE = (
    "name", "promotion_id", "product_id", "conditions", "text", "photo_file_id", "buttons", "quantity",
    "ends_on", "holdout_percent", "per_minute", "with_complaints", "with_overdue",
)  # fmt: skip


async def make_draft(
    uow: UnitOfWork,
    actor: Actor,
    kind: CampaignKind,
    now: datetime,
    *,
    promotion_id: int | None = None,
    product_id: int | None = None,
) -> Campaign:
    """A new draft; its name, end and, where there is only one, its product come from what it is about."""
    manager = actor.require_staff(Role.MANAGER)
    name, ends_on, today = "", None, today_in_tehran(now)
    if promotion_id is not None:
        promotion = await uow.promotions.get(promotion_id)
        name, ends_on = promotion.name, promotion.ends_on
        only = promotion.scope.product_ids if len(promotion.scope.product_ids) == 1 else frozenset()
        product_id = product_id or next(iter(only), None)
    if product_id is not None:
        offer = await offer_of(uow, product_id, today)
        if offer is None:
            raise NotFound
        name = name or offer.product.short_name
    draft = Campaign(
        name=name[:MOST_NAME],
        kind=kind,
        promotion_id=promotion_id,
        product_id=product_id,
        ends_on=ends_on,
        made_by=manager.id,
        created_at=now,
    )
    return await _made(uow, actor, draft, now, {"kind": kind.value, "name": draft.name})


async def copy(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """A new draft that says the same to the same segment."""
    manager = actor.require_staff(Role.MANAGER)
    known = await uow.campaigns.get(campaign_id)
    kept = {name: getattr(known, name) for name in CHANGEABLE}
    draft = Campaign(kind=known.kind, made_by=manager.id, created_at=now, **kept)
    return await _made(uow, actor, draft, now, {"kind": known.kind.value, "copied": campaign_id})


async def _made(
    uow: UnitOfWork, actor: Actor, draft: Campaign, now: datetime, facts: dict[str, object]
) -> Campaign:
    made = await uow.campaigns.create(draft)
    await uow.audit.write(actor, "campaign.drafted", "campaign", made.id, now, facts)
    return made


async def get(uow: UnitOfWork, actor: Actor, campaign_id: int) -> Campaign:
    actor.require_staff(Role.MANAGER)
    return await uow.campaigns.get(campaign_id)


async def change(uow: UnitOfWork, actor: Actor, wanted: Campaign, now: datetime) -> Campaign:
    """Keep the draft as ``wanted`` has it: ``dataclasses.replace`` of what ``get`` gave, with its version.

    What may differ: name, promotion, product, conditions, text, photo, buttons, quantity, end, holdout,
    speed, and whether shops with complaints or overdue invoices get it. Changing a scheduled one keeps its
    time, but a second manager has to agree anew.
    """
    actor.require_staff(Role.MANAGER)
    assert wanted.id is not None
    known = await unbegun(uow, wanted.id, wanted.version)
    changed = {name: getattr(wanted, name) for name in CHANGEABLE}
    if not wanted.name and wanted.text:
        changed["name"] = " ".join(wanted.text.split())[:NAME_OF_TEXT]
    changed = {name: value for name, value in changed.items() if value != getattr(known, name)}
    if not changed:
        return known
    changed_one = replace(known, **changed, approved_by=None)
    await require_kept(uow, known, changed_one, now)
    rules = await uow.company.push_rules()
    if known.state is CampaignState.SCHEDULED:
        counted = await counted_now(uow, changed_one, rules, now)
        changed_one = replace(changed_one, counts=counted.facts())
    kept = await uow.campaigns.save(changed_one)
    facts = {name: _fact(value) for name, value in changed.items()}
    await uow.audit.write(actor, "campaign.changed", "campaign", kept.id, now, facts)
    if kept.state is CampaignState.SCHEDULED:
        await ask_second(uow, kept, rules, now)
    return kept


def _fact(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


async def unbegun(uow: UnitOfWork, campaign_id: int, version: int) -> Campaign:
    """The draft or scheduled campaign, as it was when it was looked at."""
    known = await uow.campaigns.get(campaign_id)
    if known.state not in FIXED:
        raise CampaignFixed
    if known.version != version:
        raise ChangedMeanwhile
    return known


async def cancel(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """Give up a draft or a scheduled one. What goes out is ended by ``end``."""
    actor.require_staff(Role.MANAGER)
    known = await unbegun(uow, campaign_id, version)
    kept = await uow.campaigns.save(replace(known, state=CampaignState.CANCELLED, ended_at=now))
    await uow.audit.write(actor, "campaign.cancelled", "campaign", kept.id, now, {"name": kept.name})
    return kept


async def list_promotions(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Deal, ...]:
    """S5.2: the promotions of today, the ones that end first at the top."""
    actor.require_staff(Role.MANAGER)
    today = today_in_tehran(now)
    live = [each for each in await uow.promotions.list_live(today) if each.is_live(today)]
    live.sort(key=lambda each: (each.ends_on or date.max, each.id))
    names = await uow.promotion_goods.names(live)
    return tuple(Deal(promotion=each, left=rest(each.budget, each.spent), names=names) for each in live)


async def list_drafts(uow: UnitOfWork, actor: Actor) -> tuple[Campaign, ...]:
    """The last ones first."""
    actor.require_staff(Role.MANAGER)
    return await uow.campaigns.list_drafts(MOST_LISTED)


async def list_scheduled(uow: UnitOfWork, actor: Actor) -> tuple[Campaign, ...]:
    """The next ones first."""
    actor.require_staff(Role.MANAGER)
    return await uow.campaigns.list_scheduled(MOST_LISTED)


async def list_reports(
    uow: UnitOfWork, actor: Actor, page: int, per_page: int = 8
) -> tuple[tuple[Campaign, ...], int]:
    """Whatever has begun, the last ones first: a page, and how many there are."""
    actor.require_staff(Role.MANAGER)
    return await uow.campaigns.list_begun(max(page, 1), per_page)


async def tally(uow: UnitOfWork, actor: Actor) -> CampaignTally:
    actor.require_staff(Role.MANAGER)
    return await uow.campaigns.tally()
