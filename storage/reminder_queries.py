"""What reminders ask the database: each statement is built once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, bindparam, exists, func, literal_column, or_, select, tuple_, union_all, update

from domain.credit import HoldKind
from domain.credit_rules import POLICY
from domain.disputes import DisputeState
from domain.ledger import Voucher
from domain.receipts import WAITING
from domain.reminders import LAST
from storage.built import built
from storage.credit_rows import UNCLEARED, is_in
from storage.tables.base import Instant
from storage.tables.claims import disputes, receipts
from storage.tables.company import company_settings
from storage.tables.credit import credit_holds
from storage.tables.instruments import cheques
from storage.tables.ledger import credit_notes, invoices, payments
from storage.tables.people import contact_roles, contacts, customers, identities, preferences, reaches
from storage.tables.reminders import payment_reminders

_I, _R = invoices.c, payment_reminders.c
_NOTHING: Any = literal_column("0")
OWING = _I.open_rials > _NOTHING
_CUSTOMER: Any = bindparam("customer")
DISPUTED = exists().where(
    disputes.c.document == literal_column(f"'{Voucher.INVOICE.value}'"),
    disputes.c.document_id == _I.id,
    disputes.c.state == literal_column(f"'{DisputeState.OPEN.value}'"),
)
TOLD = select(func.max(_R.level)).where(_R.invoice_id == _I.id, _R.level >= _NOTHING).scalar_subquery()
UNPLANNED = built(
    select(_I.id, _I.due_on, _I.created_at).where(OWING, _I.remind_on.is_(None)).limit(bindparam("most"))
)
PLAN = built(update(invoices).where(_I.id == bindparam("planned")).values(remind_on=bindparam("day")))
# In the order of their index, which both databases then walk: only what is due is read.
DUE = built(
    select(_I.remind_on, _I.customer_id)
    .where(
        OWING,
        _I.remind_on <= bindparam("today"),
        tuple_(_I.remind_on, _I.customer_id) > tuple_(bindparam("day", type_=Date()), bindparam("after")),
    )
    .order_by(_I.remind_on, _I.customer_id)
    .limit(bindparam("most"))
)
OWED = built(
    select(_I.id, _I.number, _I.due_on, _I.open_rials, TOLD.label("told"), DISPUTED.label("is_disputed"))
    .where(_I.customer_id == _CUSTOMER, OWING)
    .order_by(_I.due_on, _I.id)
)
STATE = built(select(_I.open_rials).where(_I.id == bindparam("invoice")))
IN_REVIEW = built(
    select(receipts.c.invoice_id).where(
        receipts.c.customer_id == _CUSTOMER,
        is_in(receipts.c.state, [each.value for each in WAITING]),
        receipts.c.created_at > bindparam("since", type_=Instant()),
    )
)
CREDITS = built(
    union_all(
        *(
            select(func.coalesce(func.sum(table.c.unallocated_rials), _NOTHING)).where(
                table.c.customer_id == _CUSTOMER, table.c.unallocated_rials > _NOTHING, *more
            )
            for table, more in (
                (payments, ()),
                (credit_notes, ()),
                (cheques, (is_in(cheques.c.state, UNCLEARED), cheques.c.received_on.is_not(None))),
            )
        )
    )
)
DEBTOR = built(
    select(
        customers.c.name,
        customers.c.segment,
        customers.c.max_overdue_days,
        select(company_settings.c.value)
        .where(company_settings.c.name == literal_column(f"'{POLICY}'"))
        .scalar_subquery()
        .label("policy"),
    ).where(customers.c.id == _CUSTOMER)
)
TOLD_ON = built(
    select(_R.sent_on).distinct().where(_R.customer_id == _CUSTOMER, _R.sent_on > bindparam("first"))
)
STOPPING = payment_reminders.alias("stopping")
STOPPED_FOR = (
    exists()
    .where(
        STOPPING.c.customer_id == credit_holds.c.customer_id,
        STOPPING.c.invoice_id == _I.id,
        STOPPING.c.level == literal_column(str(LAST)),
    )
    .correlate(credit_holds)
)
SETTLED_STOPS = select(credit_holds.c.id, credit_holds.c.customer_id).where(
    credit_holds.c.kind == HoldKind.OVERDUE.value,
    credit_holds.c.released_at.is_(None),
    credit_holds.c.placed_by.is_(None),
    exists().where(_R.invoice_id == credit_holds.c.subject_id, _R.level == LAST),
    ~STOPPED_FOR.where(OWING),
)
READERS = built(
    select(
        contacts.c.id,
        func.coalesce(preferences.c.hours, literal_column("''")).label("hours"),
        or_(preferences.c.reminders.is_(None), preferences.c.reminders).label("wants"),
    )
    .join(contact_roles, contact_roles.c.contact_id == contacts.c.id)
    .outerjoin(preferences, preferences.c.contact_id == contacts.c.id)
    .where(
        contact_roles.c.customer_id == _CUSTOMER,
        contact_roles.c.may_see_balance,
        contacts.c.is_active,
        exists().where(
            identities.c.contact_id == contacts.c.id,
            reaches.c.identity_id == identities.c.id,
            reaches.c.blocked_at.is_(None),
        ),
    )
    .order_by(contacts.c.id)
)
