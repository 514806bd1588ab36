"""Ordering again what was ordered before (S4.1 to S4.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from domain.calendar import today_in_tehran
from domain.families import FamilyLine, by_family
from domain.order_views import OrderBrief
from domain.orders import Order, OrderLine
from domain.promotion_rules import PromotionStep
from domain.repeats import Again, Choice, ShortQuestion
from screens.callbacks.basket import EditBasket, OpenBasket, PlaceOrder
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.orders import (
    FillAgain,
    RepeatLast,
    RepeatOlder,
    RepeatThis,
    SettleShort,
)
from screens.callbacks.saved_baskets import OpenSaved, TakeHint
from screens.differences import MOST_SHOWN, changes, rest, short_line
from screens.home import home_button
from screens.language import Day, FullDay, Language, Words
from screens.screen import ALONE, SHARING, Button, Screen, shortened
from screens.terms import term_words
from screens.units import counted

Bonuses = Mapping[int, PromotionStep]
"""By product: what is given for free today with as much as the order holds."""
NO_BONUSES: Bonuses = MappingProxyType({})


def last_order(
    order: Order | None, _: Language, bonuses: Bonuses = NO_BONUSES, *, invoice: int | None = None
) -> Screen:
    """S4.1: by the number of its invoice once there is one."""
    if order is None:
        shop = Button(_.label("🛒 New order"), OpenCatalogue())
        return Screen(_("You have not ordered anything yet."), ((shop,), (home_button(_),)))
    assert order.placed_at is not None
    day = Day(today_in_tehran(order.placed_at))
    if invoice is not None:
        heading = _(
            "Last order: {day}, invoice {number} — {payable} toman",
            day=day,
            number=invoice,
            payable=order.payable,
        )
    else:
        heading = _(
            "Last order: {day}, order {number} — {payable} toman",
            day=day,
            number=order.number,
            payable=order.payable,
        )
    return _offer(heading, order, bonuses, _)


def earlier_order(order: Order, _: Language, bonuses: Bonuses = NO_BONUSES) -> Screen:
    """The same, for an order that was chosen."""
    assert order.placed_at is not None
    heading = _(
        "Order {number} of {day} — {payable} toman",
        number=order.number,
        day=FullDay(today_in_tehran(order.placed_at)),
        payable=order.payable,
    )
    return _offer(heading, order, bonuses, _)


def _offer(heading: Words, order: Order, bonuses: Bonuses, _: Language) -> Screen:
    text = [heading]
    lines = order.paid_lines
    for at, line in enumerate(lines[:MOST_SHOWN], 1):
        words = _("{at}. {name} × {quantity}", at=at, name=line.short_name, quantity=line.quantity)
        step = bonuses.get(line.product_id)
        text.append(_with_bonus(words, step, _) if step else words)
    text += rest(len(lines), _)
    text.append(_("Shall I put the same together?"))
    yes = Button(_.label("✅ Yes"), FillAgain(order_id=order.id))
    older = Button(_.label("Earlier orders"), RepeatOlder(page=1))
    saved = Button(_.label("⭐️ Saved baskets"), OpenSaved())
    return Screen("\n".join(text), ((yes, older, saved), (home_button(_),)))


def _with_bonus(words: Words, step: PromotionStep, _: Language) -> Words:
    given = _("🎁 {at}+{free}", at=step.at, free=step.free)
    return Words(f"{words}   {given}")


def earlier_orders(orders: Sequence[OrderBrief], page: int, has_more: bool, _: Language) -> Screen:
    """Each order is a button."""
    text = _("Which order shall be repeated?") if orders else _("You have not ordered anything yet.")
    rows: list[tuple[Button, ...]] = []
    for each in orders:
        assert each.placed_at is not None
        label = _.label(
            "{day} · {number} · {payable}",
            day=FullDay(today_in_tehran(each.placed_at)),
            number=each.number,
            payable=each.payable,
        )
        rows.append((Button(shortened(label, ALONE), RepeatThis(order_id=each.id)),))
    turning = []
    if page > 1:
        turning.append(Button(_.label("▶️ Previous"), RepeatOlder(page=page - 1)))
    if has_more:
        turning.append(Button(_.label("◀️ Next"), RepeatOlder(page=page + 1)))
    if turning:
        rows.append(tuple(turning))
    return Screen(text, (*rows, (Button(_.label("⬅️ Back"), RepeatLast()), home_button(_))))


def short_question(question: ShortQuestion, _: Language) -> Screen:
    """S4.2; a further question says only what it is about."""
    short = question.short
    text = changes(question.differences, _) or [short_line(short.line, short.available, _)]
    text.append(_("What shall we do about {label}?", label=short.line.label))
    last = (Button(_.label("🛒 Basket"), OpenBasket()), home_button(_))
    return Screen("\n".join(text), (_choices(question, _), last))


def _choices(question: ShortQuestion, _: Language) -> tuple[Button, ...]:
    short = question.short
    unit, product_id = short.line.unit, short.line.product_id
    if short.offered:
        split = _.label("{now} now, {later} later", now=short.offered, later=short.missing)
    else:
        split = _.label("{quantity} later", quantity=counted(short.missing, unit, _))
    found = [_choice(split, product_id, Choice.SPLIT, product_id)]
    if short.offered:
        only = _.label("Only {quantity}", quantity=counted(short.offered, unit, _))
        found.append(_choice(only, product_id, Choice.ONLY, product_id))
    else:
        found.append(_choice(_.label("🗑 Take out"), product_id, Choice.DROP, product_id))
    if short.substitute is not None:
        other = short.substitute.product
        instead = _.label(
            "{quantity} {name} instead",
            quantity=counted(short.missing, unit, _),
            name=other.variant or other.label,
        )
        found.append(_choice(instead, product_id, Choice.SUBSTITUTE, other.id))
    return tuple(found)


def _choice(label: str, product_id: int, choice: Choice, other_id: int) -> Button:
    tap = SettleShort(product_id=product_id, choice=choice, other_id=other_id)
    return Button(shortened(label, SHARING), tap)


def again(found: Again, _: Language) -> Screen:
    """S4.3; what has changed stands above it, where no question has said so before."""
    draft = found.summary.basket.draft
    assert draft.deliver_on is not None
    assert draft.nonce is not None
    order = found.summary.order
    families = by_family(order.lines)
    text = changes(found.differences, _)
    if text:
        text.append(Words(""))
    text += [_("🧾 Your order"), *(_family(each, _) for each in families[:MOST_SHOWN])]
    text += rest(len(families), _)
    text += [
        _("Sum {net} · tax {vat}", net=order.net, vat=order.vat),
        _payable(order, found.source, _),
        _paid_and_sent(order, draft.deliver_on, _),
    ]
    if found.summary.credit_after is not None:
        text.append(_("Credit after placing: {left}", left=found.summary.credit_after))
    if found.summary.is_late:
        text.append(_("⚠️ The time for this day has passed; it may come a day later."))
    place = PlaceOrder(order_id=draft.id, version=draft.version, nonce=draft.nonce)
    row = [
        Button(_.label("✅ Place the order"), place),
        Button(_.label("✏️ Edit"), EditBasket(page=1)),
    ]
    if found.hint is None:
        return Screen("\n".join(text), ((*row, home_button(_)),))
    hint = found.hint
    text.append(
        _("💡 Shops like yours also take “{other}” with {goods}.", other=hint.other, goods=hint.goods)
    )
    also = Button(
        shortened(_.label("➕ {name}", name=hint.other), SHARING), TakeHint(suggestion_id=hint.suggestion_id)
    )
    return Screen("\n".join(text), ((*row, also), (home_button(_),)))


def _payable(order: Order, before: Order | None, _: Language) -> Words:
    if before is None:
        return _("To pay: {payable} toman", payable=order.payable)
    return _("To pay: {payable} toman (last time {before})", payable=order.payable, before=before.payable)


def _paid_and_sent(order: Order, day: date, _: Language) -> Words:
    if order.term is None:
        return _("Delivery: {day}", day=day)
    return _("Payment: {term} · delivery: {day}", term=term_words(order.term, _), day=day)


def _family(family: FamilyLine, _: Language) -> Words:
    words = _family_line(family, _)
    if not family.free:
        return words
    free = _("🎁 {count} free", count=family.free)
    return Words(f"{words}   {free}")


def _family_line(family: FamilyLine, _: Language) -> Words:
    values = {"name": family.name, "quantity": family.quantity, "net": family.net}
    if not family.later:
        return _("{name} × {quantity}: {net}", **values)
    later = _.listed(_later(line, _) for line in family.later)
    return _("{name} × {quantity} ({later} with the next delivery): {net}", later=later, **values)


def _later(line: OrderLine, _: Language) -> Words:
    """«۴ عدد ۷/۳»: which of a family it is."""
    quantity = counted(line.later, line.unit, _)
    if line.variant is None:
        return _.say(quantity)
    return _("{quantity} {name}", quantity=quantity, name=line.variant)
