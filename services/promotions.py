"""A manager makes promotions, stops them, and lets them go on; each change is a version of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from domain.actors import Actor
from domain.addresses import typed
from domain.calendar import today_in_tehran
from domain.catalogue import Offer
from domain.dates import Leaning, typed_day
from domain.deals import Deal
from domain.errors import ChangedMeanwhile, TooFewLetters
from domain.money import Money, MoneyUnit, Rate
from domain.persian import search_key
from domain.pricing import Buyer
from domain.promotion_drafts import Choices, Part, Preview, PromotionDraft, PromotionPage, drafted
from domain.promotion_errors import NothingSoNamed, PromotionRefused
from domain.promotion_examples import example_order
from domain.promotion_facts import fault_of, promotion_facts
from domain.promotion_rules import LinePercent
from domain.promotion_said import budget_said, steps_said
from domain.promotions import ANYBODY, Cap, Promotion, PromotionState, rest
from domain.quoting import quote
from domain.staff import Role
from services.catalogue import open_scopes, search
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
MOST_NAME = 60
MOST_CHOICES = 5
NEXT = {
    PromotionState.ACTIVE: frozenset({PromotionState.PAUSED, PromotionState.ENDED}),
    PromotionState.PAUSED: frozenset({PromotionState.ACTIVE, PromotionState.ENDED}),
}


async def list_page(uow: UnitOfWork, actor: Actor, page: int) -> PromotionPage:
    actor.require_staff(Role.MANAGER)
    found, count = await uow.promotions.list_all(max(page, 1), PER_PAGE)
    return PromotionPage(
        deals=await _named(uow, found), page=max(page, 1), pages=max(1, -(-count // PER_PAGE)), count=count
    )


async def open_one(uow: UnitOfWork, actor: Actor, promotion_id: int) -> Deal:
    """One of them; what is left is left of its budget."""
    actor.require_staff(Role.MANAGER)
    (deal,) = await _named(uow, (await uow.promotions.get(promotion_id),))
    return deal


async def move(
    uow: UnitOfWork, actor: Actor, promotion_id: int, to: PromotionState, version: int, now: datetime
) -> Deal:
    """Pause it, let it go on, or end it; ``version`` is the one that was looked at."""
    manager = actor.require_staff(Role.MANAGER)
    known = await uow.promotions.get(promotion_id)
    if known.version != version or to not in NEXT.get(known.state, frozenset()):
        raise ChangedMeanwhile
    kept = await uow.promotions.save(replace(known, state=to), now, manager.id)
    facts = {"version": kept.version, "name": kept.name}
    await uow.audit.write(actor, f"promotion.{to.value}", "promotion", kept.id, now, facts)
    (deal,) = await _named(uow, (kept,))
    return deal


async def begin_change(uow: UnitOfWork, actor: Actor, promotion_id: int, part: Part) -> PromotionDraft:
    """That promotion, with one part to be said anew. What has ended stays as it was."""
    actor.require_staff(Role.MANAGER)
    known = await uow.promotions.get(promotion_id)
    if known.state is PromotionState.ENDED:
        raise ChangedMeanwhile
    return drafted(known).asked_anew(part)


async def answer(
    uow: UnitOfWork, actor: Actor, draft: PromotionDraft, text: str, now: datetime, unit: MoneyUnit
) -> PromotionDraft | Choices:
    """What was typed for the part that is asked: the draft with it, or what the typed name may mean."""
    actor.require_staff(Role.MANAGER)
    today = today_in_tehran(now)
    match draft.missing:
        case Part.NAME:
            return draft.said(Part.NAME, name=typed(text, MOST_NAME))
        case Part.STEPS:
            return draft.said(Part.STEPS, rule=steps_said(draft.kind, text, unit))
        case Part.FROM:
            return draft.said(Part.FROM, starts_on=typed_day(text, today, Leaning.FUTURE))
        case Part.UNTIL:
            return draft.said(Part.UNTIL, ends_on=typed_day(text, today, Leaning.FUTURE))
        case Part.BUDGET:
            found = budget_said(text, unit)
            cap = Cap(rials=found.rials) if isinstance(found, Money) else Cap(units=found)
            return draft.said(Part.BUDGET, budget=cap)
        case Part.GOODS:
            return await goods_called(uow, actor, text, now)
        case Part.WHO:
            return await _buyers_called(uow, text)
    return draft


async def goods_called(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Choices:
    """Products, categories and brands that a typed name may mean; refused where there are none."""
    key = search_key(text)
    brands, categories = await uow.catalogue.names()
    try:
        products = (await search(uow, text, actor, now)).offers
    except TooFewLetters:
        products = ()
    return _some(
        Choices(
            products={each.product.id: each.product.short_name for each in products[:MOST_CHOICES]},
            categories=_like(key, ((each.id, each.name) for each in categories)),
            brands=_like(key, ((each.id, each.name) for each in brands)),
            groups={},
            customers={},
        )
    )


async def _buyers_called(uow: UnitOfWork, text: str) -> Choices:
    customers = await uow.credit_book.find(text, MOST_CHOICES)
    return _some(
        Choices(
            products={},
            categories={},
            brands={},
            groups=_like(search_key(text), (await uow.promotion_goods.groups()).items()),
            customers={each.customer_id: each.name for each in customers},
        )
    )


def _like(key: str, named: Iterable[tuple[int, str]]) -> dict[int, str]:
    found = ((each, name) for each, name in named if key and key in search_key(name))
    return dict(list(found)[:MOST_CHOICES])


def _some(choices: Choices) -> Choices:
    if choices.is_empty:
        raise NothingSoNamed
    return choices


async def preview(uow: UnitOfWork, actor: Actor, draft: PromotionDraft, now: datetime) -> Preview:
    """What the whole draft says, and what it gives on real goods at today's base prices."""
    actor.require_staff(Role.MANAGER)
    promotion = draft.promotion()
    (deal,) = await _named(uow, (promotion,))
    fault = fault_of(promotion)
    is_new = draft.promotion_id is None
    if fault is not None:
        return Preview(deal=deal, is_new=is_new, fault=fault)
    offers: tuple[Offer, ...] = (await open_scopes(uow, (promotion.scope,), actor, now)).offers
    example = example_order(promotion.rule, offers)
    if not example:
        return Preview(deal=deal, is_new=is_new)
    # For whom it is and from when on change nothing of what it gives.
    trial = replace(promotion, eligibility=ANYBODY)
    found = quote(example, Buyer(), (trial,), promotion.starts_on)
    return Preview(deal=deal, is_new=is_new, example=example, quote=found)


async def goods_of(uow: UnitOfWork, draft: PromotionDraft) -> tuple[str, ...]:
    """What the goods are called that were chosen so far."""
    if draft.scope.is_everything:
        return ()
    # Names are asked for whole promotions; of this one only the goods are there.
    about = Promotion(id=0, name="", rule=LinePercent(rate=Rate(0)), scope=draft.scope, starts_on=date.min)
    (deal,) = await _named(uow, (about,))
    return deal.goods


async def keep(uow: UnitOfWork, actor: Actor, draft: PromotionDraft, now: datetime) -> Deal:
    """Start the new promotion, or keep the changed one as its next version."""
    manager = actor.require_staff(Role.MANAGER)
    wanted = draft.promotion()
    if fault := fault_of(wanted):
        raise PromotionRefused(fault)
    if draft.promotion_id is None:
        kept = await uow.promotions.create(wanted, now, manager.id)
        action = "promotion.started"
    else:
        known = await uow.promotions.get(draft.promotion_id)
        if known.version != draft.version or known.state is PromotionState.ENDED:
            raise ChangedMeanwhile
        kept = await uow.promotions.save(_changed(known, wanted), now, manager.id)
        action = "promotion.changed"
    facts = {"version": kept.version, "name": kept.name, **promotion_facts(kept)}
    facts |= {"starts_on": kept.starts_on.isoformat(), "budget_rials": kept.budget.rials}
    facts |= {
        "ends_on": kept.ends_on.isoformat() if kept.ends_on else None,
        "budget_units": kept.budget.units,
    }
    await uow.audit.write(actor, action, "promotion", kept.id, now, facts)
    (deal,) = await _named(uow, (kept,))
    return deal


def _changed(known: Promotion, wanted: Promotion) -> Promotion:
    """What a draft can say; code, priority, caps and exclusivity stay."""
    return replace(
        known,
        name=wanted.name,
        rule=wanted.rule,
        scope=wanted.scope,
        eligibility=wanted.eligibility,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        budget=wanted.budget,
    )


async def _named(uow: UnitOfWork, several: Iterable[Promotion]) -> tuple[Deal, ...]:
    promotions = tuple(several)
    names = await uow.promotion_goods.names(promotions)
    return tuple(Deal(promotion=each, left=rest(each.budget, each.spent), names=names) for each in promotions)
