"""Saved baskets: all of them, one of them, its name, and the offer to keep what was ordered (S4.4)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.order_views import OrderView
from domain.saved_baskets import MOST_NAME, MOST_SAVED, SavedBasket, SavedBrief, SavedName
from screens.callbacks.catalogue import OpenCatalogue
from screens.callbacks.orders import AskCancel, ChangeOrder, OpenOrder
from screens.callbacks.saved_baskets import (
    AskDropSaved,
    AskRename,
    AskSavedName,
    DoNotSave,
    DropSaved,
    FillSaved,
    OpenSaved,
    OpenSavedOne,
    SaveOrder,
)
from screens.differences import MOST_SHOWN, rest
from screens.home import home_button
from screens.language import Language, Words
from screens.screen import ALONE, SHARING, Button, Screen, shortened
from screens.units import counted


def name_word(name: SavedName, _: Language) -> str:
    match name:
        case SavedName.WEEKLY:
            return _.label("weekly")
        case SavedName.MONTHLY:
            return _.label("monthly")


def placed_again(view: OrderView, name: str, _: Language) -> Screen:
    """S4.4, with what can be done about the order as after any other."""
    order_id = view.order.id
    text = _("Order {number} was placed ✅\nShall we keep this basket?", number=view.number)
    keep = Button(
        shortened(_.label("💾 Keep it as “{name}”", name=name), SHARING), SaveOrder(order_id=order_id)
    )
    rows: list[tuple[Button, ...]] = [(keep, Button(_.label("No"), DoNotSave(order_id=order_id)))]
    follow = Button(_.label("📦 Follow"), OpenOrder(order_id=order_id))
    if view.can_change:
        change = Button(_.label("✏️ Change"), ChangeOrder(order_id=order_id))
        rows.append((follow, change, Button(_.label("❌ Cancel"), AskCancel(order_id=order_id))))
    return Screen(text, (*rows, (home_button(_),)))


def saved_baskets(found: Sequence[SavedBrief], _: Language, *, has_basket: bool, may_order: bool) -> Screen:
    """Each is a button; what the basket holds now can be kept too, while there is room."""
    text = _("⭐️ Your saved baskets:") if found else _("You have not saved a basket yet.")
    rows = [
        (
            Button(
                shortened(_.label("{name} ({count} items)", name=each.name, count=each.line_count), ALONE),
                OpenSavedOne(basket_id=each.id),
            ),
        )
        for each in found
    ]
    if has_basket and may_order and len(found) < MOST_SAVED:
        rows.append((Button(_.label("💾 Keep the present basket"), AskSavedName()),))
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    return Screen(text, (*rows, (shop, home_button(_))))


def saved_basket(basket: SavedBasket, _: Language, *, may_order: bool, is_new: bool = False) -> Screen:
    """One of them with its lines."""
    text: list[Words] = [_("💾 Kept as “{name}”.", name=basket.name)] if is_new else []
    text.append(_("⭐️ {name}", name=basket.name))
    for at, line in enumerate(basket.lines[:MOST_SHOWN], 1):
        quantity = counted(line.quantity, line.unit, _)
        text.append(_("{at}. {name} — {quantity}", at=at, name=line.short_name, quantity=quantity))
    text += rest(len(basket.lines), _)
    back = (Button(_.label("⬅️ Back"), OpenSaved()), home_button(_))
    if not may_order:
        return Screen("\n".join(text), (back,))
    fill = Button(_.label("✅ Fill it"), FillSaved(basket_id=basket.id))
    name = Button(_.label("✏️ Another name"), AskRename(basket_id=basket.id))
    drop = Button(_.label("🗑 Delete"), AskDropSaved(basket_id=basket.id))
    return Screen("\n".join(text), ((fill,), (name, drop), back))


def name_question(_: Language, basket: SavedBasket | None = None) -> Screen:
    """Asked for the present basket, or for one that gets another name."""
    if basket is None:
        text = _("What shall this basket be called? At most {most} characters.", most=MOST_NAME)
        back = Button(_.label("⬅️ Back"), OpenSaved())
    else:
        text = _("What shall “{name}” be called from now on?", name=basket.name)
        back = Button(_.label("⬅️ Back"), OpenSavedOne(basket_id=basket.id))
    return Screen(text, ((back, home_button(_)),))


def drop_question(basket: SavedBasket, _: Language) -> Screen:
    text = _("Shall the saved basket “{name}” be deleted?", name=basket.name)
    yes = Button(_.label("🗑 Yes, delete it"), DropSaved(basket_id=basket.id))
    return Screen(text, ((yes, Button(_.label("⬅️ Back"), OpenSavedOne(basket_id=basket.id))),))
