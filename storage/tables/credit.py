"""How much a customer may owe, what stops the selling on credit, and every decision with its inputs."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from storage.tables.base import Instant, Key, metadata

credit_limits = Table(
    "credit_limits",
    metadata,
    Column("id", Key, primary_key=True),
    # Both empty: the company's own. The newest row of an owner that is valid now holds.
    Column("customer_id", Key, ForeignKey("customers.id"), index=True),
    Column("group_id", Key, ForeignKey("customer_groups.id"), index=True),
    # Empty means: as the next one up the chain says. Zero means cash only.
    Column("open_rials", BigInteger),
    Column("total_rials", BigInteger),
    Column("valid_until", Instant),
    Column("reason", String(300), nullable=False, default=""),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    CheckConstraint("customer_id IS NULL OR group_id IS NULL", name="one_owner"),
    CheckConstraint("open_rials IS NULL OR open_rials >= 0", name="open"),
    CheckConstraint("total_rials IS NULL OR total_rials >= 0", name="total"),
)

credit_holds = Table(
    "credit_holds",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    # "bounced", "overdue", "manual", "legal"
    Column("kind", String(12), nullable=False),
    Column("reason", String(300), nullable=False, default=""),
    # The cheque or invoice that is the cause, if there is one.
    Column("subject_id", Key),
    Column("placed_at", Instant, nullable=False),
    Column("placed_by", Key, ForeignKey("staff.id")),
    Column("released_at", Instant),
    Column("released_by", Key, ForeignKey("staff.id")),
    Column("release_reason", String(300)),
)
Index(
    "uq_credit_holds_standing",
    credit_holds.c.customer_id,
    credit_holds.c.kind,
    unique=True,
    sqlite_where=credit_holds.c.released_at.is_(None),
    postgresql_where=credit_holds.c.released_at.is_(None),
)

credit_decisions = Table(
    "credit_decisions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    # No foreign key: a draft that was refused may be given up, what was decided on it is kept.
    Column("order_id", Key, nullable=False),
    Column("at", Instant, nullable=False),
    # The row of the decision table R2.3 that matched, 1 to 8; 0 for what a person decided.
    Column("row", Integer, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("amount_rials", BigInteger, nullable=False),
    Column("exposure_rials", BigInteger, nullable=False),
    Column("limit_rials", BigInteger),
    Column("inputs", JSON, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("reason", String(300), nullable=False, default=""),
)
Index("ix_credit_decisions_order", credit_decisions.c.order_id, credit_decisions.c.id)
