"""The one statement that reads a customer's credit, and the value that its row becomes.

What SQLite's and PostgreSQL's partial indexes are built with stands as literals, so that they answer.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from domain.credit import CreditLimit, CreditPolicy, CreditStanding, HoldKind, chained
from domain.credit_rules import POLICY
from domain.money import Money
from domain.orders import OPEN
from storage.tables.claims import promises
from storage.tables.company import company_settings
from storage.tables.credit import credit_holds, credit_limits
from storage.tables.instruments import cheques
from storage.tables.ledger import credit_notes, invoices, payments
from storage.tables.orders import orders
from storage.tables.people import customers

NOTHING: ColumnElement[int] = literal_column("0")
UNCLEARED = ("received", "deposited", "endorsed")
BOUNCED = ("bounced", "legal")
TAKEN = (*UNCLEARED, *BOUNCED, "cleared", "settled", "handed_back")
"""Cheques whose unallocated part lowers the balance: all that were taken. Of one that went back unpaid
nothing is left; one that was settled before it went back keeps its part."""


def is_in(column: Any, values: Any) -> Any:
    """The column holds one of these words, as literals."""
    return column.in_([literal_column(f"'{each}'") for each in sorted(values)])


def _sum(amount: Any, *wanted: Any) -> ScalarSelect[Any]:
    return select(func.coalesce(func.sum(amount), NOTHING)).where(*wanted).scalar_subquery()


def _count(table: Table, *wanted: Any) -> ScalarSelect[Any]:
    return select(func.count()).select_from(table).where(*wanted).scalar_subquery()


_CUSTOMER: ColumnElement[int] = bindparam("customer")
_OPEN_INVOICES = (invoices.c.customer_id == _CUSTOMER, invoices.c.open_rials > NOTHING)
_OVERDUE = (*_OPEN_INVOICES, invoices.c.due_on < bindparam("today"))
_UNCLEARED = (cheques.c.customer_id == _CUSTOMER, is_in(cheques.c.state, UNCLEARED))
_BOUNCED = (cheques.c.customer_id == _CUSTOMER, is_in(cheques.c.state, BOUNCED))
_ORDERS = (
    orders.c.customer_id == _CUSTOMER,
    orders.c.credit_rials > NOTHING,
    is_in(orders.c.status, [each.value for each in OPEN]),
)
_ON_ACCOUNT = literal_column("'acc'") == func.coalesce(
    orders.c.term["rest"].as_string(), orders.c.term["kind"].as_string()
)


def _unallocated(table: Table, *more: Any) -> Any:
    return _sum(
        table.c.unallocated_rials,
        table.c.customer_id == _CUSTOMER,
        table.c.unallocated_rials > NOTHING,
        *more,
    )


def _newest(limits: Any, *owned: Any) -> Any:
    """The newest limit of that owner that is valid now."""
    is_valid = or_(limits.c.valid_until.is_(None), limits.c.valid_until > bindparam("now"))
    return select(func.max(limits.c.id)).where(is_valid, *owned).scalar_subquery()


_OWN, _GROUPS, _COMPANYS = (credit_limits.alias(name) for name in ("own", "groups", "companys"))
_OF_CUSTOMER, _OF_GROUP, _OF_COMPANY = (
    credit_limits.alias(name) for name in ("own_", "groups_", "companys_")
)
_STILL_OWED = or_(
    promises.c.invoice_id.is_(None), promises.c.invoice_id.in_(select(invoices.c.id).where(*_OPEN_INVOICES))
)
"""Whoever pays in the end is trusted again."""
_BROKEN = exists().where(
    promises.c.customer_id == _CUSTOMER,
    _STILL_OWED,
    or_(
        promises.c.state == literal_column("'broken'"),
        and_(promises.c.state == literal_column("'open'"), promises.c.promised_on < bindparam("today")),
    ),
)

STANDING = (
    select(
        customers.c.id,
        customers.c.is_blocked,
        customers.c.segment,
        customers.c.max_overdue_days,
        _sum(invoices.c.open_rials, *_OPEN_INVOICES).label("open_invoices"),
        _sum(invoices.c.open_rials, *_OVERDUE).label("overdue"),
        select(func.min(invoices.c.due_on)).where(*_OVERDUE).scalar_subquery().label("oldest_due"),
        _sum(cheques.c.amount_rials, *_BOUNCED).label("bounced"),
        _count(cheques, *_BOUNCED).label("bounced_count"),
        _sum(cheques.c.amount_rials, *_UNCLEARED).label("uncleared"),
        _count(cheques, *_UNCLEARED).label("uncleared_count"),
        _sum(orders.c.credit_rials, *_ORDERS).label("open_orders"),
        _sum(orders.c.credit_rials, *_ORDERS, _ON_ACCOUNT).label("account_orders"),
        _unallocated(payments).label("unallocated_payments"),
        _unallocated(credit_notes).label("unallocated_notes"),
        _unallocated(cheques, is_in(cheques.c.state, TAKEN), cheques.c.received_on.is_not(None)).label(
            "unallocated_cheques"
        ),
        _BROKEN.label("has_broken_promise"),
        select(func.aggregate_strings(credit_holds.c.kind, ","))
        .where(credit_holds.c.customer_id == _CUSTOMER, credit_holds.c.released_at.is_(None))
        .scalar_subquery()
        .label("holds"),
        select(company_settings.c.value)
        .where(company_settings.c.name == literal_column(f"'{POLICY}'"))
        .scalar_subquery()
        .label("policy"),
        *(
            column.label(f"{limits.name}_{column.name}")
            for limits in (_OWN, _GROUPS, _COMPANYS)
            for column in (limits.c.id, limits.c.open_rials, limits.c.total_rials, limits.c.valid_until)
        ),
    )
    .select_from(
        customers.outerjoin(_OWN, _OWN.c.id == _newest(_OF_CUSTOMER, _OF_CUSTOMER.c.customer_id == _CUSTOMER))
        .outerjoin(_GROUPS, _GROUPS.c.id == _newest(_OF_GROUP, _OF_GROUP.c.group_id == customers.c.group_id))
        .outerjoin(
            _COMPANYS,
            _COMPANYS.c.id
            == _newest(_OF_COMPANY, _OF_COMPANY.c.customer_id.is_(None), _OF_COMPANY.c.group_id.is_(None)),
        )
    )
    .where(customers.c.id == _CUSTOMER)
)


COUNTED = select(orders.c.credit_rials, _ON_ACCOUNT.label("on_account")).where(
    orders.c.id == bindparam("order"),
    orders.c.credit_rials > NOTHING,
    is_in(orders.c.status, [each.value for each in OPEN]),
)
"""What one order adds to the open orders of its customer."""


def limit_of(open_rials: int | None, total_rials: int | None, valid_until: datetime | None) -> CreditLimit:
    return CreditLimit(
        open=None if open_rials is None else Money(open_rials),
        total=None if total_rials is None else Money(total_rials),
        valid_until=valid_until,
    )


def _chain(row: Any) -> CreditLimit:
    values = row._mapping
    return chained(
        *(
            limit_of(*(values[f"{owner}_{name}"] for name in ("open_rials", "total_rials", "valid_until")))
            for owner in ("own", "groups", "companys")
        )
    )


def standing_of(row: Any, today: date) -> CreditStanding:
    """The row of ``STANDING``."""
    unallocated = row.unallocated_payments + row.unallocated_notes + row.unallocated_cheques
    return CreditStanding(
        customer_id=row.id,
        open_invoices=Money(int(row.open_invoices)),
        bounced=Money(int(row.bounced)),
        bounced_count=row.bounced_count,
        uncleared=Money(int(row.uncleared)),
        uncleared_count=row.uncleared_count,
        open_orders=Money(int(row.open_orders)),
        account_orders=Money(int(row.account_orders)),
        unallocated=Money(int(unallocated)),
        overdue=Money(int(row.overdue)),
        oldest_due=row.oldest_due,
        today=today,
        has_broken_promise=bool(row.has_broken_promise),
        is_blocked=row.is_blocked,
        holds=frozenset(HoldKind(each) for each in (row.holds or "").split(",") if each),
        segment=row.segment,
        overdue_days_allowed=row.max_overdue_days,
        limit=_chain(row),
        policy=CreditPolicy(**(row.policy or {})),
    )
