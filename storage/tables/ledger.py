"""The books: postings that are never changed, invoices, and what has settled which of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from storage.tables.base import Instant, Key, metadata

CURRENCY = "IRR_OLD"

postings = Table(
    "postings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id")),
    Column("debit_account", String(24), nullable=False),
    Column("credit_account", String(24), nullable=False),
    Column("amount_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    # What made it: "invoice", "payment", "cheque", "credit_note", "opening", "rounding".
    Column("document", String(16), nullable=False),
    Column("document_id", Key, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("reverses", Key, ForeignKey("postings.id"), unique=True),
    # What must be posted once carries its own name, e.g. "invoice:21045:net".
    Column("key", String(120), nullable=False, unique=True),
    Column("staff_id", Key, ForeignKey("staff.id")),
    CheckConstraint("amount_rials > 0", name="amount"),
    CheckConstraint("debit_account <> credit_account", name="two_accounts"),
    sqlite_autoincrement=True,
)
Index(
    "ix_postings_customer",
    postings.c.customer_id,
    postings.c.day,
    postings.c.id,
    postings.c.debit_account,
    postings.c.credit_account,
    postings.c.amount_rials,
)
Index("ix_postings_document", postings.c.document, postings.c.document_id)

invoices = Table(
    "invoices",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("outlet_id", Key, ForeignKey("outlets.id")),
    # None for an invoice that came from the company's own books.
    Column("order_id", Key, ForeignKey("orders.id"), unique=True),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("term", JSON, nullable=False),
    Column("gross_rials", BigInteger, nullable=False),
    Column("discount_rials", BigInteger, nullable=False, default=0),
    Column("net_rials", BigInteger, nullable=False),
    Column("vat_rials", BigInteger, nullable=False),
    Column("total_rials", BigInteger, nullable=False),
    Column("open_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    Column("is_void", Boolean, nullable=False, default=False),
    # The day of the next reminder; empty until it was planned, for an open invoice.
    Column("remind_on", Date),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    CheckConstraint("total_rials = net_rials + vat_rials", name="total"),
    CheckConstraint("gross_rials - discount_rials = net_rials", name="net"),
    CheckConstraint("open_rials >= 0 AND open_rials <= total_rials", name="open"),
    sqlite_autoincrement=True,
)
Index("ix_invoices_customer", invoices.c.customer_id, invoices.c.issued_on)
Index(
    "ix_invoices_open",
    invoices.c.customer_id,
    invoices.c.due_on,
    invoices.c.id,
    invoices.c.open_rials,
    sqlite_where=invoices.c.open_rials > 0,
    postgresql_where=invoices.c.open_rials > 0,
)

# A daily sweep reads what is due and what was not planned yet, never what is only open.
Index(
    "ix_invoices_remind_on",
    invoices.c.remind_on,
    invoices.c.customer_id,
    sqlite_where=invoices.c.open_rials > 0,
    postgresql_where=invoices.c.open_rials > 0,
)

invoice_lines = Table(
    "invoice_lines",
    metadata,
    Column("invoice_id", Key, ForeignKey("invoices.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("products.id")),
    Column("name", String(300), nullable=False),
    Column("unit", String(16), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price_rials", BigInteger, nullable=False),
    Column("discount_rials", BigInteger, nullable=False, default=0),
    Column("vat_basis_points", Integer, nullable=False),
    Column("vat_rials", BigInteger, nullable=False),
    Column("is_bonus", Boolean, nullable=False, default=False),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("discount_rials >= 0 AND discount_rials <= quantity * unit_price_rials", name="discount"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("amount_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    Column("paid_on", Date, nullable=False),
    # "card", "transfer", "cash", "opening"
    Column("method", String(16), nullable=False),
    Column("tracking", String(40)),
    Column("receipt_id", Key, ForeignKey("receipts.id"), unique=True),
    Column("unallocated_rials", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    CheckConstraint("amount_rials > 0", name="amount"),
    CheckConstraint("unallocated_rials >= 0 AND unallocated_rials <= amount_rials", name="unallocated"),
)
Index(
    "ix_payments_unallocated",
    payments.c.customer_id,
    payments.c.unallocated_rials,
    sqlite_where=payments.c.unallocated_rials > 0,
    postgresql_where=payments.c.unallocated_rials > 0,
)

credit_notes = Table(
    "credit_notes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("invoice_id", Key, ForeignKey("invoices.id"), index=True),
    # One of return, damage, void and correction.
    Column("reason", String(16), nullable=False),
    Column("note", String(500), nullable=False, default=""),
    Column("net_rials", BigInteger, nullable=False),
    Column("vat_rials", BigInteger, nullable=False),
    Column("amount_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    Column("unallocated_rials", BigInteger, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("facts", JSON, nullable=False),
    CheckConstraint("amount_rials > 0 AND amount_rials = net_rials + vat_rials", name="amount"),
    CheckConstraint("unallocated_rials >= 0 AND unallocated_rials <= amount_rials", name="unallocated"),
)
Index(
    "ix_credit_notes_unallocated",
    credit_notes.c.customer_id,
    credit_notes.c.unallocated_rials,
    sqlite_where=credit_notes.c.unallocated_rials > 0,
    postgresql_where=credit_notes.c.unallocated_rials > 0,
)

allocations = Table(
    "allocations",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("invoice_id", Key, ForeignKey("invoices.id"), nullable=False, index=True),
    # "payment", "cheque", "credit_note", "rounding"
    Column("source", String(16), nullable=False),
    Column("source_id", Key, nullable=False),
    # Negative when an earlier one is taken back: rows are never changed.
    Column("amount_rials", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    CheckConstraint("amount_rials <> 0", name="amount"),
)
Index("ix_allocations_source", allocations.c.source, allocations.c.source_id)
