"""Finance, and customers who pay, announce cheques, and send goods back: the other half of row B-14."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.cheque_errors import (
    DrawerUnknown,
    MoveRefused,
    NotReplaced,
    SayadNotConfirmed,
    SayadNotTransferred,
)
from domain.drawers import DrawerColour
from domain.errors import AlreadyDecided
from domain.instruments import BounceReason, ChequeState
from domain.invoices import CreditReason
from domain.money import Money
from domain.money_errors import MoreThanDelivered, SamePerson
from domain.receipts import Proof, RejectReason
from domain.sayad import SayadState
from services import limits, receipt_desk, receipts
from services.credit_notes import issue_credit_note
from services.instruments import desk, moving, own, undoing
from storage.unit_of_work import UnitOfWork
from tests.builders.cheques import a_sayad_id
from tests.nemesis.books_desk import payment_of
from tests.nemesis.books_machine import TWO_PEOPLE_FROM, WHICH, WHO, Ordering
from tests.nemesis.books_model import MOVES, Cheque, Invoice, Source

AMOUNTS = st.one_of(
    st.tuples(st.just("open"), st.integers(-7, 7)),
    st.tuples(st.just("all"), st.integers(-7, 7)),
    st.tuples(st.just("some"), st.integers(1, 80).map(lambda each: each * 1_000_003)),
)
MILLIONS = st.integers(0, 90).map(lambda each: each * 1_000_000)


class BooksMachine(Ordering):
    """All of it."""

    def some_history(self) -> None:
        super().some_history()
        for who in (0, 1):
            self.announce(who, ("some", 9_000_000), goes_on=True, is_registered=True)
        self.move_cheque(0, "deposited", is_registered=False)

    def amount_of(self, who: int, said: tuple[str, int], invoice: Invoice | None) -> int:
        """Exactly what is owed, a few rials beside it, or anything."""
        owing = self.books[who].owing
        base = sum(each.open for each in owing) if said[0] == "all" else 0
        if said[0] == "open" and owing:
            base = (invoice or owing[0]).open
        return max(base + said[1], 1)

    def bill(self, who: int, which: int) -> Invoice | None:
        """One of what the customer owes; also none of them."""
        owing = [*self.books[who].owing, None]
        return owing[which % len(owing)]

    @rule(
        who=WHO,
        said=AMOUNTS,
        which=WHICH,
        verdict=st.sampled_from(["yes", "yes", "yes", "less", "no"]),
        seconds=st.sampled_from([0, 1]),
    )
    def pay(self, who: int, said: tuple[str, int], which: int, verdict: str, seconds: int) -> None:
        """A receipt is sent, and finance decides; from an amount on two of them have to."""
        self.tick()
        invoice = self.bill(who, which)
        amount = self.amount_of(who, said, invoice)
        first, second = self.desk.finance[0], self.desk.finance[seconds]
        sent = self.do(
            receipts.send_receipt,
            self.buyer(who),
            Money(amount),
            today_in_tehran(self.now),
            Proof(tracking=a_sayad_id()),
            self.now,
            invoice_id=invoice.id if invoice else None,
        )
        version = sent.version
        if verdict == "no":
            self.do(receipt_desk.reject_receipt, first, sent.id, version, RejectReason.NOT_SEEN, self.now)
            return self.refused(
                AlreadyDecided, receipt_desk.approve_receipt, first, sent.id, version, self.now
            )
        if verdict == "less":
            amount = max(amount - 500_001, 1)
            changed = self.do(receipt_desk.change_amount, first, sent.id, version, Money(amount), self.now)
            version = changed.receipt.version
        card = self.do(receipt_desk.approve_receipt, first, sent.id, version, self.now)
        if amount >= TWO_PEOPLE_FROM:
            step = (receipt_desk.approve_receipt, second, sent.id, card.receipt.version, self.now)
            if second is first:
                return self.refused(SamePerson, *step)
            self.do(*step)
        self._paid(who, sent.id, amount, invoice)
        return None

    def _paid(self, who: int, receipt_id: int, amount: int, invoice: Invoice | None) -> None:
        payment_id = self.do(payment_of, receipt_id)
        payment = Source("payment", amount, self.instant, id=payment_id)
        self.books[who].pay(payment, [invoice] if invoice is not None else None)

    @property
    def instant(self) -> int:
        return int(self.now.timestamp())

    @rule(who=WHO, said=AMOUNTS, goes_on=st.booleans(), is_registered=st.booleans())
    def announce(self, who: int, said: tuple[str, int], goes_on: bool, is_registered: bool) -> None:
        """A cheque is announced; often it is taken at once, and its Sayad number is confirmed."""
        self.tick()
        amount = self.amount_of(who, said, None)
        number, due_on = a_sayad_id(), self.books[who].today + timedelta(days=40)
        told = {"sayad_id": number, "amount": Money(amount), "due_on": due_on, "photo_id": None}
        made = self.do(own.announce, self.buyer(who), **told, now=self.now)
        cheque = Cheque("cheque", amount, self.instant, id=made.id)
        self.books[who].cheques.append(cheque)
        if goes_on:
            self.refused(DrawerUnknown, self._move, cheque, "received")
            self._go(who, cheque, "received")
        if is_registered:
            self._record(cheque, "confirmed")

    def cheques_in(self, *states: str) -> list[tuple[int, Cheque]]:
        """Whose cheque it is, and the cheque; all of them, where no state is named."""
        return [
            (who, each)
            for who, books in enumerate(self.books)
            for each in books.cheques
            if not states or each.state in states
        ]

    def _record(self, cheque: Cheque, state: str) -> None:
        self.do(self._recorded, cheque, state)
        cheque.sayad = state

    async def _recorded(self, uow: UnitOfWork, cheque: Cheque, state: str) -> None:
        version = await self._version(uow, cheque)
        await desk.record_sayad(uow, self.finance, cheque.id, SayadState(state), version, self.now)

    @property
    def finance(self) -> Actor:
        return self.desk.finance[0]

    async def _version(self, uow: UnitOfWork, cheque: Cheque) -> int:
        return (await uow.cheques.get(cheque.id, of=self.finance)).version

    @precondition(lambda self: self.cheques_in())
    @rule(
        which=WHICH,
        to=st.sampled_from(["deposited", "cleared", "bounced", *MOVES]),
        is_registered=st.booleans(),
    )
    def move_cheque(self, which: int, to: str, is_registered: bool) -> None:
        """Any move of any cheque: what the table does not have is refused and changes nothing."""
        self.tick()
        can = [each for each in self.cheques_in() if to in MOVES[each[1].state]]
        who, cheque = self.one_of(can or self.cheques_in(), which)
        if is_registered:
            # It is ours, or by now somebody else's.
            self._record(cheque, "transferred" if cheque.sayad == "confirmed" else "confirmed")
        if to not in MOVES[cheque.state]:
            return self.refused(MoveRefused, self._move, cheque, to)
        if to == "deposited" and cheque.state == "received" and cheque.sayad != "confirmed":
            return self.refused(SayadNotConfirmed, self._move, cheque, to)
        if to == "endorsed" and cheque.sayad != "transferred":
            return self.refused(SayadNotTransferred, self._move, cheque, to)
        self._go(who, cheque, to)
        return None

    def _go(self, who: int, cheque: Cheque, to: str) -> None:
        if to == "received" and cheque.state == "announced":
            self.do(self._coloured, cheque)
        self.do(self._move, cheque, to)
        self.books[who].move(cheque, to)

    async def _coloured(self, uow: UnitOfWork, cheque: Cheque) -> None:
        version = await self._version(uow, cheque)
        await desk.record_colour(uow, self.finance, cheque.id, DrawerColour.WHITE, version, self.now)

    async def _move(self, uow: UnitOfWork, cheque: Cheque, to: str) -> None:
        version = await self._version(uow, cheque)
        if to == "bounced":
            reason = BounceReason.FUNDS
            await moving.bounce(uow, self.finance, cheque.id, reason, version, self.now, "B-1")
        elif to == "settled":
            await moving.settle(uow, self.finance, cheque.id, version, self.now)
        else:
            await moving.move_cheque(uow, self.finance, cheque.id, ChequeState(to), version, self.now)

    @precondition(lambda self: self.cheques_in("bounced", "legal"))
    @rule(which=WHICH)
    def replace_cheque(self, which: int) -> None:
        """Other cheques or money have come for one that bounced; as much as it was for."""
        self.tick()
        who, cheque = self.one_of(self.cheques_in("bounced", "legal"), which)
        books = self.books[who]
        if books.exposure["unallocated"] - cheque.left < cheque.amount:
            return self.refused(NotReplaced, self._replace, cheque)
        self.do(self._replace, cheque)
        books.move(cheque, "settled", is_replaced=True)
        return None

    async def _replace(self, uow: UnitOfWork, cheque: Cheque) -> None:
        version = await self._version(uow, cheque)
        await moving.settle(uow, self.finance, cheque.id, version, self.now, is_replaced=True)

    @property
    def moved(self) -> list[tuple[int, Cheque]]:
        return [each for each in self.cheques_in() if each[1].path]

    @precondition(lambda self: self.moved)
    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        """What finance has done last with a cheque was a mistake; exposure may rise by that."""
        self.tick()
        who, cheque = self.one_of(self.moved, which)
        self.do(self._undo, cheque)
        self.books[who].undo(cheque)
        self.is_recorded = True

    async def _undo(self, uow: UnitOfWork, cheque: Cheque) -> None:
        version = await self._version(uow, cheque)
        await undoing.undo(uow, self.finance, cheque.id, version, "اشتباه ثبت شد", self.now)

    @rule(which=WHICH, line=WHICH, units=st.integers(1, 12))
    def return_goods(self, which: int, line: int, units: int) -> None:
        """Goods were damaged: they are credited at what was paid for them, but never twice."""
        self.tick()
        bills = [(who, bill) for who, each in enumerate(self.books) for bill in each.invoices]
        who, invoice = self.one_of(bills, which)
        books = self.books[who]
        name = sorted(invoice.lines)[line % len(invoice.lines)]
        if units > invoice.lines[name] - invoice.returned[name]:
            return self.refused(MoreThanDelivered, self._credit, invoice, name, units)
        net, vat = invoice.worth(name, units)
        note_id = self.do(self._credit, invoice, name, units)
        invoice.returned[name] += units
        books.credit(Source("credit_note", net + vat, self.instant, id=note_id), invoice, net)
        return None

    async def _credit(self, uow: UnitOfWork, invoice: Invoice, name: str, units: int) -> int:
        whole = await uow.invoices.get(invoice.id, of=self.finance)
        product_id = self.desk.goods[name].id
        (position,) = (
            each.position for each in whole.lines if each.product_id == product_id and not each.is_bonus
        )
        step = (uow, self.finance, invoice.id, {position: units}, CreditReason.DAMAGE, self.now)
        return (await issue_credit_note(*step)).id

    @rule(who=WHO, rials=MILLIONS, ceiling=st.sampled_from(["open", "total", "none"]))
    def limit(self, who: int, rials: int, ceiling: str) -> None:
        """A new ceiling, or none of one's own any more."""
        self.tick()
        customer_id, was = self.buyer(who).customer_id, self.books[who].limits
        if ceiling == "none":
            self.do(limits.drop_limit, self.finance, customer_id, self.now)
            self.books[who].limits = (None, None)
            return
        step = (limits.set_limit, self.finance, customer_id, Money(rials), "بازنگری", self.now)
        self.do(*step, is_open=ceiling == "open")
        self.books[who].limits = (rials, was[1]) if ceiling == "open" else (was[0], rials)

    @rule(who=WHO, which=WHICH)
    def stop_or_release(self, who: int, which: int) -> None:
        """Nothing more on credit; or the stop is released, whatever it was for."""
        self.tick()
        customer_id, holds = self.buyer(who).customer_id, self.books[who].holds
        standing = self.do(lambda uow: uow.credit.list_holds(customer_id))
        if not standing:
            self.do(limits.stop, self.finance, customer_id, "بدقولی", self.now)
            self.refused(AlreadyDecided, limits.stop, self.finance, customer_id, "باز", self.now)
            holds["manual"] = None
            return
        hold = standing[which % len(standing)]
        self.do(limits.release, self.finance, hold.id, "تسویه شد", self.now)
        del holds[hold.kind.value]
        self.refused(AlreadyDecided, limits.release, self.finance, hold.id, "باز", self.now)
