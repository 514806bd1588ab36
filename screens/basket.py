"""The basket and its lines (S1.14, S1.15)."""

from __future__ import annotations

from domain.basket import Added, Basket, LineOpen
from domain.catalogue import Product
from domain.checkout import discounted
from domain.orders import OrderLine
from domain.quantities import suggestions
from screens.callbacks.basket import (
    AskEmpty,
    AskLine,
    ChooseTerm,
    EditBasket,
    EmptyBasket,
    OpenBasket,
    OpenLine,
    SetLine,
)
from screens.callbacks.catalogue import OpenCatalogue, OpenCategory, OpenProduct
from screens.callbacks.orders import DropChange
from screens.callbacks.written import OpenPending
from screens.home import home_button
from screens.language import Language, Words
from screens.order_lines import given_names, hints, listed, other_gifts, totals, writer
from screens.pages import cut, titled, turning
from screens.product import how_many
from screens.screen import ALONE, Button, Screen, shortened
from screens.units import counted

MOST_SHOWN = 30
"""So many lines are written out in the basket; the rest is seen by paging through the lines as buttons."""
EDIT_PER_PAGE = 8


def added(added: Added, _: Language) -> Screen:
    """S1.14."""
    draft, product = added.basket.draft, added.product
    text = _("{quantity} added.", quantity=counted(added.quantity, product.unit, _))
    if given := _given(added, _):
        text = Words(f"{text} {given}")
    line = draft.line(product.id)
    if line is not None and line.quantity != added.quantity:
        so_far = _("Now {quantity} in the basket.", quantity=_counted(line, _))
        text = Words(f"{text}\n{so_far}")
    go_on = OpenCategory(category_id=product.category_id, page=1)
    return Screen(
        text,
        (
            (Button(_.label("➕ Go on shopping"), go_on), basket_button(len(draft.lines), _)),
            (home_button(_),),
        ),
    )


def _given(added: Added, _: Language) -> Words | None:
    """What the product's line now brings: «تخفیف ۵٪: ۱۷۷٬۶۰۰ تومان», «🎁 ۴ عدد رایگان»."""
    said: list[Words] = []
    if added.discount and added.rate is not None:
        said.append(_("Discount {rate}: {discount} toman", rate=added.rate, discount=added.discount))
    elif added.discount:
        said.append(_("Discount: {discount} toman", discount=added.discount))
    if added.free:
        said.append(_("🎁 {quantity} free", quantity=counted(added.free, added.product.unit, _)))
    return Words(" · ".join(said)) if said else None


def basket_button(line_count: int, _: Language) -> Button:
    return Button(_.label("🛒 Basket ({count} items)", count=line_count), OpenBasket())


def basket(basket: Basket, _: Language) -> Screen:
    """S1.15; for a draft that changes a placed order, with the way to leave that order as it was."""
    draft = basket.draft
    heading = _("🛒 Your basket")
    if basket.original is not None:
        heading = _("✏️ Changing order {number}", number=basket.original.number)
    if not draft.lines:
        return _empty(basket, heading, _)
    text = [heading, *_lines(basket, _)]
    rows = [
        (
            Button(_.label("✏️ Edit"), EditBasket(page=1)),
            Button(_.label("🗑 Empty"), AskEmpty()),
            Button(_.label("➕ Go on shopping"), OpenCatalogue()),
        ),
        *_asks(basket, _),
        (Button(_.label("✅ Go on to order"), ChooseTerm()),),
        _last_row(basket, _),
    ]
    return Screen("\n".join(text), tuple(rows))


def _lines(basket: Basket, _: Language) -> list[Words]:
    """The lines, what comes with them, what it comes to, and what a little more would change."""
    draft, quote = basket.draft, basket.quote
    if quote is None:
        lines, _hidden = listed(draft.lines, MOST_SHOWN, writer(), _)
        return [*lines, *totals(draft.net, draft.vat, _)]
    paid = discounted(draft, quote)
    lines, _hidden = listed(paid, MOST_SHOWN, writer(basket.gifts, given_names(quote)), _)
    return [
        *lines,
        *other_gifts(basket.gifts, paid, _),
        *totals(quote.net, quote.vat, _),
        *hints(quote, paid, _),
    ]


def _empty(basket: Basket, heading: Words, _: Language) -> Screen:
    text = _("Your basket is empty.")
    if basket.original is not None:
        nothing = _("There are no items left. To cancel the order, leave the change first.")
        text = Words(f"{heading}\n{nothing}")
    shop = (Button(_.label("🛒 Start shopping"), OpenCatalogue()),)
    return Screen(text, (*_asks(basket, _), shop, _last_row(basket, _)))


def _asks(basket: Basket, _: Language) -> tuple[tuple[Button, ...], ...]:
    """What was written and is not decided yet, one tap away."""
    if not basket.asks:
        return ()
    return ((Button(_.label("❓ Not decided yet ({count})", count=basket.asks), OpenPending()),),)


def _last_row(basket: Basket, _: Language) -> tuple[Button, ...]:
    if basket.original is None:
        return (home_button(_),)
    leave = Button(_.label("↩️ Leave it unchanged"), DropChange(order_id=basket.draft.id))
    return (leave, home_button(_))


def _counted(line: OrderLine, _: Language) -> str:
    return counted(line.quantity, line.unit, _)


def edit(basket: Basket, page: int, _: Language) -> Screen:
    """The lines as buttons, a page of them."""
    lines = basket.draft.lines
    if not lines:
        return _empty(basket, _("🛒 Your basket"), _)
    shown, page, pages = cut(lines, page, EDIT_PER_PAGE)
    rows: list[tuple[Button, ...]] = [
        (Button(_line_label(line, _), OpenLine(product_id=line.product_id)),) for line in shown
    ]
    if pages > 1:
        rows.append(turning(page, pages, lambda to: EditBasket(page=to), _))
    back = Button(_.label("⬅️ Back"), OpenBasket())
    title = titled(_("Which item shall we change?"), page, pages, _)
    return Screen(title, (*rows, (back, home_button(_))))


def _line_label(line: OrderLine, _: Language) -> str:
    quantity = f" — {_counted(line, _)}"
    return shortened(line.short_name, ALONE - len(quantity)) + quantity


def line(opened: LineOpen, _: Language) -> Screen:
    """One line, to be changed or taken out."""
    line, product = opened.line, opened.product
    text = _(
        "{name} — {quantity}\nPrice: {price} toman\nHow many shall it be?",
        name=product.name,
        quantity=_counted(line, _),
        price=line.unit_price,
    )
    choices = [each for each in suggestions(product) if each != line.quantity]
    rows = [choices[:2], choices[2:]]
    buttons = [
        tuple(
            Button(counted(each, product.unit, _), SetLine(product_id=product.id, quantity=each))
            for each in row
        )
        for row in rows
        if row
    ]
    return Screen(
        text,
        (
            *buttons,
            (
                Button(_.label("✍️ Another number"), AskLine(product_id=product.id)),
                Button(_.label("🗑 Take out"), SetLine(product_id=product.id, quantity=0)),
            ),
            (Button(_.label("⬅️ Back"), EditBasket(page=1)), home_button(_)),
        ),
    )


def quantity_question(product: Product, is_line: bool, _: Language) -> Screen:
    """A number is to be typed; what was asked before is one tap away."""
    back = OpenLine(product_id=product.id) if is_line else OpenProduct(product_id=product.id)
    asked = how_many(product.unit, _)
    if product.carton == 1:
        text = _("{name}\n{question} Send a number, for example 24.", name=product.name, question=asked)
    else:
        text = _(
            "{name}\n{question} Send a number, for example 24 or “2 cartons”.",
            name=product.name,
            question=asked,
        )
    return Screen(text, ((Button(_.label("⬅️ Back"), back), home_button(_)),))


def empty_question(basket: Basket, _: Language) -> Screen:
    draft = basket.draft
    if not draft.lines:
        return _empty(basket, _("🛒 Your basket"), _)
    text = _("Shall all {count} items be taken out of the basket?", count=len(draft.lines))
    yes = Button(_.label("🗑 Yes, empty it"), EmptyBasket(order_id=draft.id, version=draft.version))
    return Screen(text, ((yes, Button(_.label("No"), OpenBasket())), (home_button(_),)))
