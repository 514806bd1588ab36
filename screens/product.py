"""One product (S1.13)."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from domain.actors import Actor
from domain.catalogue import Offer, Product, Shelf, StockState, Unit
from domain.deals import Deal
from domain.quantities import suggestions
from screens.callbacks.basket import AddToBasket, AskQuantity
from screens.callbacks.catalogue import AlertMe, OpenCategory, OpenSimilar
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.promotion_words import card_line
from screens.screen import Button, Screen, Toast

WIDEST_ROW = 32
"""So many characters fit into a row on a phone, where each button is as wide as the widest of them."""
MOST_DEALS = 3
"""So many promotions are named under the picture of a product; its caption is short."""


def product_card(
    shelf: Shelf,
    actor: Actor,
    _: Language,
    came_from: CallbackData | None = None,
    deals: Sequence[Deal] = (),
) -> Screen:
    """S1.13; ``shelf`` holds the one offer, and is the page of its category.

    The way back leads to that page, unless the person ``came_from`` somewhere else.
    """
    offer = shelf.offers[0]
    product = offer.product
    is_sellable = (
        actor.rights.may_order and offer.price is not None and offer.stock.state is not StockState.OUT
    )
    lines = [_.say(product.name), _code(product, _), *_price(offer, actor, _)]
    lines.append(_exact_stock(offer, _) if actor.staff_id is not None else _stock(offer, _))
    lines += _limits(product, _)
    lines += [card_line(each, _) for each in deals[:MOST_DEALS]]
    on_shelf = OpenCategory(category_id=product.category_id, page=shelf.page)
    back = Button(_.label("⬅️ Back"), came_from or on_shelf)
    if is_sellable:
        lines.append(how_many(product.unit, _))
        another = Button(_.label("✍️ Another quantity"), AskQuantity(product_id=product.id))
        rows = (*_quantities(product, _), (another, back))
    elif offer.stock.state is StockState.OUT:
        rows = (_instead(product, actor, _), (back,))
    else:
        if actor.customer_id is not None and not actor.rights.may_order:
            lines.append(_("Ordering is not enabled for your number."))
        rows = ((back, home_button(_)),)
    return Screen("\n".join(lines), rows, photo=product.photo_id)


def alert_kept(offer: Offer, _: Language) -> Toast:
    return Toast(
        _.label("We will tell you here as soon as “{name}” is in stock.", name=offer.product.label),
        alert=True,
    )


def _code(product: Product, _: Language) -> Words:
    code = _("Code {code}", code=_.digits(product.code))
    return code if product.carton == 1 else Words(f"{code} · {_carton(product, _)}")


def _carton(product: Product, _: Language) -> Words:
    match product.unit:
        case Unit.PACK:
            return _("carton of {count} packs", count=product.carton)
        case Unit.BOTTLE:
            return _("carton of {count} bottles", count=product.carton)
        case Unit.TUBE:
            return _("carton of {count} tubes", count=product.carton)
    return _("carton of {count} pieces", count=product.carton)


def _price(offer: Offer, actor: Actor, _: Language) -> tuple[Words, ...]:
    if not actor.can_see_prices:
        return (_("Prices are shown once your membership is approved (send /start)."),)
    if offer.price is None:
        return (_("Your price: not set yet"),)
    if actor.staff_id is not None:
        return (_("Price: {price} toman (list: {list})", price=offer.price, list=offer.price_list or ""),)
    return (_("Your price: {price} toman", price=offer.price),)


def _stock(offer: Offer, _: Language) -> Words:
    match offer.stock.state:
        case StockState.AVAILABLE:
            return _("Stock: ✅ available")
        case StockState.LOW:
            return _("Stock: 🟡 few left")
    return _("Stock: out of stock")


def _exact_stock(offer: Offer, _: Language) -> Words:
    stock = offer.stock
    return _(
        "Stock: {available} (on hand {on_hand}, reserved {reserved}, safety {safety})",
        available=stock.available,
        on_hand=stock.on_hand,
        reserved=stock.reserved,
        safety=stock.safety,
    )


def _limits(product: Product, _: Language) -> tuple[Words, ...]:
    least = max(product.minimum, product.multiple)
    if least == 1:
        return ()
    if product.multiple == 1:
        return (_("At least {minimum}", minimum=least),)
    return (_("At least {minimum}, in steps of {multiple}", minimum=least, multiple=product.multiple),)


def how_many(unit: Unit, _: Language) -> Words:
    """The question for a quantity, in the words of the unit."""
    match unit:
        case Unit.PACK:
            return _("How many packs?")
        case Unit.BOTTLE:
            return _("How many bottles?")
        case Unit.TUBE:
            return _("How many tubes?")
    return _("How many pieces?")


def _quantities(product: Product, _: Language) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(_quantity(product, each, _), AddToBasket(product_id=product.id, quantity=each))
        for each in suggestions(product)
    ]
    is_wide = max(len(button.label) for button in buttons) * len(buttons) > WIDEST_ROW
    return in_rows(buttons, 2 if is_wide else 4)


def _quantity(product: Product, quantity: int, _: Language) -> str:
    cartons, rest = divmod(quantity, product.carton)
    if product.carton == 1 or rest:
        return _.digits(str(quantity))
    if cartons == 1:
        return _.label("1 carton = {quantity}", quantity=quantity)
    return _.label("{cartons} cartons = {quantity}", cartons=cartons, quantity=quantity)


def _instead(product: Product, actor: Actor, _: Language) -> tuple[Button, ...]:
    """What can be done about a product that is out of stock."""
    similar = Button(_.label("🔁 Similar items"), OpenSimilar(product_id=product.id, page=1))
    if actor.customer_id is None:
        return (similar,)
    return Button(_.label("🔔 Tell me"), AlertMe(product_id=product.id, quantity=product.minimum)), similar
