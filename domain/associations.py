"""What customers like this one buy together (rule R14.2), and what of it is worth a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from itertools import combinations
from statistics import median

FEWEST_BOTH = 5
LEAST_CONFIDENCE = Fraction(1, 4)
LEAST_LIFT = Fraction(6, 5)
LOOKED_BACK = timedelta(days=180)
MOST_GOODS = 40
"""Of one customer so many goods are looked at, those bought most often."""
MOST_PAIRED = 200
"""In one market so many goods are paired with each other: what is bought most."""
MOST_QUANTITIES = 200
"""So many quantities say how much of a product is usual."""
MOST_KEPT = 10
"""With each of the goods so many others are kept, those of the highest lift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """In a market of so many ``customers``, so many bought the ``first``, the ``second``, and ``both``."""

    both: int
    first: int
    second: int
    customers: int

    @property
    def support(self) -> Fraction:
        return Fraction(self.both, self.customers)

    @property
    def confidence(self) -> Fraction:
        return Fraction(self.both, self.first)

    @property
    def lift(self) -> Fraction:
        return self.confidence / Fraction(self.second, self.customers)

    @property
    def counts(self) -> bool:
        """Whether it says anything."""
        if self.both < FEWEST_BOTH:
            return False
        # Whole numbers throughout: a night counts tens of thousands of pairs while people wait for answers.
        is_confident = self.both * LEAST_CONFIDENCE.denominator >= self.first * LEAST_CONFIDENCE.numerator
        by_chance = self.first * self.second * LEAST_LIFT.numerator
        return is_confident and self.both * self.customers * LEAST_LIFT.denominator >= by_chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Who buys the ``goods`` also buys that product: ``usual`` units of it at once."""

    goods: str
    product_id: int
    pair: Pair
    usual: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A product that a customer has bought: how many at once, and how often."""

    product_id: int
    family: str | None
    quantity: int
    times: int = 1

    @property
    def goods(self) -> str:
        return goods_key(self.product_id, self.family)


def goods_key(product_id: int, family: str | None) -> str:
    """Shades of one colour are the same goods; what has no family stands for itself."""
    return family[:120] if family else f"#{product_id}"


@dataclass(slots=True)
class Market:
    """Counts the customers of one kind and value group, one after the other."""

    customers: int = 0
    buyers: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    products: dict[str, Counter[int]] = field(default_factory=dict)
    quantities: dict[int, list[int]] = field(default_factory=dict)

    def note(self, lines: Iterable[Bought]) -> None:
        """First round: which goods a customer has bought at all."""
        self.customers += 1
        self.buyers.update({line.goods for line in lines})

    @property
    def paired(self) -> frozenset[str]:
        """The goods that enough customers buy to be worth pairing."""
        often = [goods for goods, count in self.buyers.most_common(MOST_PAIRED) if count >= FEWEST_BOTH]
        return frozenset(often)

    def pair(self, lines: Iterable[Bought], among: Collection[str]) -> None:
        """Second round: which of those goods that customer has bought together, and how many at once."""
        counted: Counter[str] = Counter()
        for line in lines:
            if line.goods not in among:
                continue
            counted[line.goods] += line.times
            self.products.setdefault(line.goods, Counter())[line.product_id] += line.times
            kept = self.quantities.setdefault(line.product_id, [])
            if len(kept) < MOST_QUANTITIES:
                kept.append(line.quantity)
        goods = sorted(each for each, _count in counted.most_common(MOST_GOODS))
        self.pairs.update(combinations(goods, 2))

    def found(self) -> tuple[Together, ...]:
        """What is bought together, with each of the goods the strongest first."""
        return tuple(each for part in self.parts() for each in part)

    def parts(self) -> Iterator[tuple[Together, ...]]:
        """The same, some goods at a time: between two of them others may have their turn."""
        others: dict[str, list[tuple[str, int]]] = {}
        for (one, other), both in self.pairs.items():
            if both >= FEWEST_BOTH:
                others.setdefault(one, []).append((other, both))
                others.setdefault(other, []).append((one, both))
        for goods in sorted(others):
            yield self._with(goods, others[goods])

    def _with(self, goods: str, others: Iterable[tuple[str, int]]) -> tuple[Together, ...]:
        pairs = (
            (
                other,
                Pair(
                    both=both,
                    first=self.buyers[goods],
                    second=self.buyers[other],
                    customers=self.customers,
                ),
            )
            for other, both in others
        )
        found = [self._together(goods, other, pair) for other, pair in pairs if pair.counts]
        found.sort(key=lambda each: (-each.pair.lift, each.product_id))
        return tuple(found[:MOST_KEPT])

    def _together(self, first: str, second: str, pair: Pair) -> Together:
        (product_id, _count), *_rest = self.products[second].most_common(1)
        usual = max(1, round(median(self.quantities[product_id])))
        return Together(goods=first, product_id=product_id, pair=pair, usual=usual)
