"""An earlier order, ordered again: at today's prices, with every difference named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.basket import Basket, Step, Summary, is_sold, line_of
from domain.catalogue import Offer, Unit
from domain.money import Money
from domain.orders import Order, OrderLine, most_sold
from domain.quantities import MOST_UNITS
from domain.quantities import is_sold as is_quantity_sold
from domain.saved_baskets import SavedBasket
from domain.suggestions import Hint


class Choice(StrEnum):
    """What to do with a line of which there is too little."""

    SPLIT = "split"
    ONLY = "only"
    SUBSTITUTE = "swap"
    DROP = "drop"


class Change(StrEnum):
    """How today differs from then."""

    DEARER = "dearer"
    CHEAPER = "cheaper"
    ENDED = "ended"
    """A promotion of then gives nothing any more."""
    SHORT = "short"
    OUT = "out"
    ROUNDED = "rounded"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that has changed: prices before and after, or units before and what there is."""

    change: Change
    label: str
    unit: Unit = Unit.PIECE
    price_before: Money | None = None
    price_after: Money | None = None
    units_before: int = 0
    units_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """A line of which there is too little: ``offered`` units may be sent now, ``missing`` may not."""

    line: OrderLine
    available: int
    offered: int
    substitute: Offer | None = None

    @property
    def missing(self) -> int:
        return self.line.quantity - self.offered


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """The basket is not empty: it is replaced only when that is wanted.

    By the ``source``; by a saved basket; or, without both, by the items of the order guide.
    """

    source: Order | None
    basket: Basket
    is_usual: bool = False
    """Not that very order would take their place, but what is usually bought."""
    saved: SavedBasket | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortQuestion:
    """S4.2: what has changed, and the first line about which somebody has to decide."""

    short: Short
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """S4.3: the final look, beside what it came to the time before where there was one."""

    summary: Summary
    source: Order | None
    differences: tuple[Difference, ...] = ()
    hint: Hint | None = None


Repeated = InTheWay | ShortQuestion | Again | Basket | Step
"""What comes of repeating: a question, the final look, or a basket in which nothing was left."""


def lines_again(lines: Iterable[OrderLine], offers: Mapping[int, Offer]) -> tuple[OrderLine, ...]:
    """These lines at today's prices, without what is sold no more; stock is not looked at."""
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.quantity
    return tuple(
        line_of(offer, fitting(quantity, offer))
        for product_id, quantity in wanted.items()
        if is_sold(offer := offers.get(product_id)) and offer is not None
    )


def fitting(quantity: int, offer: Offer) -> int:
    """So many, or the next number in which it is sold today."""
    least, multiple = max(quantity, offer.product.minimum), offer.product.multiple
    most = MOST_UNITS - MOST_UNITS % multiple
    return min(-(-least // multiple) * multiple, most)


def find_short(lines: Iterable[OrderLine], offers: Mapping[int, Offer]) -> Iterator[Short]:
    """Lines that want more units now than can be promised, in their order."""
    for line in lines:
        offer = offers.get(line.product_id)
        if offer is not None and line.now > offer.stock.available:
            product, left = offer.product, offer.stock.available
            yield Short(line=line, available=left, offered=most_sold(product.minimum, product.multiple, left))


def differences(
    lines: Iterable[OrderLine],
    offers: Mapping[int, Offer],
    shorts: Iterable[Short],
    ended: Iterable[str] = (),
) -> tuple[Difference, ...]:
    """Everything that is not as it was then: prices first, then what is short, then what is not there.

    ``ended`` are the names of promotions that gave something then and do not any more.
    """
    found = [Difference(change=Change.ENDED, label=name) for name in ended]
    found += [each for line in lines for each in _of_line(line, offers.get(line.product_id))]
    found += [_of_short(short) for short in shorts]
    order = list(Change)
    return tuple(sorted(found, key=lambda each: order.index(each.change)))


def _of_line(line: OrderLine, offer: Offer | None) -> Iterator[Difference]:
    if offer is None or offer.price is None or not is_sold(offer):
        yield Difference(change=Change.GONE, label=line.label)
        return
    if offer.price != line.unit_price:
        change = Change.DEARER if offer.price > line.unit_price else Change.CHEAPER
        yield Difference(
            change=change, label=line.label, price_before=line.unit_price, price_after=offer.price
        )
    if (units := fitting(line.quantity, offer)) != line.quantity:
        yield Difference(
            change=Change.ROUNDED,
            label=line.label,
            unit=line.unit,
            units_before=line.quantity,
            units_after=units,
        )


def _of_short(short: Short) -> Difference:
    line = short.line
    return Difference(
        change=Change.SHORT if short.offered else Change.OUT,
        label=line.label,
        unit=line.unit,
        units_before=line.quantity,
        units_after=short.available,
    )


def best_substitute(short: Short, candidates: Iterable[Offer], draft: Order) -> Offer | None:
    """The nearest of a family that has enough for what is missing: «۷/۳۱» for «۷/۳», never «۱/۰»."""
    fit = [
        (nearness, offer)
        for offer in candidates
        if (nearness := _nearness(short.line, offer)) and _can_stand_in(short, offer, draft)
    ]
    best = max(fit, key=lambda each: (each[0], -each[1].product.id), default=None)
    return best[1] if best else None


def _can_stand_in(short: Short, offer: Offer, draft: Order) -> bool:
    there = draft.line(offer.product.id)
    taken, quantity = (there.now, there.quantity) if there else (0, 0)
    return (
        offer.product.id != short.line.product_id
        and is_sold(offer)
        and offer.stock.available - taken >= short.missing
        and is_quantity_sold(offer.product, quantity + short.missing)
    )


def _nearness(line: OrderLine, offer: Offer) -> int:
    """How much of the two variants is the same when one begins with the other: «۷/۳» and «۷/۳۱»."""
    wanted, other = line.variant or "", offer.product.variant or ""
    if line.family is None or line.family != offer.product.family:
        return 0
    is_near = wanted.startswith(other) or other.startswith(wanted)
    return min(len(wanted), len(other)) if is_near else 0


def settled(draft: Order, short: Short, choice: Choice, substitute: Offer | None) -> Order:
    """The draft with that line as it was decided."""
    line = short.line
    match choice:
        case Choice.SPLIT:
            return draft.with_line(replace(line, later=short.missing))
        case Choice.DROP:
            return draft.without(line.product_id)
        case Choice.ONLY:
            pass
        case Choice.SUBSTITUTE if substitute is not None:
            there = draft.line(substitute.product.id)
            units, later = (there.quantity, there.later) if there else (0, 0)
            draft = draft.with_line(line_of(substitute, units + short.missing, later))
        case Choice.SUBSTITUTE:
            return draft
    return draft.with_line(replace(line, quantity=short.offered, later=0))
