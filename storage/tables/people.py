"""Customers, the people who act for them, our staff, and the accounts by which we know them."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Instant, Key, metadata

customer_groups = Table(
    "customer_groups",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
)

customers = Table(
    "customers",
    metadata,
    Column("id", Key, primary_key=True),
    Column("external_ref", String(64), unique=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("group_id", Key, ForeignKey("customer_groups.id"), index=True),
    Column("parent_id", Key, ForeignKey("customers.id"), index=True),
    Column("national_id", String(20), unique=True),
    Column("economic_code", String(20)),
    Column("postal_code", String(10)),
    # The value group, A to D; empty for whoever was not grouped yet.
    Column("segment", String(1)),
    # Overdue days after which credit stops; empty means: as the company says.
    Column("max_overdue_days", Integer),
    Column("is_blocked", Boolean, nullable=False, default=False),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("created_at", Instant, nullable=False),
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("city", String(80), nullable=False),
    Column("address", String(500), nullable=False),
    Column("short_address", String(200), nullable=False),
    Column("route_id", Key, ForeignKey("routes.id"), index=True),
    Column("latitude", Float),
    Column("longitude", Float),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("mobile", String(11), unique=True),
    Column("language", String(8), nullable=False, default="fa"),
    Column("is_active", Boolean, nullable=False, default=True),
)

contact_roles = Table(
    "contact_roles",
    metadata,
    Column("contact_id", Key, ForeignKey("contacts.id"), primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, index=True),
    Column("may_order", Boolean, nullable=False, default=True),
    Column("may_see_balance", Boolean, nullable=False, default=False),
    Column("may_approve", Boolean, nullable=False, default=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False, index=True),
    Column("mobile", String(11), unique=True),
    Column("language", String(8), nullable=False, default="fa"),
    Column("is_active", Boolean, nullable=False, default=True),
)

staff_invites = Table(
    "staff_invites",
    metadata,
    Column("id", Key, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("staff_id", Key, ForeignKey("staff.id")),
)

identities = Table(
    "identities",
    metadata,
    Column("id", Key, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("user_id", Key, nullable=False),
    Column("name", String(200), nullable=False, default=""),
    Column("language", String(8), nullable=False, default="fa"),
    Column("contact_id", Key, ForeignKey("contacts.id"), index=True),
    Column("staff_id", Key, ForeignKey("staff.id"), index=True),
    Column("customer_id", Key, ForeignKey("customers.id")),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("platform", "user_id"),
    CheckConstraint("contact_id IS NULL OR staff_id IS NULL", name="one_person"),
)

reaches = Table(
    "reaches",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot_id", Key, primary_key=True, autoincrement=False),
    Column("chat_id", Key, primary_key=True, autoincrement=False),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("blocked_at", Instant),
)

begun_registrations = Table(
    "begun_registrations",
    metadata,
    Column("identity_id", Key, ForeignKey("identities.id"), primary_key=True, autoincrement=False),
    # The question that comes next, and what was answered before it.
    Column("step", String(100), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

membership_requests = Table(
    "membership_requests",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, index=True),
    Column("mobile", String(11), nullable=False),
    Column("person_name", String(120), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("city", String(80), nullable=False),
    Column("address", String(500), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("national_id", String(20)),
    Column("licence_file_id", Key, ForeignKey("files.id")),
    Column("route_id", Key, ForeignKey("routes.id")),
    Column("status", String(16), nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id")),
    Column("decided_by", Key, ForeignKey("staff.id")),
    Column("decided_at", Instant),
    Column("asked_at", Instant, nullable=False),
    Column("question", String(1000)),
    Column("question_by", Key, ForeignKey("staff.id")),
    Column("version", Integer, nullable=False, default=0),
)
Index(
    "uq_membership_requests_pending",
    membership_requests.c.identity_id,
    unique=True,
    sqlite_where=membership_requests.c.status == "pending",
    postgresql_where=membership_requests.c.status == "pending",
)

preferences = Table(
    "preferences",
    metadata,
    Column("contact_id", Key, ForeignKey("contacts.id"), primary_key=True, autoincrement=False),
    Column("reminders", Boolean, nullable=False, default=True),
    Column("promotions", Boolean, nullable=False, default=True),
    # After each delivery instead of at the company's pace; and never at all.
    Column("surveys", Boolean, nullable=False, default=False),
    Column("no_surveys", Boolean, nullable=False, default=False, server_default=text("false")),
    Column("hours", String(64), nullable=False, default="9-13,16-20"),
    Column("category_ids", String(500), nullable=False, default=""),
)
