"""Campaigns, whom they are for, and a row for each recipient: that row is the whole truth of the sending."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, Key, metadata

segments = Table(
    "segments",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("conditions", JSON, nullable=False),
    Column("made_by", Key, ForeignKey("staff.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(80), nullable=False),
    # "promotion", "product", "announcement"
    Column("kind", String(16), nullable=False),
    # "draft", "scheduled", "running", "paused", "cancelled", "finished"
    Column("state", String(12), nullable=False),
    Column("promotion_id", Key, ForeignKey("promotions.id")),
    Column("product_id", Key, ForeignKey("products.id")),
    # And, or, not over conditions: domain/segments.py.
    Column("conditions", JSON, nullable=False),
    Column("text", Text, nullable=False, default=""),
    # Raised by each correction; a recipient remembers which one was sent.
    Column("text_version", Integer, nullable=False, default=0),
    # Whether those who have the former text get theirs edited.
    Column("corrects_sent", Boolean, nullable=False, default=False),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    # "buy", "offer", "both", "none"
    Column("buttons", String(8), nullable=False, default="none"),
    Column("quantity", Integer),
    Column("ends_on", Date),
    Column("holdout_percent", Integer, nullable=False, default=0),
    # Recipients a minute, where it goes out gradually.
    Column("per_minute", Integer),
    # The manager said so: also shops with an open complaint, or overdue beyond the setting.
    Column("with_complaints", Boolean, nullable=False, default=False),
    Column("with_overdue", Boolean, nullable=False, default=False),
    # What was counted when the audience was frozen: {"matched": 412, "not_connected": 23, …}.
    Column("counts", JSON, nullable=False),
    Column("start_at", Instant),
    Column("made_by", Key, ForeignKey("staff.id"), nullable=False),
    Column("approved_by", Key, ForeignKey("staff.id")),
    Column("pause_reason", String(24)),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("paused_at", Instant),
    Column("ended_at", Instant),
    Column("reported_at", Instant),
    Column("version", Integer, nullable=False, default=0),
    CheckConstraint("approved_by IS NULL OR approved_by <> made_by", name="two_people"),
    sqlite_autoincrement=True,
)
Index(
    "ix_campaigns_alive",
    campaigns.c.state,
    campaigns.c.start_at,
    sqlite_where=campaigns.c.state.in_(("scheduled", "running", "paused")),
    postgresql_where=campaigns.c.state.in_(("scheduled", "running", "paused")),
)

campaign_recipients = Table(
    "campaign_recipients",
    metadata,
    Column("id", Key, primary_key=True),
    Column("campaign_id", Key, ForeignKey("campaigns.id"), nullable=False),
    # No foreign keys: these are copied from the tables that they would name, in one statement and for
    # hundreds of thousands at once, and nothing is ever deleted there. To check each again doubles the time.
    Column("customer_id", Key, nullable=False),
    Column("contact_id", Key, nullable=False),
    Column("is_holdout", Boolean, nullable=False, default=False),
    # "new", "leased", "sending", "sent", "uncertain", "failed", "blocked", "skipped", "held" (the holdout)
    Column("state", String(12), nullable=False),
    # Why it was skipped or has failed: "opted_out", "out_of_stock", "unreachable", …
    Column("reason", String(60)),
    Column("lease", String(32)),
    Column("leased_until", Instant),
    Column("platform", String(16)),
    Column("bot_id", Key),
    Column("chat_id", Key),
    Column("message_id", Key),
    Column("text_version", Integer, nullable=False, default=0),
    # When it went out; of the holdout when it would have.
    Column("sent_at", Instant),
    Column("clicked_at", Instant),
    Column("opted_out_at", Instant),
    UniqueConstraint("campaign_id", "customer_id"),
)
Index("ix_campaign_recipients_customer", campaign_recipients.c.customer_id, campaign_recipients.c.sent_at)
Index("ix_campaign_recipients_contact", campaign_recipients.c.contact_id, campaign_recipients.c.sent_at)
Index("ix_campaign_recipients_state", campaign_recipients.c.campaign_id, campaign_recipients.c.state)
Index(
    "ix_campaign_recipients_new",
    campaign_recipients.c.campaign_id,
    campaign_recipients.c.id,
    sqlite_where=campaign_recipients.c.state == "new",
    postgresql_where=campaign_recipients.c.state == "new",
)
Index(
    "ix_campaign_recipients_leased",
    campaign_recipients.c.leased_until,
    sqlite_where=campaign_recipients.c.state.in_(("leased", "sending")),
    postgresql_where=campaign_recipients.c.state.in_(("leased", "sending")),
)
