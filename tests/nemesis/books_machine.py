"""Customers and the warehouse doing whatever they may, in any order (row B-14).

Every step happens twice: in the house, and in the plain books; after each both must say the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.credit import CreditLimit
from domain.credit_decisions import OverLimit
from domain.errors import Refusal, Shortage
from domain.money import Money
from domain.money_errors import DownRefused
from domain.orders import OrderStatus
from services import approvals, fulfilment, orders
from services.receipt_desk import SECOND_FROM
from services.truths import find_violations
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.conftest import NOW
from tests.nemesis import books_desk as house
from tests.nemesis.books import Books
from tests.nemesis.books_model import TERMS, Invoice, Order, Shelf
from tests.nemesis.checker import list_broken

ON_HAND = {"shampoo": 60, "cream": 30, "gloves": 12}
COMPANYS_LIMIT = 40_000_000
STEPS = {"approved": OrderStatus.PICKING, "picking": OrderStatus.LOADED, "loaded": OrderStatus.DELIVERED}
WHO, WHICH = st.integers(0, 1), st.integers(0, 9)
LET_GO_EACH = 5
TWO_PEOPLE_FROM = 60_000_000


T = TypeVar("T")


class Ordering(RuleBasedStateMachine):
    """Orders from the basket to the invoice, and what must hold after every step of anybody."""

    runner: ClassVar[asyncio.Runner]
    new_database: ClassVar[Callable[[], Awaitable[str]]]
    drop_database: ClassVar[Callable[[str], Awaitable[None]]]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.has_begun = False
        self.touched: set[int] = set()
        """Whose books may have changed since they were compared."""

    @initialize()
    def begin(self) -> None:
        self.url = self.wait(type(self).new_database())
        self.store: Store = open_store(self.url)
        self.desk: house.Desk = self.do(house.open_desk, ON_HAND)
        self.shelves = {name: Shelf(count) for name, count in ON_HAND.items()}
        today = today_in_tehran(self.now)
        self.books = [Books(self.shelves, today, is_best=who == 0, waits=who == 0) for who in (0, 1)]
        self.was_used, self.last_decision, self.is_recorded = [0, 0], [0, 0], False
        for each in self.books:
            each.companys_limit = COMPANYS_LIMIT
        self.do(self._set_up)
        self.has_begun = True
        self.some_history()

    def some_history(self) -> None:
        """Both have bought before, so that there is something to pay, to change and to send back."""
        for who, shampoo, gloves, term in ((0, 21, 1, "acc"), (1, 4, 2, "chq"), (0, 0, 1, "cod")):
            self.order(who, shampoo, 1, gloves, term, asks=False)
            self.work(0, to_the_end=True)
            self.both_say_the_same()
        self.order(1, 11, 0, 0, "mix", asks=True)

    async def _set_up(self, uow: UnitOfWork) -> None:
        await uow.credit.put_limit(CreditLimit(total=Money(COMPANYS_LIMIT)), self.now)
        await uow.company.decide(SECOND_FROM, TWO_PEOPLE_FROM, self.now)

    def teardown(self) -> None:
        if not self.has_begun:
            return
        try:
            self.touched = {0, 1}
            self.both_say_the_same()
            assert [*self.wait(list_broken(self.store)), *self.do(find_violations, self.now)[0]] == []
        finally:
            self.wait(self.store.close())
            self.wait(type(self).drop_database(self.url))

    def wait(self, coming: Any) -> Any:
        return self.runner.run(coming)

    def do(self, step: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> Any:
        """One unit of work."""

        async def whole() -> Any:
            async with self.store.unit_of_work() as uow:
                return await step(uow, *args, **named)

        return self.wait(whole())

    def refused(self, kind: type[Refusal], step: Callable[..., Awaitable[Any]], *args: Any) -> None:
        """The house must refuse it, with that word; whatever it has written is not kept."""
        try:
            self.do(step, *args)
        except kind:
            return
        raise AssertionError(f"{kind.__name__} was to be raised")

    def buyer(self, who: int) -> Actor:
        self.touched.add(who)
        return self.desk.buyers[who]

    def one_of(self, candidates: Sequence[tuple[int, T]], which: int) -> tuple[int, T]:
        """Whose it is, and one of these."""
        found = candidates[which % len(candidates)]
        self.touched.add(found[0])
        return found

    def tick(self) -> None:
        """Each step has an instant of its own."""
        self.now += timedelta(minutes=1)

    @rule(
        who=WHO,
        shampoo=st.integers(0, 31),
        cream=st.integers(0, 9),
        gloves=st.integers(0, 3),
        term=st.sampled_from(sorted(TERMS)),
        asks=st.booleans(),
    )
    def order(self, who: int, shampoo: int, cream: int, gloves: int, term: str, asks: bool) -> None:
        self.tick()
        paid = {"shampoo": shampoo, "cream": cream, "gloves": gloves}
        paid = {name: units for name, units in paid.items() if units} or {"cream": 1}
        books = self.books[who]
        new = Order(paid, term, day=books.today)
        step = (self.desk, self.buyer(who), paid, term, self.now)
        if not books.can_be_served(new, own=type(new.units)()):
            return self.refused(Shortage, self._order, *step, books.waits, asks)
        outcome = books.decide(new)
        done = self.do(self._order, *step, books.waits, asks)
        if isinstance(done, OverLimit):
            assert not asks
            assert done.decision.outcome.value == outcome
            return None
        is_accepted = outcome in {"cash", "auto", "auto_told"}
        assert is_accepted or asks, outcome
        new.id, new.version, new.status = done.id, done.version, "approved" if is_accepted else "held"
        assert (done.payable.rials, done.credit.rials) == (new.payable, new.credit)
        books.reserve(new.units)
        books.orders.append(new)
        return None

    async def _order(self, uow: Any, *args: Any) -> Any:
        *step, waits, asks = args
        return await house.order(uow, *step, waits=waits, asks=asks)

    def orders_in(self, *statuses: str, is_today: bool = False) -> list[tuple[int, Order]]:
        """Whose order it is, and the order."""
        return [
            (who, each)
            for who, books in enumerate(self.books)
            for each in books.orders
            if each.status in statuses and (not is_today or each.day == books.today)
        ]

    @property
    def changeable(self) -> list[tuple[int, Order]]:
        """Until the cut-off, which is never on the day on which it was ordered."""
        return self.orders_in("held", "approved", is_today=True)

    @precondition(lambda self: self.changeable)
    @rule(which=WHICH, name=st.sampled_from(sorted(ON_HAND)), units=st.integers(1, 31))
    def edit(self, which: int, name: str, units: int) -> None:
        self.tick()
        who, was = self.one_of(self.changeable, which)
        books = self.books[who]
        new = Order({**was.paid, name: units}, was.term, id=was.id, down=was.down, day=was.day)
        step = (self.desk, self.buyer(who), was.id, name, units, self.now, books.waits)
        if not books.can_be_served(new, own=was.units):
            return self.refused(Shortage, self._change, *step)
        outcome = books.decide(new, instead_of=was)
        done = self.do(self._change, *step)
        if isinstance(done, OverLimit):
            assert done.decision.outcome.value == outcome
            return None
        assert outcome in {"cash", "auto", "auto_told"}
        books.reserve(was.units, -1)
        books.reserve(new.units)
        new.version, new.status = done.version, "approved"
        assert (done.payable.rials, done.credit.rials) == (new.payable, new.credit)
        books.orders[books.orders.index(was)] = new
        return None

    async def _change(self, uow: Any, *args: Any) -> Any:
        *step, waits = args
        return await house.change(uow, *step, waits=waits)

    @precondition(lambda self: self.changeable)
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        self.tick()
        who, order = self.one_of(self.changeable, which)
        self.do(orders.cancel_order, self.buyer(who), order.id, order.version, self.now)
        self.books[who].reserve(order.units, -1)
        order.status = "cancelled"

    @precondition(lambda self: self.orders_in("held"))
    @rule(which=WHICH, verdict=st.sampled_from(["yes", "down", "no"]))
    def decide(self, which: int, verdict: str) -> None:
        """Finance answers for an order that waits."""
        self.tick()
        who, order = self.one_of(self.orders_in("held"), which)
        by = self.desk.finance[0]
        if verdict == "no":
            self.do(approvals.reject, by, order.id, "نه", self.now)
            self.books[who].reserve(order.units, -1)
            order.status = "rejected"
            return None
        down = order.credit // 3 if verdict == "down" else 0
        if verdict == "down" and not 0 < down < order.credit:
            return self.refused(DownRefused, self._approve, by, order.id, down)
        order.version = self.do(self._approve, by, order.id, down)
        order.status, order.down = "approved", order.down + down
        return None

    async def _approve(self, uow: Any, by: Actor, order_id: int, down: int) -> int:
        card = await approvals.open_card(uow, by, order_id, self.now)
        done = await approvals.approve(uow, by, order_id, card.seen, self.now, Money(down))
        return done.card.version if hasattr(done, "card") else done.version

    @precondition(lambda self: self.orders_in(*STEPS))
    @rule(which=WHICH, to_the_end=st.booleans())
    def work(self, which: int, to_the_end: bool) -> None:
        """The warehouse goes one step on, or all of them."""
        self.tick()
        who, order = self.one_of(self.orders_in(*STEPS), which)
        while order.status in STEPS:
            to, by = STEPS[order.status], self.desk.warehouse
            job = self.do(fulfilment.move_order, by, order.id, to, order.version, self.now)
            order.version, order.status = job.order.version, to.value
            if to is OrderStatus.DELIVERED:
                self._delivered(who, order)
            if not to_the_end:
                return

    def _delivered(self, who: int, order: Order) -> None:
        books = self.books[who]
        invoice: Invoice = books.deliver(order)
        # What was to be paid in cash is owed now, until it is.
        self.is_recorded = order.credit < order.payable
        made = self.do(lambda uow: uow.invoices.find_of_order(order.id))
        invoice.id = made.id
        assert (made.total.rials, made.due_on) == (invoice.total, invoice.due)
        books.use_credit()

    @rule(days=st.integers(1, 16))
    def wait_for(self, days: int) -> None:
        self.now += timedelta(days=days)
        for who, each in enumerate(self.books):
            each.today += timedelta(days=days)
            self.touched.add(who)

    @invariant()
    def both_say_the_same(self) -> None:
        if not self.has_begun:
            return
        for who in sorted(self.touched):
            self._compare(self.books[who], self.do(house.read, self.buyer(who).customer_id, self.now), who)
        shelves = self.do(house.read_shelves)
        for name, shelf in self.shelves.items():
            assert shelf.on_hand + shelf.shipped == ON_HAND[name]
            assert shelves[self.desk.goods[name].id] == (shelf.on_hand, shelf.reserved), name
            held = sum(each.units[name] for books in self.books for each in books.on_its_way)
            assert shelf.reserved == held <= shelf.on_hand
        self.is_recorded = False
        self.touched.clear()

    def _compare(self, books: Books, found: house.Read, who: int) -> None:
        stands, parts = found.standing, books.exposure
        assert found.balance == books.balance == stands.balance.rials
        assert {name: getattr(stands, name).rials for name in parts} == parts
        assert (stands.exposure.rials, stands.total_limit.rials) == (books.used, books.limit)
        assert {each.value for each in stands.holds} == set(books.holds)
        assert {k: v for k, v in found.accounts.items() if v} == {
            k: v for k, v in books.accounts.items() if v
        }
        assert sum(found.accounts.values()) == 0
        assert found.orders == {each.id: each.status for each in books.orders}
        assert found.invoices == {each.id: each.open for each in books.invoices}
        for invoice_id, total in found.totals.items():
            assert found.settled[invoice_id] == total - found.invoices[invoice_id]
        kept = {(each.kind, each.id): each for each in (*books.sources, *books.cheques)}
        assert found.left == {key: each.left for key, each in kept.items()}
        for key, each in kept.items():
            spent = each.amount - each.over if each in books.sources and each.is_in_use else 0
            assert spent - found.used[key] == each.left, key
        self._within_credit(books, found, who)

    def _within_credit(self, books: Books, found: house.Read, who: int) -> None:
        """Above the limit only with a decision that says so, or a word of finance."""
        used, before = found.standing.exposure.rials, self.was_used[who]
        new = [each for each in found.decisions if each[0] > self.last_decision[who]]
        slack = LET_GO_EACH * len(books.invoices)
        if used > before + slack and used > books.limit and not self.is_recorded:
            assert [each for each in new if each[2] != "auto"], "above the limit without a decision"
        placed = {each[1] for each in found.decisions}
        assert {each.id for each in books.on_its_way} <= placed
        self.was_used[who] = used
        self.last_decision[who] = max((each[0] for each in found.decisions), default=0)
