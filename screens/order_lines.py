"""Lines of a basket or an order with what is taken off, the bonus goods beside them, and the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from domain.gifts import Gift
from domain.money import Money, Rate
from domain.orders import Order, OrderLine
from domain.pricing import Applied, NextStep, Quote
from domain.promotion_rules import PromotionKind
from screens.language import Language, Words
from screens.units import counted

ROOM = 3_000
"""Characters of a message that lines may fill; what stands around them needs the rest of its 4,096."""
MOST_HINTS = 2
NEAR = 2_500
"""A further bonus is hinted at when at most a quarter of what is there now is missing for it."""
Writer = Callable[[int, OrderLine, Language], Words]


def listed(lines: Sequence[OrderLine], most: int, dressed: Writer, _: Language) -> tuple[list[Words], int]:
    """The first lines, as many as have room in a message, and how many are only counted at their end."""
    text: list[Words] = []
    left = ROOM
    for at, line in enumerate(lines[:most], 1):
        words = dressed(at, line, _)
        left -= len(words)
        if left < 0:
            break
        text.append(words)
    hidden = len(lines) - len(text)
    if hidden:
        text.append(_("… and {count} more items", count=hidden))
    return text, hidden


def given_names(quote: Quote) -> Mapping[int, tuple[Applied, ...]]:
    """What was taken off of each product, for the brackets in its line."""
    return {line.product_id: tuple(each for each in line.applied if each.amount) for line in quote.lines}


def writer(gifts: Iterable[Gift] = (), names: Mapping[int, tuple[Applied, ...]] | None = None) -> Writer:
    """Writes a line with what is taken off, by name where names are known, and its own bonus goods."""
    own = tuple(gifts)
    names = names or {}

    def write(at: int, line: OrderLine, _: Language) -> Words:
        text = _line(at, line, names.get(line.product_id, ()), _)
        for gift in own:
            if gift.product_id == line.product_id:
                free = _("   🎁 Bonus: {quantity} free", quantity=counted(gift.quantity, gift.unit, _))
                text = Words(f"{text}\n{free}{_later(gift.later, gift, _)}")
        return text

    return write


def _line(at: int, line: OrderLine, names: Sequence[Applied], _: Language) -> Words:
    quantity = counted(line.quantity, line.unit, _)
    if not line.discount:
        text = _(
            "{at}. {name} — {quantity} = {net}", at=at, name=line.short_name, quantity=quantity, net=line.net
        )
    else:
        heading = _("{at}. {name} — {quantity}", at=at, name=line.short_name, quantity=quantity)
        text = Words(f"{heading}\n{_reckoning(line, names, _)}")
    if line.later:
        later = _("   ({quantity} with the next delivery)", quantity=counted(line.later, line.unit, _))
        text = Words(f"{text}\n{later}")
    return text


def _reckoning(line: OrderLine, names: Sequence[Applied], _: Language) -> Words:
    """«۳٬۵۵۲٬۰۰۰ − ۱۷۷٬۶۰۰ (پلکانی ۵٪) = ۳٬۳۷۴٬۴۰۰»."""
    amounts = {"gross": line.gross, "discount": line.discount, "net": line.net}
    if not names:
        return _("   {gross} − {discount} = {net}", **amounts)
    return _(
        "   {gross} − {discount} ({names}) = {net}",
        names=_.listed(_applied(each, _) for each in names),
        **amounts,
    )


def _applied(each: Applied, _: Language) -> Words:
    if each.rate is None:
        return _.say(each.name)
    return _("{name} {rate}", name=each.name, rate=each.rate)


def _later(later: int, gift: Gift, _: Language) -> Words:
    if not later:
        return Words("")
    return _(" ({quantity} with the next delivery)", quantity=counted(later, gift.unit, _))


def gifts_of(order: Order) -> tuple[Gift, ...]:
    """The bonus goods that stand in a placed order."""
    return tuple(
        Gift(
            promotion_id=line.bonus_of or 0,
            name=line.label,
            product_id=line.product_id,
            label=line.label,
            unit=line.unit,
            quantity=line.quantity,
            later=line.later,
        )
        for line in order.lines
        if line.is_bonus
    )


def other_gifts(gifts: Iterable[Gift], lines: Iterable[OrderLine], _: Language) -> list[Words]:
    """Bonus goods of products that stand in no line of their own."""
    bought = {line.product_id for line in lines}
    return [_gift(gift, _) for gift in gifts if gift.product_id not in bought]


def _gift(gift: Gift, _: Language) -> Words:
    quantity = counted(gift.quantity, gift.unit, _)
    if gift.product_id is None:
        return _("🎁 Bonus ({name}): {quantity} of your choice", name=gift.name, quantity=quantity)
    text = _("🎁 Bonus: {quantity} {label} free", quantity=quantity, label=gift.label)
    return Words(f"{text}{_later(gift.later, gift, _)}")


def totals(net: Money, vat: Money, _: Language) -> list[Words]:
    return [
        _("Sum: {net} toman", net=net),
        _("Value-added tax: {vat}", vat=vat),
        _("To pay: {payable} toman", payable=net + vat),
    ]


def hints(quote: Quote, lines: Sequence[OrderLine], _: Language) -> list[Words]:
    """What a little more would bring: first what then costs less than now, or else the nearest steps."""
    cliffs = [step for step in quote.next_steps if step.saves and step.units]
    if cliffs:
        return [_cliff(step, lines, _) for step in cliffs[:MOST_HINTS]]
    given = {line.promotion_id for line in quote.bonus}
    discounts = [step for step in quote.next_steps if step.kind is not PromotionKind.BONUS]
    bonus = [
        step
        for step in quote.next_steps
        if step.kind is PromotionKind.BONUS
        and (step.promotion_id not in given or step.distance.basis_points < NEAR)
    ]
    return [_hint(step, lines, _) for step in (*discounts[:1], *bonus[:1])]


def _cliff(step: NextStep, lines: Sequence[OrderLine], _: Language) -> Words:
    """Rule R5.2: «۱ عدد بیشتر بگیرید، ۵۸٬۸۰۰ تومان کمتر می‌پردازید»."""
    if len(lines) == 1:
        quantity = counted(step.units, lines[0].unit, _)
        return _("💡 Take {quantity} more and pay {saves} toman less.", quantity=quantity, saves=step.saves)
    return _("💡 Take {more} more and pay {saves} toman less.", more=_more(step, lines, _), saves=step.saves)


def _hint(step: NextStep, lines: Sequence[OrderLine], _: Language) -> Words:
    if step.products and step.rate is not None:
        return _wider(step, step.rate, _)
    if step.kind is PromotionKind.BONUS:
        return _("💡 With {more} more, the bonus becomes {free}.", more=_more(step, lines, _), free=step.free)
    if step.rate is None:
        return _(
            "💡 With {more} more, the discount “{name}” grows.", more=_more(step, lines, _), name=step.name
        )
    return _(
        "💡 With {more} more, the discount {name} becomes {rate}.",
        more=_more(step, lines, _),
        name=step.name,
        rate=step.rate,
    )


def _wider(step: NextStep, rate: Rate, _: Language) -> Words:
    """Different goods are missing, and perhaps money too: «با ۱ قلم دیگر از کالاهای «…»، ۴٪ تخفیف…»."""
    values = {"count": step.products, "name": step.name, "rate": rate}
    if not step.amount:
        return _("💡 With {count} other items of “{name}”, you get {rate} off.", **values)
    return _(
        "💡 With {count} other items and {amount} toman more of “{name}”, you get {rate} off.",
        amount=step.amount,
        **values,
    )


def _more(step: NextStep, lines: Sequence[OrderLine], _: Language) -> Words:
    """«۲۴ عدد شامپوی», «۱٬۲۰۰٬۰۰۰ تومان خرید»: how much of what is missing."""
    if not step.units:
        return _("{amount} toman of purchases", amount=step.amount)
    line = next((each for each in lines if each.product_id == step.product_id), None)
    if line is None:
        return _("{units} of the goods of “{name}”", units=step.units, name=step.name)
    return _("{quantity} of {noun}", quantity=counted(step.units, line.unit, _), noun=_noun(line, lines, _))


def _noun(line: OrderLine, lines: Sequence[OrderLine], _: Language) -> str:
    """What the line is called among these: its first word where no other line begins with it."""
    first = line.short_name.split()[0]
    is_plain = sum(each.short_name.split()[0] == first for each in lines) == 1
    name = first if is_plain else line.label
    # In Persian a word that ends in a long vowel is linked to what follows by a letter.
    return f"{name}ی" if _.code == "fa" and name.endswith(("ا", "و")) else name
