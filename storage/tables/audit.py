"""Who did or was refused what, sealed row by row; and the counters that number our documents."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, String, Table

from storage.tables.base import Instant, Key, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("identity_id", Key, ForeignKey("identities.id")),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("action", String(60), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("subject_id", Key),
    Column("facts", JSON, nullable=False),
)
Index("ix_audit_subject", audit.c.subject, audit.c.subject_id)

audit_links = Table(
    "audit_links",
    metadata,
    Column("id", Key, primary_key=True),
    # Each link seals one row together with all before it: nobody changes the past unnoticed.
    Column("audit_id", Key, nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("sealed_at", Instant, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
