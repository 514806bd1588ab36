"""A year of orders up to the day before: most delivered, those of the last days still on their way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from domain.calendar import TEHRAN, Route, delivery_days
from domain.customers import CustomerKind
from domain.money import Rate, of_toman
from domain.orders import Channel, OrderStatus
from sandbox.town_demo import Model
from sandbox.town_people import Firm
from sandbox.town_prices import Prices
from sandbox.town_shelves import SHELVES

NEXT_NUMBER = 40_521
PHARMACY_ID = 1
PHARMACY_LINES = (
    ("شامپو آوین ۲۵۰", 48, 139_000),
    ("دستکش M", 20, 250_000),
    ("خمیردندان سپیدتن", 48, 91_000),
    ("کرم آبرسان درمالان", 24, 184_000),
    ("کرم دست سپیدتن ۵۰", 48, 79_000),
)
"""What the pharmacy writes about in the scripts, it has bought before: by the carton, half a year ago."""
PHARMACY_STOCKED = 10
SALON_ID = 2
SALON_AGO = timedelta(days=10)
SALON_LINES = ("رنگ ۶/۱", "رنگ ۷/۳", "اکسیدان ۶٪")
SALON_WAITS = timedelta(days=12)
"""The salon has asked for one order to come later: it is still on its way."""
SALONS_DYED = timedelta(days=100)
SALON_GOODS = (("رنگ ۶/۱", 12, 126_000), ("محافظ مو", 6, 196_000))
"""What other salons have bought together, in their first order within those days (rule R14.2)."""
CHAIN_ID, CHAIN_AGO, CHAIN_RHYTHM, CHAIN_ORDERS = 3, timedelta(days=9), timedelta(days=12), 30
ROSE_ID, ROSE_AGO = 4, (89, 75, 59, 47, 32, 18)
ROSE_LINES = (("رنگ ۶/۱", 12, 128_000), ("اکسیدان ۶٪", 6, 185_000))
QUIET = {1: timedelta(days=6), SALON_ID: timedelta(days=45)}
"""Customers of the scripts have ordered nothing since so many days, but for what the scripts name."""
YEAR = timedelta(days=365)
_PATH = (
    OrderStatus.PLACED,
    OrderStatus.APPROVED,
    OrderStatus.PICKING,
    OrderStatus.LOADED,
    OrderStatus.DELIVERED,
)
_PROFESSIONAL = ("مراقبت مو", "رنگ و دکلره", "لوازم اصلاح", "آرایشی")
_CHANNELS = (Channel.BROWSE, Channel.BROWSE, Channel.REPEAT, Channel.VISITOR, Channel.PHONE)


@dataclass(frozen=True, slots=True)
class Bought:
    product_id: int
    quantity: int
    toman: int
    vat: int

    @property
    def tax(self) -> int:
        """Rials of value-added tax, rounded as every line is."""
        return of_toman(self.toman * self.quantity).share(Rate(self.vat)).rials


@dataclass(slots=True)
class PastOrder:
    customer_id: int
    outlet_id: int
    contact_id: int
    placed_at: datetime
    deliver_on: date
    lines: list[Bought]
    channel: Channel
    path: tuple[OrderStatus, ...] = _PATH
    number: int = field(default=0)


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer as the past knows it: ids of its outlets and of the contact who orders."""

    id: int
    firm: Firm
    outlet_ids: tuple[int, ...]
    contact_id: int


class Past:
    """Makes the orders of all customers; the same day and seed make the same ones."""

    def __init__(
        self,
        goods: Sequence[Model],
        prices: Prices,
        routes: Sequence[Route],
        holidays: Collection[date],
        day: date,
        seed: int,
    ) -> None:
        self._goods, self._prices, self._routes, self._holidays = goods, prices, routes, holidays
        self._day, self._seed = day, seed
        shelves: dict[str, list[int]] = {shelf.name: [] for shelf in SHELVES}
        for product_id, model in enumerate(goods, start=1):
            if model.available and not model.is_demo:
                shelves[model.shelf].append(product_id)
        self._everything = [each for found in shelves.values() for each in found]
        self._professional = [each for name in _PROFESSIONAL for each in shelves[name]]

    def orders(self, buyers: Sequence[Buyer]) -> list[PastOrder]:
        """Oldest first, numbered so that the last one stands right before the next."""
        found = [order for buyer in buyers for order in self._of(buyer)]
        found.sort(key=lambda each: (each.placed_at, each.customer_id))
        for number, order in enumerate(found, start=NEXT_NUMBER - len(found)):
            order.number = number
        return found

    def _of(self, buyer: Buyer) -> Iterator[PastOrder]:
        if buyer.id == CHAIN_ID:
            yield from self._of_chain(buyer)
            return
        if buyer.id == ROSE_ID:
            yield from self._of_rose(buyer)
            return
        random = Random(f"{self._seed}:orders:{buyer.id}")
        pool = self._professional if buyer.firm.kind is CustomerKind.SALON else self._everything
        usual = random.sample(pool, random.randrange(8, 20))
        rhythm = random.randrange(9, 24)
        at = self._day - YEAR + timedelta(days=random.randrange(rhythm))
        last = self._day - QUIET.get(buyer.id, timedelta(days=1))
        number, has_dyed = 0, buyer.firm.kind is not CustomerKind.SALON or buyer.id % 2 == SALON_ID % 2
        while at < last or (at == last and buyer.id not in QUIET):
            lines = self._lines(buyer, usual, at, random)
            if buyer.id == PHARMACY_ID and number == PHARMACY_STOCKED:
                lines += [self._named(label, units, toman) for label, units, toman in PHARMACY_LINES]
            if not has_dyed and at >= self._day - SALONS_DYED:
                lines += [self._named(label, units, toman) for label, units, toman in SALON_GOODS]
                has_dyed = True
            yield self._order(buyer, at, lines, random)
            number += 1
            at += timedelta(days=max(3, round(random.gauss(rhythm, rhythm / 5))))
        if buyer.id == SALON_ID:
            waits = [self._named("رنگ ۶/۱", 18, 128_000)]
            yield self._waiting(self._order(buyer, self._day - SALON_WAITS, waits, random, finished=True))
            yield self._order(
                buyer, self._day - SALON_AGO, self._lines_of_salon(buyer), random, finished=True
            )

    def _of_chain(self, buyer: Buyer) -> Iterator[PastOrder]:
        """Thirty orders in twelve months; the last, of thirty million, is on its way."""
        random = Random(f"{self._seed}:orders:{buyer.id}")
        usual = random.sample(self._everything, 18)
        for back in range(CHAIN_ORDERS - 1, 0, -1):
            on = self._day - CHAIN_AGO - CHAIN_RHYTHM * back
            yield self._order(buyer, on, self._lines(buyer, usual, on, random), random, finished=True)
        last = [self._named("رنگ ۷/۳", 160, 125_000), self._named("دستکش M", 50, 160_000)]
        yield self._waiting(self._order(buyer, self._day - CHAIN_AGO, last, random, finished=True))

    def _of_rose(self, buyer: Buyer) -> Iterator[PastOrder]:
        """About every fourteen days the same goods, the last time eighteen days ago (rule R18, S4.5)."""
        random = Random(f"{self._seed}:orders:{buyer.id}")
        for back in ROSE_AGO:
            lines = [self._named(label, units, toman) for label, units, toman in ROSE_LINES]
            yield self._order(buyer, self._day - timedelta(days=back), lines, random, finished=True)

    def _waiting(self, order: PastOrder) -> PastOrder:
        """It goes out on the next tour."""
        route = self._routes[0]
        order.deliver_on = delivery_days(
            route, datetime.combine(self._day, time(), TEHRAN) + timedelta(hours=23), self._holidays
        )[0]
        order.path = _PATH[:2]
        return order

    def _named(self, label: str, quantity: int, toman: int) -> Bought:
        """So many of a product of the scripts, at what was agreed."""
        product_id = [model.label for model in self._goods].index(label) + 1
        return Bought(product_id, quantity, toman, self._goods[product_id - 1].vat)

    def _lines(self, buyer: Buyer, usual: list[int], on: date, random: Random) -> list[Bought]:
        chosen = random.sample(usual, random.randrange(2, min(8, len(usual))))
        return [self._bought(buyer, each, self._quantity(each, random), on) for each in chosen]

    def _quantity(self, product_id: int, random: Random) -> int:
        model = self._goods[product_id - 1]
        if random.random() < 0.4:
            return model.carton * random.randrange(1, 3)
        return model.multiple * random.randrange(1, 13)

    def _bought(self, buyer: Buyer, product_id: int, quantity: int, on: date) -> Bought:
        toman = self._prices.paid(product_id, buyer.id, buyer.firm.kind, on)
        return Bought(product_id, quantity, toman, self._goods[product_id - 1].vat)

    def _lines_of_salon(self, buyer: Buyer) -> list[Bought]:
        labels = [model.label for model in self._goods]
        on = self._day - SALON_AGO
        return [self._bought(buyer, labels.index(label) + 1, 12, on) for label in SALON_LINES]

    def _order(
        self, buyer: Buyer, on: date, lines: list[Bought], random: Random, *, finished: bool = False
    ) -> PastOrder:
        branch = random.randrange(len(buyer.outlet_ids))
        route = self._routes[buyer.firm.shops[branch].route_id - 1]
        minute = random.randrange(9 * 60, 23 * 60)
        placed_at = datetime.combine(on, time(minute // 60, minute % 60), TEHRAN)
        order = PastOrder(
            customer_id=buyer.id,
            outlet_id=buyer.outlet_ids[branch],
            contact_id=buyer.contact_id,
            placed_at=placed_at,
            deliver_on=delivery_days(route, placed_at, self._holidays)[0],
            lines=lines,
            channel=random.choice(_CHANNELS),
        )
        chance = random.random()
        if order.deliver_on >= self._day:
            order.path = _PATH[:3] if order.deliver_on == self._day else _PATH[:2]
        elif chance < 0.03 and not finished:
            order.path = (OrderStatus.PLACED, OrderStatus.APPROVED, OrderStatus.CANCELLED)
        elif chance < 0.05 and not finished:
            order.path = (*_PATH[:4], OrderStatus.PART_DELIVERED)
        return order
