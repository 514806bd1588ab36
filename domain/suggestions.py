"""What of the things that are bought together is worth a word to this customer (rules R14 and R18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from domain.associations import Together, goods_key
from domain.catalogue import Offer
from domain.money import ZERO, Money
from domain.orders import OrderLine
from domain.reorder import BoughtOn, rhythm_of

REFUSED_FOR = timedelta(days=30)
"""What was left out when it was offered is not offered again for so long."""
IN_CYCLE = Fraction(9, 10)
"""Who has bought it so recently, measured by their own rhythm, needs none."""
JUST_BOUGHT = timedelta(days=30)
"""The same for those who have none."""
MOST_SUGGESTED = 3
DOUBT = 10
"""So many imagined answers, at the rate at which it is bought together, go before the real ones."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How often a product was offered in orders that were placed, and taken."""

    shown: int = 0
    taken: int = 0

    def rate(self, confidence: Fraction) -> Fraction:
        """Before anybody has answered, as likely as it is bought together."""
        return (self.taken + DOUBT * confidence) / (self.shown + DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """«مشتریان مشابه همراه رنگ، «محافظ مو» هم می‌برند.»"""

    suggestion_id: int
    goods: str
    other: str
    product_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A product that goes with a line of the basket."""

    line: OrderLine
    offer: Offer
    units: int
    worth: Money


def called(label: str, variant: str | None) -> str:
    """What goods are called whichever shade they have: «رنگ» of «رنگ ۷/۳»."""
    return (label.removesuffix(variant).strip() or label) if variant else label


def choose(
    lines: Sequence[OrderLine],
    together: Iterable[Together],
    offers: Mapping[int, Offer],
    answered: Mapping[int, Answered],
) -> tuple[Suggested, ...]:
    """What is worth a word, by the margin that it is expected to bring; each product once.

    What is in the basket already, also as another shade, is no news, and what is not there nobody wants.
    """
    inside = {goods_key(line.product_id, line.family): line for line in reversed(lines)}
    best: dict[int, Suggested] = {}
    for each in together:
        offer, line = offers.get(each.product_id), inside.get(each.goods)
        if offer is None or line is None or not _is_there(offer, each.usual):
            continue
        if goods_key(each.product_id, offer.product.family) in inside:
            continue
        rate = answered.get(each.product_id, Answered()).rate(each.pair.confidence)
        worth = Money(round(rate * _margin(offer).rials * each.usual))
        found = Suggested(line=line, offer=offer, units=each.usual, worth=worth)
        before = best.get(each.product_id)
        if before is None or before.worth < found.worth:
            best[each.product_id] = found
    ranked = sorted(best.values(), key=lambda each: (-each.worth.rials, each.offer.product.id))
    return tuple(ranked[:MOST_SUGGESTED])


def _is_there(offer: Offer, units: int) -> bool:
    product = offer.product
    least = max(units, product.minimum)
    return offer.price is not None and product.is_active and offer.stock.available >= least


def _margin(offer: Offer) -> Money:
    """Of one unit; what nobody has said the cost of counts as a tenth of its price."""
    assert offer.price is not None
    if offer.cost is None:
        return Money(offer.price.rials // 10)
    return max(Money(offer.price.rials - offer.cost.rials), ZERO)


def is_in_cycle(bought: Sequence[BoughtOn], today: date) -> bool:
    """Whether somebody has enough of it still (rule R18)."""
    if not bought:
        return False
    rhythm = rhythm_of(bought, by_quantity=True)
    if rhythm is None:
        return max(each.day for each in bought) > today - JUST_BOUGHT
    return rhythm.days_since(today) < IN_CYCLE * round(rhythm.typical * rhythm.factor)
