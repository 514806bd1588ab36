"""A shelf of goods (S1.12): lines with price and stock, a number for each, and the ways on."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from domain.actors import Actor
from domain.catalogue import Offer, Shelf, StockState
from screens.callbacks.basket import OpenBasket
from screens.callbacks.catalogue import AskSearch, OpenProduct
from screens.language import Language, Words
from screens.pages import titled, turning
from screens.screen import Button, Screen
from screens.units import counted

Row = tuple[Button, ...]


def shelf_page(
    shelf: Shelf,
    title: Words,
    to: Callable[[int], CallbackData],
    last: Row,
    actor: Actor,
    basket: int | None,
    _: Language,
    product: Callable[[int], CallbackData] = lambda product_id: OpenProduct(product_id=product_id),
) -> Screen:
    """``basket`` is how many lines the reader's basket has; None for whoever has none."""
    lines = [titled(title, shelf.page, shelf.pages, _)]
    numbers = []
    for place, offer in enumerate(shelf.offers, 1):
        is_on_deal = offer.product.id in shelf.on_deal
        lines.append(_line(place, offer, _, is_exact=actor.staff_id is not None, is_on_deal=is_on_deal))
        numbers.append(Button(_.digits(str(place)), product(offer.product.id)))
    pages = turning(shelf.page, shelf.pages, to, _)
    ways: Row = (search_button(_),)
    if basket is not None:
        ways = (*ways, basket_button(basket, _))
    middle = (pages, ways) if len(pages) > 1 else ((*pages, *ways),)
    return Screen("\n".join(lines), (tuple(numbers), *middle, last))


def _line(place: int, offer: Offer, _: Language, *, is_exact: bool, is_on_deal: bool) -> Words:
    """«۱. شامپو ضدشوره آوین ۲۵۰ میل — ۱۴۸٬۰۰۰ ✅ 🎁»; what is out of stock has no price, except for staff."""
    facts = []
    if offer.price is not None and (is_exact or offer.stock.state is not StockState.OUT):
        facts.append(_.say(offer.price))
    if is_exact:
        facts.append(_.say(counted(offer.stock.available, offer.product.unit, _)))
    mark = f"{_mark(offer.stock.state, _)} 🎁" if is_on_deal else _mark(offer.stock.state, _)
    what = Words(f"{' · '.join(facts)} {mark}".strip())
    return _("{number}. {name} — {facts}", number=place, name=offer.product.name, facts=what)


def _mark(state: StockState, _: Language) -> str:
    match state:
        case StockState.AVAILABLE:
            return "✅"
        case StockState.LOW:
            return _("🟡 few")
    return _("out of stock")


def basket_button(count: int, _: Language) -> Button:
    return Button(_.label("🛒 Basket ({count})", count=count), OpenBasket())


def search_button(_: Language) -> Button:
    return Button(_.label("🔎 Search"), AskSearch())
