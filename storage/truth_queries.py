"""Every truth as one statement: it selects what does not hold, with what was wanted and what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from domain.instruments import UNCLEARED, UNSETTLED, ChequeState
from domain.ledger import OWED, Account, EntryKind, Voucher
from domain.orders import DELIVERIES, OPEN
from domain.truths import Truth
from storage.tables.catalogue import stock
from storage.tables.instruments import cheques
from storage.tables.ledger import allocations, credit_notes, invoice_lines, invoices, payments, postings
from storage.tables.orders import order_lines, orders
from storage.tables.people import customers

_OWED = sorted(OWED)
_P, _A = postings.c, allocations.c


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


def _found(truth: Truth, subject: str, thing: Any, wanted: Any, found: Any) -> tuple[Truth, str, Select[Any]]:
    return truth, subject, select(thing.label("id"), wanted.label("wanted"), found.label("found"))


def _on(account: Account, *conditions: Any) -> Any:
    """What stands on that account by these postings."""
    moved = case((_P.debit_account == account.value, _P.amount_rials), else_=0) - case(
        (_P.credit_account == account.value, _P.amount_rials), else_=0
    )
    return select(_sum(moved)).where(*conditions).scalar_subquery()


def _of_customer(table: Any, column: Any, *conditions: Any) -> Any:
    return select(_sum(column)).where(table.c.customer_id == customers.c.id, *conditions).scalar_subquery()


def balance() -> tuple[Truth, str, Select[Any]]:
    effect = case((_P.debit_account.in_(_OWED), _P.amount_rials), else_=0) - case(
        (_P.credit_account.in_(_OWED), _P.amount_rials), else_=0
    )
    found = _of_customer(postings, effect)
    unsettled = [each.value for each in UNSETTLED]
    wanted = (
        _of_customer(invoices, invoices.c.open_rials)
        + _of_customer(cheques, cheques.c.amount_rials, cheques.c.state.in_(unsettled))
        - _of_customer(payments, payments.c.unallocated_rials)
        - _of_customer(credit_notes, credit_notes.c.unallocated_rials)
        - _of_customer(cheques, cheques.c.unallocated_rials, cheques.c.received_on.is_not(None))
    )
    truth, subject, query = _found(Truth.BALANCE, "customer", customers.c.id, wanted, found)
    return truth, subject, query.where(wanted != found)


def invoice_open() -> tuple[Truth, str, Select[Any]]:
    settled = select(_sum(_A.amount_rials)).where(_A.invoice_id == invoices.c.id).scalar_subquery()
    wanted = invoices.c.total_rials - settled
    truth, subject, query = _found(
        Truth.INVOICE_OPEN, "invoice", invoices.c.id, wanted, invoices.c.open_rials
    )
    return truth, subject, query.where(wanted != invoices.c.open_rials)


def invoice_sums() -> tuple[Truth, str, Select[Any]]:
    """Invoices that came from the company's own books have no lines here."""
    of = invoice_lines.c.invoice_id == invoices.c.id
    line = invoice_lines.c.quantity * invoice_lines.c.unit_price_rials - invoice_lines.c.discount_rials
    wanted = select(_sum(line + invoice_lines.c.vat_rials)).where(of).scalar_subquery()
    has_lines = select(invoice_lines.c.position).where(of).exists()
    truth, subject, query = _found(
        Truth.INVOICE_LINES, "invoice", invoices.c.id, wanted, invoices.c.total_rials
    )
    return truth, subject, query.where(has_lines, wanted != invoices.c.total_rials)


def invoice_posted() -> tuple[Truth, str, Select[Any]]:
    found = _on(
        Account.RECEIVABLE,
        _P.document == Voucher.INVOICE.value,
        _P.document_id == invoices.c.id,
    )
    truth, subject, query = _found(
        Truth.INVOICE_POSTED, "invoice", invoices.c.id, invoices.c.total_rials, found
    )
    return truth, subject, query.where(found != invoices.c.total_rials)


def _left(truth: Truth, voucher: Voucher, table: Any, *conditions: Any) -> tuple[Truth, str, Select[Any]]:
    """The amount, without what it settled and what of it went to rounding, is what is left."""
    of = and_(_A.source == voucher.value, _A.source_id == table.c.id)
    settled = select(_sum(_A.amount_rials)).where(of).scalar_subquery()
    own = allocations.alias()
    let_go = (
        select(_sum(_A.amount_rials))
        .join_from(allocations, own, own.c.id == _A.source_id)
        .where(
            _A.source == Voucher.ROUNDING.value, own.c.source == voucher.value, own.c.source_id == table.c.id
        )
        .scalar_subquery()
    )
    # Rounding posts what was paid over as credit, and what was let go as debit.
    rounded = _on(
        Account.RECEIVABLE,
        _P.document == voucher.value,
        _P.document_id == table.c.id,
        _P.kind == EntryKind.ROUNDING.value,
    )
    wanted = table.c.amount_rials - settled - rounded - let_go
    found = table.c.unallocated_rials
    named, subject, query = _found(truth, voucher.value, table.c.id, wanted, found)
    return named, subject, query.where(wanted != found, *conditions)


def payment_left() -> tuple[Truth, str, Select[Any]]:
    return _left(Truth.PAYMENT_LEFT, Voucher.PAYMENT, payments)


def note_left() -> tuple[Truth, str, Select[Any]]:
    return _left(Truth.NOTE_LEFT, Voucher.CREDIT_NOTE, credit_notes)


def cheque_left() -> tuple[Truth, str, Select[Any]]:
    """Of a cheque that was given up nothing is left, and it settles nothing."""
    settled = (
        select(_sum(_A.amount_rials))
        .where(_A.source == Voucher.CHEQUE.value, _A.source_id == cheques.c.id)
        .scalar_subquery()
    )
    ended = (ChequeState.HANDED_BACK.value, ChequeState.SETTLED.value)
    given_up = and_(cheques.c.state.in_(ended), cheques.c.unallocated_rials == 0, settled == 0)
    return _left(Truth.CHEQUE_LEFT, Voucher.CHEQUE, cheques, cheques.c.received_on.is_not(None), ~given_up)


def cheque_state() -> tuple[Truth, str, Select[Any]]:
    of = (_P.document == Voucher.CHEQUE.value, _P.document_id == cheques.c.id)
    held, bounced = _on(Account.CHEQUES, *of), _on(Account.BOUNCED, *of)
    is_held = cheques.c.state.in_([each.value for each in UNCLEARED])
    is_bounced = cheques.c.state.in_([each.value for each in UNSETTLED])
    wants_held = case((is_held, cheques.c.amount_rials), else_=0)
    wants_bounced = case((is_bounced, cheques.c.amount_rials), else_=0)
    truth, subject, query = _found(
        Truth.CHEQUE_STATE, "cheque", cheques.c.id, wants_held + wants_bounced, held + bounced
    )
    return truth, subject, query.where(or_(held != wants_held, bounced != wants_bounced))


def order_sums() -> tuple[Truth, str, Select[Any]]:
    of = order_lines.c.order_id == orders.c.id
    net = order_lines.c.quantity * order_lines.c.unit_price_rials - order_lines.c.discount_rials
    vat = (net * order_lines.c.vat_basis_points + 5_000) // 10_000
    wanted = select(_sum(net + vat)).where(of).scalar_subquery()
    found = orders.c.net_rials + orders.c.vat_rials
    truth, subject, query = _found(Truth.ORDER_LINES, "order", orders.c.id, wanted, found)
    return truth, subject, query.where(orders.c.number.is_not(None), wanted != found)


def reserved() -> tuple[Truth, str, Select[Any]]:
    wanted = (
        select(_sum(order_lines.c.quantity - order_lines.c.later))
        .join_from(order_lines, orders, orders.c.id == order_lines.c.order_id)
        .where(
            order_lines.c.product_id == stock.c.product_id,
            orders.c.status.in_([each.value for each in OPEN]),
        )
        .scalar_subquery()
    )
    truth, subject, query = _found(Truth.RESERVED, "product", stock.c.product_id, wanted, stock.c.reserved)
    return truth, subject, query.where(wanted != stock.c.reserved)


def invoiced() -> tuple[Truth, str, Select[Any]]:
    truth, subject, query = _found(
        Truth.INVOICED, "order", orders.c.id, invoices.c.total_rials, orders.c.credit_rials
    )
    is_delivered = orders.c.status.in_([each.value for each in DELIVERIES])
    return (
        truth,
        subject,
        query.join_from(orders, invoices, invoices.c.order_id == orders.c.id).where(~is_delivered),
    )


def reversal() -> tuple[Truth, str, Select[Any]]:
    undone = postings.alias("undone")
    truth, subject, query = _found(Truth.REVERSAL, "posting", _P.id, undone.c.amount_rials, _P.amount_rials)
    is_mirror = and_(
        undone.c.amount_rials == _P.amount_rials,
        undone.c.debit_account == _P.credit_account,
        undone.c.credit_account == _P.debit_account,
        undone.c.customer_id.is_not_distinct_from(_P.customer_id),
    )
    return truth, subject, query.join_from(postings, undone, undone.c.id == _P.reverses).where(~is_mirror)


TRUTHS: tuple[Callable[[], tuple[Truth, str, Select[Any]]], ...] = (
    balance,
    invoice_open,
    invoice_sums,
    invoice_posted,
    payment_left,
    note_left,
    cheque_left,
    cheque_state,
    order_sums,
    reserved,
    invoiced,
    reversal,
)
