"""What is asked about one line of a written order (S2.2, S2.5 to S2.7)."""

from __future__ import annotations

from decimal import Decimal

from domain.catalogue import Offer, Product, Unit
from domain.orders import OrderLine, most_sold
from domain.quantities import suggestions
from domain.written.names import choice_name, full_name
from domain.written.words import CARTON, PIECE
from domain.written_drafts import Asked, Asks, Open, Said
from screens.callbacks.written import AnswerLine, AnswerMany, PickProduct
from screens.language import Language, Words
from screens.pages import in_rows
from screens.screen import ALONE, SHARING, Button, shortened
from screens.units import counted

MOST_ABOVE = 20
Rows = tuple[tuple[Button, ...], ...]


def understood(asked: Asked, _: Language) -> list[Words]:
    """What is clear already, named in full."""
    found = []
    for product_id in asked.understood:
        line, offer = asked.draft.line(product_id), asked.offers.get(product_id)
        if line is not None:
            name = full_name(offer.product) if offer else line.short_name
            found.append(_understood(name, line, offer, _))
    return found


def _understood(name: str, line: OrderLine, offer: Offer | None, _: Language) -> Words:
    quantity = counted(line.quantity, line.unit, _)
    carton = offer.product.carton if offer else 1
    if carton > 1 and line.quantity % carton == 0:
        cartons = _.label("{count} cartons", count=line.quantity // carton)
        return _("✅ {name} — {quantity} ({cartons})", name=name, quantity=quantity, cartons=cartons)
    return _("✅ {name} — {quantity}", name=name, quantity=quantity)


def above(lines: tuple[OrderLine, ...], words: Words, _: Language) -> Words:
    """What was understood, above a question about the whole order."""
    if not lines:
        return words
    named = [_understood(line.short_name, line, None, _) for line in lines[:MOST_ABOVE]]
    if len(lines) > MOST_ABOVE:
        named.append(_("… and {count} more items", count=len(lines) - MOST_ABOVE))
    return Words("\n".join((_("This is what I understood:"), *named, words)))


def question(asked: Asked, _: Language) -> tuple[Words, Rows]:
    """The words of the question, and what can be answered."""
    match asked.open.asks:
        case Asks.WHICH:
            return _which(asked, _)
        case Asks.UNIT:
            return _unit(asked, _)
        case Asks.MANY:
            return _many(asked, _)
        case Asks.UNKNOWN:
            return _unknown(asked, _)
    return _lacking(asked, _)


def _which(asked: Asked, _: Language) -> tuple[Words, Rows]:
    products = _choices(asked)
    subject, quantity = _subject(asked.open, products, _), _said(asked.open, products, _)
    if quantity is None:
        text = _("❓ {name}: which one?", name=subject)
    else:
        text = _("❓ {name} — {quantity}: which one?", name=subject, quantity=quantity)
    return text, (*_picks(asked, products, _), (*_half(asked, products, _), _drop(asked, _)))


def _choices(asked: Asked) -> list[Product]:
    return [asked.offers[each].product for each in asked.open.choices if each in asked.offers]


def _subject(of: Open, products: list[Product], _: Language) -> str:
    """The family of which all are, or what was written."""
    families = {each.family for each in products}
    family = families.pop() if len(families) == 1 else None
    return family or _.digits(of.phrase)


def _said(of: Open, products: list[Product], _: Language) -> str | None:
    """«۶ عدد», «۲ کارتن»: as it was said."""
    if of.quantity is None or of.quantity != of.quantity.to_integral_value():
        return None
    if of.unit == CARTON:
        return _.label("{count} cartons", count=int(of.quantity))
    if of.unit in (None, PIECE):
        return counted(int(of.quantity), products[0].unit if products else Unit.PIECE, _)
    return _.digits(f"{of.quantity:f} {of.unit}")


def _picks(asked: Asked, products: list[Product], _: Language) -> Rows:
    """Each choice a button; names that are told apart by little are told apart by that alone."""
    are_shades = len({each.family for each in products}) == 1
    names = [_.plain(choice_name(each) if are_shades else full_name(each)) for each in products]
    is_long = any(len(name) > SHARING for name in names)
    buttons = [
        Button(shortened(name, ALONE if is_long else SHARING), _pick(asked, product))
        for name, product in zip(names, products, strict=True)
    ]
    return in_rows(buttons, 1 if is_long else 2)


def _half(asked: Asked, products: list[Product], _: Language) -> tuple[Button, ...]:
    """«نصف‌نصف», where it is about two and there is a half."""
    quantity = asked.open.quantity or Decimal(0)
    is_even = quantity == quantity.to_integral_value() and int(quantity) % 2 == 0
    if len(products) != 2 or not quantity or not is_even:
        return ()
    return (Button(_.label("Half and half"), _answer(asked, Said.HALF)),)


def _unit(asked: Asked, _: Language) -> tuple[Words, Rows]:
    """S2.5: cartons or pieces; more is named where more was written."""
    product = asked.offers[asked.open.product_id or 0].product
    count = int(asked.open.quantity or 1)
    pieces, cartons = counted(count, product.unit, _), _.label("{count} cartons", count=count)
    units = counted(count * product.carton, product.unit, _)
    if asked.open.usually_cartons:
        text = _(
            "{pieces} or {cartons} ({units})? So far you have bought it by the carton.",
            pieces=pieces,
            cartons=cartons,
            units=units,
        )
    else:
        text = _("{pieces} or {cartons} ({units})?", pieces=pieces, cartons=cartons, units=units)
    if not asked.is_alone:
        text = _("❓ {name}: {question}", name=full_name(product), question=text)
    by_carton = Button(cartons, _number(asked, count * product.carton))
    return text, ((by_carton, Button(pieces, _number(asked, count))),)


def _many(asked: Asked, _: Language) -> tuple[Words, Rows]:
    product = asked.offers[asked.open.product_id or 0].product
    text = _("❓ How many of {name}? Tap, or write the number.", name=full_name(product))
    buttons = [Button(counted(each, product.unit, _), _number(asked, each)) for each in suggestions(product)]
    return text, (*in_rows(buttons, 2), (_drop(asked, _),))


def _unknown(asked: Asked, _: Language) -> tuple[Words, Rows]:
    """S2.6."""
    products = _choices(asked)
    phrase = _.digits(asked.open.phrase)
    none = Button(_.label("None of them"), _answer(asked, Said.NONE))
    if not products:
        wanted = Button(_.label("Ask your buyers for it"), _answer(asked, Said.NONE))
        return _("I did not find “{phrase}”.", phrase=phrase), ((wanted, _drop(asked, _)),)
    text = _("I did not find “{phrase}”. Perhaps one of these:", phrase=phrase)
    return text, (*_picks(asked, products, _), (none,))


def _lacking(asked: Asked, _: Language) -> tuple[Words, Rows]:
    """S2.7, or S1.21 where there is some of it."""
    offer = asked.offers.get(asked.open.product_id or 0)
    if offer is None:
        text = _("“{label}” is out of stock at the moment.", label=_.digits(asked.open.phrase))
        return text, ((_drop(asked, _),),)
    product, left, pieces = offer.product, offer.stock.available, asked.open.pieces or 0
    offered = most_sold(product.minimum, product.multiple, left)
    if not offered:
        text = _(
            "“{label}” is out of stock right now. 🔔 Shall I tell you when it is back?", label=product.label
        )
        tell = Button(_.label("Tell me"), _answer(asked, Said.ALERT))
        return text, ((tell, *_similar(asked, _), _drop(asked, _)),)
    available = counted(left, product.unit, _)
    taken = (
        Button(
            _.label("Send {quantity}", quantity=counted(offered, product.unit, _)), _answer(asked, Said.ONLY)
        ),
        Button(
            _.label("{quantity} now, the rest later", quantity=counted(offered, product.unit, _)),
            _answer(asked, Said.SPLIT),
        ),
    )
    tell = Button(_.label("🔔 Tell me"), _answer(asked, Said.ALERT))
    text = _("Of “{label}” we have only {available}.", label=product.label, available=available)
    is_long = any(len(button.label) > SHARING for button in taken)
    rows = in_rows(taken, 1 if is_long else 2) if pieces else ()
    return text, (*rows, (*_similar(asked, _), tell), (_drop(asked, _),))


def _similar(asked: Asked, _: Language) -> tuple[Button, ...]:
    if asked.substitute is None:
        return ()
    product = asked.substitute.product
    label = _.label("Similar: {name}", name=product.label)
    return (Button(shortened(label, SHARING), _pick(asked, product)),)


def _drop(asked: Asked, _: Language) -> Button:
    return Button(_.label("Leave it out"), _answer(asked, Said.DROP))


def _answer(asked: Asked, said: Said) -> AnswerLine:
    return AnswerLine(order_id=asked.order_id, key=asked.open.key, said=said)


def _pick(asked: Asked, product: Product) -> PickProduct:
    return PickProduct(order_id=asked.order_id, key=asked.open.key, product_id=product.id)


def _number(asked: Asked, quantity: int) -> AnswerMany:
    return AnswerMany(order_id=asked.order_id, key=asked.open.key, quantity=quantity)
