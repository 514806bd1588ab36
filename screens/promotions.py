"""The manager's promotions: the list, one of them, and what can be done with it."""

from __future__ import annotations

from datetime import date

from domain.deals import Deal
from domain.money import Rate
from domain.promotion_drafts import Part, PromotionPage
from domain.promotion_rules import PromotionKind
from domain.promotions import NO_CAP, Cap, Promotion, PromotionState, gone_percent
from screens.callbacks.promotions import (
    AskEndPromotion,
    AskPriceLimit,
    ChangePromotion,
    DropPriceLimit,
    MovePromotion,
    NewPromotion,
    OpenPriceLimits,
    OpenPromotion,
    OpenPromotions,
    PriceLimit,
    PromotionMove,
)
from screens.home import home_button
from screens.language import FullDay, Language, Words
from screens.pages import in_rows, titled, turning
from screens.promotion_words import (
    cap_parts,
    days_words,
    gives,
    goods_words,
    kind_word,
    state_word,
    who_words,
)
from screens.screen import ALONE, Button, Screen, shortened

CHANGEABLE = (Part.STEPS, Part.UNTIL, Part.FROM, Part.BUDGET, Part.GOODS, Part.WHO, Part.NAME)


def promotions(found: PromotionPage, today: date, _: Language) -> Screen:
    """All there are, the newest first, each with how it stands."""
    title = (
        _("🎁 Promotions ({count})", count=found.count) if found.count else _("🎁 There is no promotion yet.")
    )
    lines = [titled(title, found.page, found.pages, _)]
    rows: list[tuple[Button, ...]] = []
    for deal in found.deals:
        promotion = deal.promotion
        lines.append(
            _(
                "{mark} {name} — {state}",
                mark=_mark(promotion, today),
                name=promotion.name,
                state=standing(promotion, today, _),
            )
        )
        label = shortened(f"{_mark(promotion, today)} {_.plain(promotion.name)}", ALONE)
        rows.append((Button(label, OpenPromotion(promotion_id=promotion.id)),))
    if turns := turning(found.page, found.pages, lambda to: OpenPromotions(page=to), _):
        rows.append(turns)
    new = Button(_.label("➕ New promotion"), NewPromotion())
    limits = Button(_.label("🛡 Limits"), OpenPriceLimits())
    return Screen("\n".join(lines), (*rows, (new, limits), (home_button(_),)))


def _mark(promotion: Promotion, today: date) -> str:
    if promotion.state is PromotionState.PAUSED:
        return "⏸"
    if promotion.state is PromotionState.ACTIVE and promotion.starts_on > today:
        return "🕒"
    return "🟢" if promotion.is_live(today) else "⚪️"


def standing(promotion: Promotion, today: date, _: Language) -> Words:
    """Live, coming, paused, ended; or its budget is spent."""
    if promotion.state is not PromotionState.ACTIVE:
        return Words(state_word(promotion.state, _))
    if promotion.starts_on > today:
        return _("begins on {day}", day=FullDay(promotion.starts_on))
    if promotion.ends_on is not None and promotion.ends_on < today:
        return Words(state_word(PromotionState.ENDED, _))
    if not promotion.is_live(today):
        return _("its budget is spent")
    if promotion.ends_on is None:
        return _("live, without a last day")
    return _("live until {day}", day=FullDay(promotion.ends_on))


def promotion(deal: Deal, today: date, _: Language) -> Screen:
    """One of them: all it says, and how much of its budget is gone."""
    kept = deal.promotion
    lines = [*said(deal, _), _("State: {state}", state=standing(kept, today, _))]
    if kept.budget != NO_CAP:
        percent = gone_percent(kept.budget, kept.spent)
        left = _.listed(cap_parts(deal.left, _, is_bonus=kept.kind is PromotionKind.BONUS))
        lines.append(_("Of the budget {rate} is gone; left: {left}", rate=Rate(percent * 100), left=left))
    if kept.code:
        lines.append(_("Code {code}", code=kept.code))
    back = (Button(_.label("⬅️ Back"), OpenPromotions(page=1)), home_button(_))
    return Screen("\n".join(lines), (*_moves(kept, _), back))


def said(deal: Deal, _: Language) -> list[Words]:
    """What the promotion says, line by line."""
    kept = deal.promotion
    lines = [
        _("🎁 {name} ({kind})", name=kept.name, kind=Words(kind_word(kept.kind, _))),
        _("What it gives: {given}", given=gives(deal, _)),
        _("On: {goods}", goods=goods_words(deal, _)),
        _("For: {who}", who=who_words(deal, _)),
        _("Time: {days}", days=days_words(kept, _)),
    ]
    return [*lines, _("Budget: {budget}", budget=budget_words(kept.budget, kept.kind, _))]


def budget_words(budget: Cap, kind: PromotionKind, _: Language) -> Words:
    parts = cap_parts(budget, _, is_bonus=kind is PromotionKind.BONUS)
    return _.listed(parts) if parts else _("without a limit")


def _moves(kept: Promotion, _: Language) -> tuple[tuple[Button, ...], ...]:
    """What can be done with it as it stands."""
    if kept.state is PromotionState.ENDED:
        return ()
    is_paused = kept.state is PromotionState.PAUSED
    move = PromotionMove.RESUME if is_paused else PromotionMove.PAUSE
    label = _.label("▶️ Let it go on") if is_paused else _.label("⏸ Pause")
    tap = MovePromotion(promotion_id=kept.id, move=move, version=kept.version)
    end = Button(_.label("⏹ End it"), AskEndPromotion(promotion_id=kept.id))
    parts = (
        CHANGEABLE if kept.kind is not PromotionKind.MIX else (Part.UNTIL, Part.FROM, Part.BUDGET, Part.NAME)
    )
    changes = [
        Button(_.label("✏️ {part}", part=part_word(part, _)), ChangePromotion(promotion_id=kept.id, part=part))
        for part in parts
    ]
    return ((Button(label, tap), end), *in_rows(changes, 3))


def part_word(part: Part, _: Language) -> str:
    match part:
        case Part.NAME:
            return _.label("Its name")
        case Part.GOODS:
            return _.label("Its goods")
        case Part.STEPS:
            return _.label("Its steps")
        case Part.WHO:
            return _.label("For whom")
        case Part.FROM:
            return _.label("First day")
        case Part.UNTIL:
            return _.label("Last day")
        case Part.BUDGET:
            return _.label("Its budget")


def end_question(deal: Deal, _: Language) -> Screen:
    """Whether it ends for good."""
    kept = deal.promotion
    text = _("Shall “{name}” end now? It cannot be begun again.", name=kept.name)
    end = MovePromotion(promotion_id=kept.id, move=PromotionMove.END, version=kept.version)
    back = Button(_.label("⬅️ Back"), OpenPromotion(promotion_id=kept.id))
    return Screen(text, ((Button(_.label("⏹ Yes, end it"), end), back),))


def price_limits(floor: Rate | None, most: Rate | None, _: Language) -> Screen:
    """What discounts never break, whatever promotions say (rule R5.1, step 7)."""
    lines = [
        _("🛡 No discount goes beyond these limits:"),
        _("Least margin of each item: {rate}", rate=floor) if floor else _("Least margin of each item: none"),
        _("Most discount of an order: {rate}", rate=most) if most else _("Most discount of an order: none"),
    ]
    rows = [
        (
            Button(_.label("✏️ Least margin"), AskPriceLimit(limit=PriceLimit.FLOOR)),
            Button(_.label("✏️ Most discount"), AskPriceLimit(limit=PriceLimit.MOST)),
        )
    ]
    drops = []
    if floor:
        drops.append(Button(_.label("🗑 No least margin"), DropPriceLimit(limit=PriceLimit.FLOOR)))
    if most:
        drops.append(Button(_.label("🗑 No most discount"), DropPriceLimit(limit=PriceLimit.MOST)))
    if drops:
        rows.append(tuple(drops))  # type: ignore[arg-type]
    back = (Button(_.label("⬅️ Back"), OpenPromotions(page=1)), home_button(_))
    return Screen("\n".join(lines), (*rows, back))


def limit_question(limit: PriceLimit, _: Language) -> Screen:
    if limit is PriceLimit.FLOOR:
        text = _("What percentage of the price has to be left as margin at least? For example: 8%")
    else:
        text = _("How much of an order may all its discounts take off at most? For example: 15%")
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenPriceLimits()),),))
