"""Rows B-5, B-6, F-5 and F-13 for credit: no limit is passed by haste, and no decision is made twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import permutations

import pytest
from sqlalchemy import update

from domain.actors import Actor
from domain.approvals import ApprovalCard, Asked
from domain.basket import Summary
from domain.catalogue import Product
from domain.credit import CreditStanding
from domain.credit_decisions import OverLimit, decide
from domain.errors import AlreadyDecided, ChangedMeanwhile, NotAllowed, NotFound
from domain.instruments import BounceReason, Cheque, ChequeState
from domain.money import ZERO, Money
from domain.order_views import OrderView
from domain.orders import OrderStatus
from domain.settling import Payment
from domain.staff import Role
from services import approvals, limits
from services.instruments import moving
from services.ledger import receive_payment
from services.placing import place_order
from storage.credit import Credit
from storage.tables.people import contact_roles, staff
from storage.unit_of_work import Store, UnitOfWork, open_store
from tests.builders.catalogue import a_product
from tests.builders.cheques import People, a_cheque_in
from tests.builders.credit import CHEQUE, aftab, asked_for, goods, limited, million, try_to_place
from tests.builders.ledger import TODAY, an_invoice
from tests.builders.orders import a_basket, a_buyer, a_member_of_staff, summarise
from tests.builders.people import a_colleague, linked, speaking
from tests.databases import drop_postgres, new_postgres
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import seeded, trials

APPROVED, OVER = "approved", "over"


@pytest.fixture
async def postgres_store() -> AsyncIterator[Store]:
    """Where writers really work side by side."""
    url = await new_postgres()
    store = open_store(url)
    yield store
    await store.close()
    await drop_postgres(url)


async def placing(store: Store, buyer: Actor, shown: Summary, now: datetime) -> str:
    draft = shown.basket.draft
    assert draft.nonce is not None
    async with store.unit_of_work() as uow:
        done = await place_order(uow, buyer, draft.id, draft.version, draft.nonce, now)
    if isinstance(done, OrderView):
        return done.order.status.value
    return OVER if isinstance(done, OverLimit) else type(done).__name__


async def ready(store: Store, how_many: int, now: datetime) -> tuple[int, list[tuple[Actor, Summary]]]:
    """A customer with a limit of 100, and so many colleagues who each look at an order of 60."""
    shown = []
    async with store.unit_of_work() as uow:
        first = await a_buyer(uow, name="داروخانه")
        customer_id = first.require_customer().id
        await limited(uow, customer_id, million(100))
        await uow.terms.put([CHEQUE], customer_id=customer_id)
        product = await goods(uow, 60_000_000)
        for at in range(how_many):
            buyer = first if at == 0 else await a_buyer(uow, colleague_of=first)
            await a_basket(uow, buyer, {product: 1}, now)
            shown.append((buyer, await summarise(uow, buyer, now)))
    return customer_id, shown


async def test_of_orders_that_race_the_limit_exactly_one_is_accepted(store: Store, now: datetime) -> None:
    """B-5: limit 100, two to fifty orders of 60 at once."""
    for trial in range(trials(1_000, 8)):
        chance, seed = seeded("B-5", trial)
        how_many = (2, 50)[trial] if trial < 2 else chance.randint(2, 20)
        customer_id, shown = await ready(store, how_many, now)
        ended = Counter(await asyncio.gather(*(placing(store, *each, now) for each in shown)))
        assert ended == {APPROVED: 1, OVER: how_many - 1}, seed
        async with store.reading() as uow:
            stands = await uow.credit.standing(customer_id, now)
        assert stands.exposure == million(60), seed
    assert await list_broken(store) == []


def without_lock(patched: pytest.MonkeyPatch, how_many: int) -> None:
    """Nobody waits for anybody, and so many read before the first of them writes."""
    have_read, read = asyncio.Event(), Credit.standing
    readers: list[CreditStanding] = []

    async def no_lock(_self: Credit, _customer_id: int) -> None: ...

    async def read_together(self: Credit, customer_id: int, at: datetime) -> CreditStanding:
        found = await read(self, customer_id, at)
        readers.append(found)
        if len(readers) == how_many:
            have_read.set()
        await have_read.wait()
        return found

    patched.setattr(Credit, "lock", no_lock)
    patched.setattr(Credit, "standing", read_together)


async def test_reading_before_writing_lets_both_pass(
    postgres_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of B-5: the same without the lock on the customer."""
    _customer_id, shown = await ready(postgres_store, 2, now)
    without_lock(monkeypatch, 2)
    ended = Counter(await asyncio.gather(*(placing(postgres_store, *each, now) for each in shown)))
    assert ended == {APPROVED: 2}


@dataclass(frozen=True, slots=True)
class Books:
    """The plain model of one customer: what an account in Python would say after each event."""

    invoices: int = 10
    uncleared: int = 20
    bounced: int = 0
    orders: int = 0
    unallocated: int = 0
    limit: int = 100
    is_held: bool = False

    @property
    def exposure(self) -> int:
        return self.invoices + self.uncleared + self.bounced + self.orders - self.unallocated

    def after(self, event: str) -> tuple[Books, str]:
        """The books after it, and how it ended."""
        kind, _space, amount = event.partition(" ")
        match kind:
            case "order":
                fits = not self.is_held and self.exposure + int(amount) <= self.limit
                return (replace(self, orders=self.orders + int(amount)), APPROVED) if fits else (self, OVER)
            case "pay":
                settled = min(self.invoices, int(amount))
                rest = int(amount) - settled
                paid = replace(self, invoices=self.invoices - settled, unallocated=self.unallocated + rest)
                return paid, "done"
            case "cut":
                return replace(self, limit=int(amount)), "done"
        if not self.uncleared:
            return self, "late"
        if kind == "clear":
            return replace(self, uncleared=0), "done"
        return replace(self, uncleared=0, bounced=20, is_held=True), "done"


@dataclass(slots=True)
class Account:
    """One real customer, on whom all of that happens at once."""

    store: Store
    who: People
    cheque: Cheque
    orders: dict[str, list[tuple[Actor, Summary]]]
    now: datetime

    async def happens(self, event: str) -> str:
        kind, _space, amount = event.partition(" ")
        if kind == "order":
            return await placing(self.store, *self.orders[event].pop(), self.now)
        try:
            async with self.store.unit_of_work() as uow:
                await self._work(uow, kind, amount)
        except ChangedMeanwhile:
            return "late"
        return "done"

    async def _work(self, uow: UnitOfWork, kind: str, amount: str) -> None:
        finance, cheque, now = self.who.finance, self.cheque, self.now
        match kind:
            case "pay":
                payment = Payment(
                    customer_id=self.who.customer_id,
                    amount=million(int(amount)),
                    paid_on=TODAY,
                    method="card",
                )
                await receive_payment(uow, finance, payment, now)
            case "cut":
                customer_id = self.who.customer_id
                await limits.set_limit(uow, finance, customer_id, million(int(amount)), "کم شد", now)
            case "bounce":
                await moving.bounce(uow, finance, cheque.id, BounceReason.FUNDS, cheque.version, now)
            case "clear":
                await moving.move_cheque(uow, finance, cheque.id, ChequeState.CLEARED, cheque.version, now)


async def an_account(store: Store, events: Sequence[str], products: Product, now: datetime) -> Account:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow, name="سالن", may_see_balance=True)
        customer_id = buyer.require_customer().id
        who = People(
            salon=buyer,
            finance=await a_member_of_staff(uow, Role.FINANCE),
            manager=await a_member_of_staff(uow, Role.MANAGER),
        )
        await limited(uow, customer_id, million(100))
        await uow.terms.put([CHEQUE], customer_id=customer_id)
        await an_invoice(uow, buyer, million(30).rials, TODAY)
        cheque = await a_cheque_in(uow, who, ChequeState.DEPOSITED, million(20))
        shown: dict[str, list[tuple[Actor, Summary]]] = {}
        for event in events:
            if event.startswith("order"):
                each = await a_buyer(uow, colleague_of=buyer)
                await a_basket(uow, each, {products: int(event.partition(" ")[2])}, now)
                shown.setdefault(event, []).append((each, await summarise(uow, each, now)))
    return Account(store=store, who=who, cheque=cheque, orders=shown, now=now)


EVENTS = ("order 60", "order 25", "order 25", "pay 10", "pay 15", "bounce", "clear", "cut 70", "cut 40")


async def test_whatever_happens_during_an_order_ends_as_in_some_order(store: Store, now: datetime) -> None:
    """B-6: I4 and I5 hold, and what came out is what the events one after another would have made."""
    async with store.unit_of_work() as uow:
        product = await a_product(uow, toman=1_000_000, vat=0, on_hand=1_000_000)
    for trial in range(trials(2_000, 25)):
        chance, seed = seeded("B-6", trial)
        events = ["order 60", *chance.sample(EVENTS[1:], 4)]
        chance.shuffle(events)
        account = await an_account(store, events, product, now)
        ended = await asyncio.gather(*(_late(account.happens, each, chance) for each in events))
        async with store.reading() as uow:
            stands = await uow.credit.standing(account.who.customer_id, now)
            balance = await uow.ledger.balance(account.who.customer_id)
        assert balance == stands.balance, seed
        assert _is_serial(events, ended, stands), (seed, events, ended, stands)
        if OVER not in ended and "cut" not in " ".join(events):
            assert stands.exposure <= stands.total_limit, seed
    assert await list_broken(store) == []


async def test_without_the_lock_the_model_notices(
    postgres_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of B-6: orders that do not see each other fit no order of events."""
    events = ["order 60", "order 25", "order 25"]
    async with postgres_store.unit_of_work() as uow:
        product = await a_product(uow, toman=1_000_000, vat=0, on_hand=1_000_000)
    account = await an_account(postgres_store, events, product, now)
    with monkeypatch.context() as patched:
        without_lock(patched, len(events))
        ended = await asyncio.gather(*map(account.happens, events))
    async with postgres_store.reading() as uow:
        stands = await uow.credit.standing(account.who.customer_id, now)
    assert ended == [APPROVED] * 3
    assert not _is_serial(events, ended, stands)


async def _late(happens: Callable[[str], Awaitable[str]], event: str, chance: random.Random) -> str:
    for _turn in range(chance.randrange(8)):
        await asyncio.sleep(0)
    return await happens(event)


def _is_serial(events: Sequence[str], ended: Sequence[str], stands: CreditStanding) -> bool:
    """Whether the plain model reaches exactly this by the same events in some order."""
    wanted = sorted(zip(events, ended, strict=True))
    for order in permutations(events):
        books, found = Books(), []
        for event in order:
            books, end = books.after(event)
            found.append((event, end))
        if sorted(found) == wanted and _same(books, stands):
            return True
    return False


def _same(books: Books, stands: CreditStanding) -> bool:
    return (
        million(books.exposure),
        million(books.limit),
        million(books.bounced),
        million(books.orders),
    ) == (stands.exposure, stands.total_limit, stands.bounced, stands.open_orders)


async def test_rights_that_were_taken_in_between_are_gone_at_the_tap(store: Store, now: datetime) -> None:
    """F-5: whoever may not order any more asks for nothing, whoever may not decide decides nothing."""
    for _trial in range(trials(200, 5)):
        async with store.unit_of_work() as uow:
            asking = await linked(uow, (await aftab(uow)).contact_id or 0)
            manager, product = await a_colleague(uow, Role.MANAGER), await goods(uow)
            over = await try_to_place(uow, asking, {product: 36}, now)
            assert isinstance(over, OverLimit)
            await uow.connection.execute(
                update(contact_roles)
                .where(contact_roles.c.contact_id == asking.contact_id)
                .values(may_order=False)
            )
        async with store.unit_of_work() as uow:
            again = await speaking(uow, asking.identity.user_id)
            with pytest.raises(NotAllowed):
                await approvals.ask_approval(uow, again, over.order_id, over.version, over.nonce, now)
        async with store.unit_of_work() as uow:
            done = await approvals.ask_approval(uow, asking, over.order_id, over.version, over.nonce, now)
            assert isinstance(done, Asked)
            card = await approvals.open_card(uow, manager, done.view.order.id, now)
            await uow.connection.execute(
                update(staff).where(staff.c.id == manager.staff_id).values(role=Role.WAREHOUSE.value)
            )
        async with store.unit_of_work() as uow:
            moved = await speaking(uow, manager.identity.user_id)
            with pytest.raises(NotFound):
                await approvals.approve(uow, moved, card.order_id, card.seen, now)
            assert (await uow.orders.get(card.order_id, of=asking)).status is OrderStatus.HELD


async def test_of_two_who_approve_at_once_one_does(store: Store, now: datetime) -> None:
    """F-13, for orders: one effect, one decision, one word to the customer."""
    async with store.unit_of_work() as uow:
        pair = [await a_member_of_staff(uow, Role.MANAGER) for _each in range(2)]
    for _trial in range(trials(200, 8)):
        async with store.unit_of_work() as uow:
            order = await asked_for(uow, await aftab(uow), {await goods(uow): 36}, now)
            seen = (await approvals.open_card(uow, pair[0], order.id, now)).seen

        async def approve(by: Actor, order_id: int = order.id, seen: int = seen) -> str:
            try:
                async with store.unit_of_work() as uow:
                    done = await approvals.approve(uow, by, order_id, seen, now, million(12))
            except AlreadyDecided:
                return "late"
            return "done" if isinstance(done, ApprovalCard) else "stale"

        assert sorted(await asyncio.gather(*map(approve, pair))) == ["done", "late"]
        async with store.reading() as uow:
            decided = [each for each in await uow.credit.list_decisions(order.id) if each["row"] == 0]
            kept = await uow.orders.get(order.id, of=pair[0])
        assert (len(decided), kept.credit) == (1, million(60))


async def test_an_order_that_waits_counts_so_that_no_second_one_slips_through(
    store: Store, now: datetime
) -> None:
    """Two night orders: the first is held, and so is its credit."""
    async with store.unit_of_work() as uow:
        buyer, product = await aftab(uow), await goods(uow)
        await asked_for(uow, buyer, {product: 36}, now)
        stands = await uow.credit.standing(buyer.customer_id or 0, now)
        assert stands.exposure == million(312)
        assert decide(stands, Money(1)).outcome.deciders
        assert decide(stands, ZERO).outcome.is_accepted
