"""What came in, what is to be told, what a typed answer belongs to, and the files that travel with them."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, Key, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", Key, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("bot_id", Key, nullable=False),
    Column("update_id", Key, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("person", Key, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(500)),
    Column("received_at", Instant, nullable=False),
    Column("done_at", Instant),
    UniqueConstraint("platform", "bot_id", "update_id", "digest"),
    sqlite_autoincrement=True,
)
Index(
    "ix_inbox_new",
    inbox.c.platform,
    inbox.c.bot_id,
    inbox.c.person,
    inbox.c.id,
    sqlite_where=inbox.c.state == "new",
    postgresql_where=inbox.c.state == "new",
)
Index("ix_inbox_done_at", inbox.c.done_at)

memory = Table(
    "memory",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot_id", Key, primary_key=True, autoincrement=False),
    Column("user_id", Key, primary_key=True, autoincrement=False),
    Column("chat_id", Key, primary_key=True, autoincrement=False),
    Column("state", String(100)),
    Column("data", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

notifications = Table(
    "notifications",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("message_class", Integer, nullable=False),
    Column("contact_id", Key, ForeignKey("contacts.id"), index=True),
    Column("staff_id", Key, ForeignKey("staff.id"), index=True),
    Column("identity_id", Key, ForeignKey("identities.id"), index=True),
    Column("subject_id", Key, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    # After this nobody wants to hear it any more.
    Column("expires_at", Instant),
    Column("leased_until", Instant),
    Column("lease", String(32)),
    CheckConstraint(
        "(contact_id IS NOT NULL) + (staff_id IS NOT NULL) + (identity_id IS NOT NULL) = 1",
        name="one_recipient",
    ).ddl_if(dialect="sqlite"),
    CheckConstraint("num_nonnulls(contact_id, staff_id, identity_id) = 1", name="one_recipient").ddl_if(
        dialect="postgresql"
    ),
)
Index(
    "ix_notifications_waiting",
    notifications.c.message_class,
    notifications.c.due_at,
    notifications.c.id,
    sqlite_where=notifications.c.state == "new",
    postgresql_where=notifications.c.state == "new",
)
Index(
    "ix_notifications_sending",
    notifications.c.leased_until,
    sqlite_where=notifications.c.state == "sending",
    postgresql_where=notifications.c.state == "sending",
)

delivery_attempts = Table(
    "delivery_attempts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("notification_id", Key, ForeignKey("notifications.id"), nullable=False, index=True),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(12)),
    Column("message_id", Key),
    Column("error", String(300)),
)

files = Table(
    "files",
    metadata,
    Column("id", Key, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("mime_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("bot_id", Key, primary_key=True, autoincrement=False),
    Column("file_id", Key, ForeignKey("files.id"), primary_key=True, autoincrement=False),
    Column("remote_id", String(300), nullable=False),
)

support_messages = Table(
    "support_messages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, index=True),
    Column("customer_id", Key, ForeignKey("customers.id")),
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("text", Text, nullable=False),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    Column("asked_at", Instant, nullable=False),
    Column("answer", Text),
    Column("answered_by", Key, ForeignKey("staff.id")),
    Column("answered_at", Instant),
)
