"""What a customer thinks after a delivery, and the tickets that come of it."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Instant, Key, metadata

surveys = Table(
    "surveys",
    metadata,
    Column("id", Key, primary_key=True),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False, index=True),
    # "due", "asked", "answered", "expired", "skipped"
    Column("state", String(12), nullable=False),
    # Why it was never asked: "too_soon", "off", "unreachable".
    Column("why", String(24)),
    Column("delivered_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("asked_at", Instant),
    Column("expires_at", Instant),
    Column("score", Integer),
    Column("reason", String(24)),
    Column("comment", Text),
    Column("answered_at", Instant),
    Column("changed_at", Instant),
    # After the ticket is solved it is asked again, once: "glad", "so_so", "not_yet".
    Column("asked_again_at", Instant),
    Column("again", String(12)),
    CheckConstraint("score IS NULL OR (score >= 0 AND score <= 10)", name="score"),
)
Index(
    "ix_surveys_due",
    surveys.c.due_at,
    sqlite_where=surveys.c.state == "due",
    postgresql_where=surveys.c.state == "due",
)
Index(
    "ix_surveys_asked",
    surveys.c.expires_at,
    sqlite_where=surveys.c.state == "asked",
    postgresql_where=surveys.c.state == "asked",
)
Index("ix_surveys_answered", surveys.c.answered_at)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    # What it came from: "survey", later also "complaint" and "dispute".
    Column("kind", String(16), nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("survey_id", Key, ForeignKey("surveys.id"), unique=True),
    Column("subject", String(24), nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    Column("owner_id", Key, ForeignKey("staff.id"), index=True),
    # "open", "solved", "closed"
    Column("state", String(12), nullable=False),
    Column("is_urgent", Integer, nullable=False, default=0),
    Column("due_at", Instant, nullable=False),
    Column("outcome", String(500)),
    Column("solved_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, default=0),
)
Index(
    "ix_tickets_open",
    tickets.c.due_at,
    sqlite_where=tickets.c.state == "open",
    postgresql_where=tickets.c.state == "open",
)

ticket_notes = Table(
    "ticket_notes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("ticket_id", Key, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("text", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("noted_at", Instant, nullable=False),
)
