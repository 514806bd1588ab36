"""«اقلام همیشگی من»: each item with how much of it, why, and whether it is there."""

from __future__ import annotations

from domain.actors import Actor
from domain.catalogue import StockState
from domain.order_guide import Guide, GuideLine
from screens.callbacks.catalogue import AlertMe, OpenCatalogue, OpenUsuals
from screens.callbacks.order_guide import FillGuide, PutUsual
from screens.callbacks.saved_baskets import OpenSaved
from screens.home import home_button
from screens.language import Day, Language, Words
from screens.pages import titled, turning
from screens.screen import ALONE, Button, Screen, shortened
from screens.shelves import Row, basket_button, search_button
from screens.units import counted


def guide(found: Guide, actor: Actor, basket: int | None, _: Language, put: Words | None = None) -> Screen:
    """A page of it; ``put`` is said first, after something was put into the basket."""
    back = Button(_.label("⬅️ Back"), OpenCatalogue())
    saved = Button(_.label("⭐️ Saved baskets"), OpenSaved())
    if not found.lines:
        text = _("You have not ordered anything in the last ninety days.")
        return Screen(text, ((search_button(_), saved), (back, home_button(_))))
    text_lines: list[str] = [] if put is None else [put, ""]
    text_lines.append(titled(_("⭐️ My usual items"), found.page, found.pages, _))
    for at, line in enumerate(found.lines, found.first):
        text_lines += [_item(at, line, _), _reason(line, found, _)]
    rows: list[Row] = []
    if actor.rights.may_order:
        rows += [(_button(line, found.page, _),) for line in found.lines]
        if found.fillable:
            rows.append((Button(_.label("🛒 Fill all ({count} items)", count=found.fillable), FillGuide()),))
    turn = turning(found.page, found.pages, lambda to: OpenUsuals(page=to), _)
    if turn:
        rows.append(turn)
    rows.append((search_button(_), *(() if basket is None else (basket_button(basket, _),))))
    return Screen("\n".join(text_lines), (*rows, (saved, back, home_button(_))))


def added(line: GuideLine, units: int, _: Language) -> Words:
    """«۱۲ عدد رنگ ۶/۱ به سبد اضافه شد.»"""
    product = line.offer.product
    return _("{quantity} {name} added.", quantity=counted(units, product.unit, _), name=product.label)


def _item(at: int, line: GuideLine, _: Language) -> Words:
    product = line.offer.product
    quantity = counted(line.units, product.unit, _)
    values = {"at": at, "name": product.short_name, "quantity": quantity}
    if line.in_basket:
        inside = counted(line.in_basket, product.unit, _)
        return _("{at}. {name} — {quantity} 🛒 {inside} in the basket", inside=inside, **values)
    match line.offer.stock.state:
        case StockState.AVAILABLE:
            return _("{at}. {name} — {quantity} ✅", **values)
        case StockState.LOW:
            return _("{at}. {name} — {quantity} 🟡 few left", **values)
    return _("{at}. {name} — out of stock", at=at, name=product.short_name)


def _reason(line: GuideLine, found: Guide, _: Language) -> Words:
    """Why so much: «هر ۱۴ روز ۱۲ عدد»."""
    habit = line.habit
    usual = counted(habit.quantity, line.offer.product.unit, _)
    day = Day(habit.last_on)
    if habit.every is None:
        return _(
            "   {times} times in 90 days, usually {quantity}; last on {day}",
            times=habit.times,
            quantity=usual,
            day=day,
        )
    if habit.is_due(found.today):
        return _(
            "   every {days} days {quantity}; last on {day}, it is due",
            days=habit.every,
            quantity=usual,
            day=day,
        )
    return _("   every {days} days {quantity}; last on {day}", days=habit.every, quantity=usual, day=day)


def _button(line: GuideLine, page: int, _: Language) -> Button:
    product = line.offer.product
    if line.offer.stock.state is StockState.OUT:
        label = _.label("🔔 Tell me: {name}", name=product.label)
        return Button(shortened(label, ALONE), AlertMe(product_id=product.id, quantity=line.units))
    label = _.label("➕ {quantity} {name}", quantity=counted(line.units, product.unit, _), name=product.label)
    return Button(shortened(label, ALONE), PutUsual(product_id=product.id, page=page))
