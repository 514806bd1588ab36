"""Promotions, what each of them gave to whom, and on which terms a customer may pay."""

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
)

from storage.tables.base import Instant, Key, metadata

promotions = Table(
    "promotions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code", String(64), unique=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("state", String(12), nullable=False),
    # The whole rule as domain/promotions.py writes and reads it.
    Column("spec", JSON, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("budget_rials", BigInteger),
    Column("budget_units", BigInteger),
    Column("spent_rials", BigInteger, nullable=False, default=0),
    Column("spent_units", BigInteger, nullable=False, default=0),
    Column("alerted_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Key, ForeignKey("staff.id")),
    Column("version", Integer, nullable=False, default=1),
    CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    CheckConstraint("spent_rials >= 0 AND spent_units >= 0", name="not_negative"),
    # Old buttons and orders carry the id: it must never come back for another promotion.
    sqlite_autoincrement=True,
)
Index("ix_promotions_live", promotions.c.state, promotions.c.starts_on)

# What a promotion said in each of its versions: what was given is judged by that, however it reads today.
promotion_versions = Table(
    "promotion_versions",
    metadata,
    Column("promotion_id", Key, ForeignKey("promotions.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("name", String(120), nullable=False),
    Column("spec", JSON, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("budget_rials", BigInteger),
    Column("budget_units", BigInteger),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
)

applied_promotions = Table(
    "applied_promotions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    # An order that is changed is given its promotions anew: the highest version is what holds.
    Column("order_version", Integer, nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    # None for the discount of the payment term, which is no promotion.
    Column("promotion_id", Key, ForeignKey("promotions.id")),
    Column("version", Integer, nullable=False, default=0),
    Column("stage", String(16), nullable=False),
    Column("name", String(120), nullable=False),
    # The position of the line; None for what was given on the whole order.
    Column("position", Integer),
    Column("base_rials", BigInteger, nullable=False),
    Column("amount_rials", BigInteger, nullable=False),
    Column("units", Integer, nullable=False, default=0),
    Column("at", Instant, nullable=False),
)
Index("ix_applied_promotions_used", applied_promotions.c.customer_id, applied_promotions.c.promotion_id)

payment_terms = Table(
    "payment_terms",
    metadata,
    Column("id", Key, primary_key=True),
    # Both empty: the company's own, for whoever has none of their own and none by group.
    Column("customer_id", Key, ForeignKey("customers.id"), index=True),
    Column("group_id", Key, ForeignKey("customer_groups.id"), index=True),
    Column("code", String(24), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("days", Integer, nullable=False, default=0),
    Column("discount_basis_points", Integer, nullable=False, default=0),
    # Of a mixed term: the share paid in cash, and what the rest is.
    Column("cash_basis_points", Integer, nullable=False, default=0),
    Column("rest_kind", String(16)),
    Column("position", Integer, nullable=False, default=0),
    CheckConstraint("customer_id IS NULL OR group_id IS NULL", name="one_owner"),
    CheckConstraint("days >= 0 AND discount_basis_points BETWEEN 0 AND 10000", name="values"),
    CheckConstraint("cash_basis_points BETWEEN 0 AND 10000", name="cash"),
    # Old buttons carry the id: it must never come back for another term.
    sqlite_autoincrement=True,
)
