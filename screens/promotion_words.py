"""What a promotion gives, on what, for whom and until when, in plain words."""

from __future__ import annotations

from domain.catalogue import Unit
from domain.customers import CustomerKind
from domain.deals import Deal
from domain.money import Money
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusGoods,
    BonusMode,
    LinePercent,
    Measure,
    MixPercent,
    OrderTier,
    Over,
    PromotionKind,
    PromotionStep,
    Tier,
    TierMode,
)
from domain.promotions import Cap, Promotion, PromotionState
from screens.language import FullDay, Language, Words
from screens.units import counted

MOST_GOODS = 4
"""So many goods of a promotion are named; the others are counted."""


def kind_word(kind: PromotionKind, _: Language) -> str:
    match kind:
        case PromotionKind.TIER:
            return _.label("Tiers")
        case PromotionKind.LINE:
            return _.label("Percentage")
        case PromotionKind.BASKET | PromotionKind.MIX:
            return _.label("Basket")
        case PromotionKind.ORDER:
            return _.label("On the whole order")
        case PromotionKind.BONUS:
            return _.label("Bonus goods")


def state_word(state: PromotionState, _: Language) -> str:
    match state:
        case PromotionState.DRAFT:
            return _.label("draft")
        case PromotionState.ACTIVE:
            return _.label("live")
        case PromotionState.PAUSED:
            return _.label("paused")
        case PromotionState.ENDED:
            return _.label("ended")


def customer_kind_word(kind: CustomerKind, _: Language) -> str:
    match kind:
        case CustomerKind.PHARMACY:
            return _.label("Pharmacies")
        case CustomerKind.SALON:
            return _.label("Beauty salons")
        case CustomerKind.CHAIN:
            return _.label("Shops and chains")
        case CustomerKind.ONLINE:
            return _.label("Online shops")
        case CustomerKind.PERSONAL:
            return _.label("Personal use")


def gives(deal: Deal, _: Language) -> Words:
    """«۲۴ عدد ۵٪، ۴۸ عدد ۸٪», «۱۰ + ۱»: in one line."""
    rule = deal.promotion.rule
    match rule:
        case Tier(measure=Measure.QUANTITY):
            steps = [_("{at} pieces {rate}", at=step.at, rate=step.rate) for step in rule.steps]
            return _with(_.listed(steps), _manner(rule, _), _)
        case Tier():
            return _with(_.listed(_from_amount(step, _) for step in rule.steps), _manner(rule, _), _)
        case OrderTier():
            slices = (_("each step by itself"),) if rule.mode is TierMode.INCREMENTAL else ()
            return _with(_.listed(_from_amount(step, _) for step in rule.steps), slices, _)
        case LinePercent():
            return _("{rate} off", rate=rule.rate)
        case BasketPercent():
            return _basket(rule, _)
        case MixPercent():
            return _(
                "{units} pieces of these with {others} pieces of the others: {rate}",
                units=rule.least_units,
                others=rule.least_other_units,
                rate=rule.rate,
            )
        case Bonus():
            return _bonus(deal, rule, _)


def _from_amount(step: PromotionStep, _: Language) -> Words:
    return _("from {amount} toman {rate}", amount=Money(step.at), rate=step.rate)


def _with(text: Words, more: tuple[Words, ...], _: Language) -> Words:
    return _("{text} ({more})", text=text, more=_.listed(more)) if more else text


def _manner(rule: Tier, _: Language) -> tuple[Words, ...]:
    group = (_("all of the goods together"),) if rule.over is Over.GROUP else ()
    slices = (_("each step by itself"),) if rule.mode is TierMode.INCREMENTAL else ()
    return (*group, *slices)


def _basket(rule: BasketPercent, _: Language) -> Words:
    count, amount, rate = rule.least_products, rule.least_amount, rule.rate
    if amount and count > 1:
        return _("{count} items and {amount} toman: {rate}", count=count, amount=amount, rate=rate)
    if amount:
        return _("from {amount} toman {rate}", amount=amount, rate=rate)
    return _("{count} items together: {rate}", count=count, rate=rate)


def _bonus(deal: Deal, rule: Bonus, _: Language) -> Words:
    text = _.listed(_("{at} + {free}", at=step.at, free=step.free) for step in rule.steps)
    more: list[Words] = []
    if rule.mode is BonusMode.ONCE:
        more.append(_("once"))
    if rule.over is Over.GROUP:
        more.append(_("all of the goods together"))
    if rule.goods is BonusGoods.OTHER:
        names = (deal.names.products[each] for each in rule.product_ids if each in deal.names.products)
        more.append(_("bonus: {goods}", goods=_.listed(names)))
    elif rule.goods is BonusGoods.CHOOSE:
        more.append(_("bonus of your choice"))
    elif rule.goods is BonusGoods.CHEAPEST:
        more.append(_("the cheapest is free"))
    return _with(text, tuple(more), _)


def card_line(deal: Deal, _: Language) -> Words:
    """On a product's page: «🎁 پلکانی: ۱۲ عدد به بالا ۳٪ · ۲۴ به بالا ۵٪»."""
    rule, name = deal.promotion.rule, deal.promotion.name
    if isinstance(rule, Tier) and rule.measure is Measure.QUANTITY:
        first = _("{at} pieces or more {rate}", at=rule.steps[0].at, rate=rule.steps[0].rate)
        others = [_("{at} or more {rate}", at=step.at, rate=step.rate) for step in rule.steps[1:]]
        given = _with(Words(" · ".join((first, *others))), _manner(rule, _), _)
    else:
        given = gives(deal, _)
    if isinstance(rule, Bonus) and "".join(name.split()) == "".join(given.split()):
        return _("🎁 Bonus: {given}", given=given)
    return _("🎁 {name}: {given}", name=name, given=given)


def goods_words(deal: Deal, _: Language) -> Words:
    """What it is on."""
    if deal.promotion.scope.is_everything:
        return _("all goods")
    goods = deal.goods
    if len(goods) > MOST_GOODS:
        return _(
            "{names} and {count} more", names=_.listed(goods[:MOST_GOODS]), count=len(goods) - MOST_GOODS
        )
    return _.listed(goods)


def who_words(deal: Deal, _: Language) -> Words:
    """For whom it is."""
    who = deal.promotion.eligibility
    said: list[object] = [Words(customer_kind_word(kind, _)) for kind in sorted(who.kinds)]
    said += [deal.names.groups[each] for each in sorted(who.group_ids) if each in deal.names.groups]
    said += sorted(who.segments)
    said += sorted(who.cities)
    said += [deal.names.customers[each] for each in sorted(who.customer_ids) if each in deal.names.customers]
    if who.is_only_new:
        said.append(_("new customers"))
    return _.listed(said) if said else _("everybody")


def days_words(promotion: Promotion, _: Language) -> Words:
    """From when until when."""
    if promotion.ends_on is None:
        return _("from {first}, without an end", first=FullDay(promotion.starts_on))
    return _("from {first} until {last}", first=FullDay(promotion.starts_on), last=FullDay(promotion.ends_on))


def last_day(promotion: Promotion, _: Language) -> Words:
    """«تا ۱۰ دی ۱۴۰۵»; without an end it says so."""
    if promotion.ends_on is None:
        return _("without a last day")
    return _("until {day}", day=FullDay(promotion.ends_on))


def left_words(deal: Deal, _: Language) -> Words | None:
    """What is left of it for whoever looks; nothing is said where nothing is limited."""
    parts = cap_parts(deal.left, _, is_bonus=deal.promotion.kind is PromotionKind.BONUS)
    return _("Left for you: {parts}", parts=_.listed(parts)) if parts else None


def cap_parts(cap: Cap, _: Language, *, is_bonus: bool) -> list[Words]:
    parts: list[Words] = []
    if cap.rials is not None:
        parts.append(_("{amount} toman", amount=Money(cap.rials)))
    if cap.units is not None:
        units = cap.units
        parts.append(
            _("{units} free pieces", units=units) if is_bonus else Words(counted(units, Unit.PIECE, _))
        )
    if cap.orders is not None:
        parts.append(_("{orders} orders", orders=cap.orders))
    return parts
