"""What is said about money: receipts, disputes, promises; what is to be done, and what does not add up."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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
from storage.tables.ledger import CURRENCY

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
    # "amount", "returned", "paid", "other": what was chosen under a reminder.
    Column("subject", String(12)),
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
    Column("judged_at", Instant),
    CheckConstraint("amount_rials > 0", name="amount"),
)
Index(
    "ix_promises_open",
    promises.c.promised_on,
    sqlite_where=promises.c.state == "open",
    postgresql_where=promises.c.state == "open",
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
