"""What is refused in a basket with a way on: too little of a product (S1.21), or sold no more."""

from __future__ import annotations

from domain.errors import NotSold, Shortage
from screens.callbacks.basket import AddPart, OpenBasket, SetLine
from screens.callbacks.catalogue import AlertMe, OpenSimilar
from screens.home import home_button
from screens.language import Language
from screens.pages import in_rows
from screens.screen import SHARING, Button, Screen
from screens.units import counted

MOST_UNITS = 99_999


def shortage(short: Shortage, _: Language) -> Screen:
    """S1.21. What is offered may be less than what there is: whole multiples, at least the minimum."""
    missing = min(short.asked - short.offered, MOST_UNITS)
    others = (
        Button(_.label("Something similar"), OpenSimilar(product_id=short.product_id, page=1)),
        Button(_.label("🔔 Tell me"), AlertMe(product_id=short.product_id, quantity=missing)),
    )
    last = (Button(_.label("🛒 Basket"), OpenBasket()), home_button(_))
    if not short.offered:
        text = _("“{label}” is out of stock at the moment.", label=short.label)
        if short.available:
            available = counted(short.available, short.unit, _)
            text = _("Of “{label}” we have only {available}.", label=short.label, available=available)
        return Screen(text, (others, last))
    offered = counted(short.offered, short.unit, _)
    only = SetLine(product_id=short.product_id, quantity=short.offered)
    split = AddPart(product_id=short.product_id, now=short.offered, later=missing)
    available = counted(short.available, short.unit, _)
    taken = (
        Button(_.label("Send {quantity}", quantity=offered), only),
        Button(_.label("{quantity} now, the rest later", quantity=offered), split),
    )
    # A long number needs the whole width: cut off, nobody would know what comes later.
    is_long = any(len(button.label) > SHARING for button in taken)
    return Screen(
        _("Of “{label}” we have only {available}.", label=short.label, available=available),
        (*in_rows(taken, 1 if is_long else 2), others, last),
    )


def not_sold(no: NotSold, _: Language) -> Screen:
    text = _("“{label}” is not sold any more. Please take it out of the basket.", label=no.label)
    out = Button(_.label("🗑 Take out"), SetLine(product_id=no.product_id, quantity=0))
    return Screen(text, ((out, Button(_.label("🛒 Basket"), OpenBasket())), (home_button(_),)))
