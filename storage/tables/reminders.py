"""Which reminder of which invoice was sent: each level of each invoice once."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

payment_reminders = Table(
    "payment_reminders",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("invoice_id", Key, ForeignKey("invoices.id"), nullable=False),
    # -1 is the note on the day of a promise.
    Column("level", Integer, nullable=False),
    Column("sent_on", Date, nullable=False),
    # The one message that told it with the others of that day: "dunning:17:2026-11-18".
    Column("key", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("invoice_id", "level", "key"),
)
Index("ix_payment_reminders_customer", payment_reminders.c.customer_id, payment_reminders.c.sent_on)
Index(
    "uq_payment_reminders_once",
    payment_reminders.c.invoice_id,
    payment_reminders.c.level,
    unique=True,
    sqlite_where=payment_reminders.c.level >= 0,
    postgresql_where=payment_reminders.c.level >= 0,
)
