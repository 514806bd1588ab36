"""What runs by itself, what a platform told us to wait for, messages that are kept up to date, and nudges."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

job_runs = Table(
    "job_runs",
    metadata,
    # One run per job and slot however many processes there are: who inserts the row runs it.
    Column("name", String(60), primary_key=True),
    Column("slot", Instant, primary_key=True),
    Column("started_at", Instant, nullable=False),
    # Whoever runs it says again and again that it lives; after this it is thought dead.
    Column("leased_until", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("did", Integer),
    Column("error", String(300)),
    # So many runs of this job in a row have failed, this one included.
    Column("failures", Integer, nullable=False, default=0),
)
Index("ix_job_runs_started_at", job_runs.c.started_at)
Index(
    "ix_job_runs_open",
    job_runs.c.name,
    sqlite_where=job_runs.c.ended_at.is_(None),
    postgresql_where=job_runs.c.ended_at.is_(None),
)

platform_pauses = Table(
    "platform_pauses",
    metadata,
    # A 429 that one process saw pauses all of them.
    Column("platform", String(16), primary_key=True),
    Column("bot_id", Key, primary_key=True, autoincrement=False),
    Column("paused_until", Instant, nullable=False),
)

live_messages = Table(
    "live_messages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("bot_id", Key, nullable=False),
    Column("chat_id", Key, nullable=False),
    Column("message_id", Key, nullable=False),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False),
    # What it shows, e.g. the progress of a campaign, and what it showed last.
    Column("kind", String(40), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("shown", String(64), nullable=False, default=""),
    Column("updated_at", Instant, nullable=False),
    Column("ends_at", Instant),
    UniqueConstraint("platform", "bot_id", "chat_id", "message_id"),
)
Index(
    "ix_live_messages_kept",
    live_messages.c.kind,
    live_messages.c.subject_id,
    sqlite_where=live_messages.c.ends_at.is_(None),
    postgresql_where=live_messages.c.ends_at.is_(None),
)

order_delays = Table(
    "order_delays",
    metadata,
    Column("id", Key, primary_key=True),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("reason", String(200), nullable=False),
    Column("was_on", Date, nullable=False),
    Column("deliver_on", Date, nullable=False),
    Column("from_hour", Integer, nullable=False),
    Column("until_hour", Integer, nullable=False),
    Column("told_by", Key, ForeignKey("staff.id"), nullable=False),
    Column("told_at", Instant, nullable=False),
    # "fine", "other_day", "cancelled"
    Column("answer", String(12)),
    Column("answered_at", Instant),
)

nudges = Table(
    "nudges",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    # The order after which the next one is missed, and which word about it this is.
    Column("last_order_id", Key, ForeignKey("orders.id"), nullable=False),
    Column("round", Integer, nullable=False, default=0),
    Column("due_on", Date, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("answer", String(16)),
    Column("reason", String(24)),
    Column("answered_at", Instant),
    # "Remind me in three days": the day.
    Column("remind_on", Date),
    UniqueConstraint("last_order_id", "round"),
)

Index("ix_nudges_heard", nudges.c.contact_id, nudges.c.sent_at)

nudge_plans = Table(
    "nudge_plans",
    metadata,
    # On which day somebody's rhythm is looked at next, unless an order of theirs changes before.
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("look_on", Date, nullable=False),
    Index("ix_nudge_plans_look_on", "look_on", "customer_id"),
)

competitor_notes = Table(
    "competitor_notes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("source", String(24), nullable=False),
    Column("text", String(500), nullable=False, default=""),
    Column("noted_at", Instant, nullable=False),
)

account_managers = Table(
    "account_managers",
    metadata,
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("staff_id", Key, ForeignKey("staff.id"), nullable=False, index=True),
)

customer_tags = Table(
    "customer_tags",
    metadata,
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("tag", String(40), primary_key=True),
    Index("ix_customer_tags_tag", "tag"),
)
