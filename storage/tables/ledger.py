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
    UniqueConstraint,
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

receipts = Table(
    "receipts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("invoice_id", Key, ForeignKey("invoices.id")),
    Column("amount_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    Column("paid_on", Date, nullable=False),
    Column("tracking", String(40)),
    Column("card_last_four", String(4)),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    # "pending", "seconded" (waits for a second person), "approved", "rejected"
    Column("state", String(12), nullable=False),
    Column("approved_rials", BigInteger),
    Column("reason", String(300)),
    Column("first_by", Key, ForeignKey("staff.id")),
    Column("first_at", Instant),
    Column("decided_by", Key, ForeignKey("staff.id")),
    Column("decided_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    CheckConstraint("amount_rials > 0", name="amount"),
    CheckConstraint("first_by IS NULL OR decided_by IS NULL OR first_by <> decided_by", name="two_people"),
)
Index(
    "uq_receipts_tracking",
    receipts.c.tracking,
    unique=True,
    sqlite_where=receipts.c.tracking.is_not(None) & (receipts.c.state != "rejected"),
    postgresql_where=receipts.c.tracking.is_not(None) & (receipts.c.state != "rejected"),
)
Index("ix_receipts_desk", receipts.c.state, receipts.c.created_at)

disputes = Table(
    "disputes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    # What is disputed: "invoice", "payment", "cheque", "credit_note"; or nothing that is in the books.
    Column("document", String(16)),
    Column("document_id", Key),
    Column("text", String(1000), nullable=False, default=""),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    Column("state", String(12), nullable=False),
    Column("answer", String(1000)),
    Column("answered_by", Key, ForeignKey("staff.id")),
    Column("answered_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, default=0),
)

promises = Table(
    "promises",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("invoice_id", Key, ForeignKey("invoices.id")),
    Column("amount_rials", BigInteger, nullable=False),
    Column("promised_on", Date, nullable=False),
    # "open", "kept", "broken"
    Column("state", String(12), nullable=False),
    Column("made_at", Instant, nullable=False),
    CheckConstraint("amount_rials > 0", name="amount"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Key, primary_key=True),
    # What is to be done, once for each key: "cheque_bounced:17".
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("customer_id", Key, ForeignKey("customers.id"), index=True),
    Column("subject_id", Key, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("due_on", Date),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("done_by", Key, ForeignKey("staff.id")),
)
Index(
    "ix_tasks_open",
    tasks.c.role,
    tasks.c.due_on,
    sqlite_where=tasks.c.done_at.is_(None),
    postgresql_where=tasks.c.done_at.is_(None),
)

violations = Table(
    "violations",
    metadata,
    Column("id", Key, primary_key=True),
    # The truth that does not hold, e.g. "R2.1", with whom and what it is about.
    Column("rule", String(16), nullable=False),
    Column("subject", String(24), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("mended_at", Instant),
    UniqueConstraint("rule", "subject", "subject_id", "found_at"),
)
