"""Orders, their lines and what has happened to them."""

from sqlalchemy import (
    JSON,
    BigInteger,
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
)

from storage.tables.base import Instant, Key, metadata

orders = Table(
    "orders",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, unique=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("outlet_id", Key, ForeignKey("outlets.id"), nullable=False),
    Column("is_outlet_chosen", Boolean, nullable=False, default=False),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("status", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("deliver_on", Date),
    Column("note", String(500)),
    Column("nonce", String(22), unique=True),
    Column("changes", Key, ForeignKey("orders.id"), index=True),
    Column("repeats", Key, ForeignKey("orders.id")),
    Column("gross_rials", BigInteger, nullable=False, default=0),
    Column("discount_rials", BigInteger, nullable=False, default=0),
    Column("net_rials", BigInteger, nullable=False, default=0),
    Column("vat_rials", BigInteger, nullable=False, default=0),
    # The part that is owed after delivery: what counts as exposure until there is an invoice (rule R2.1).
    Column("credit_rials", BigInteger, nullable=False, default=0),
    Column("term", JSON(none_as_null=True)),
    # How the customer wants bonus goods that are short or to be chosen, by promotion.
    Column("bonus_choices", JSON(none_as_null=True)),
    # What exactly the summary showed: placing asks for the same again.
    Column("quote_digest", String(32)),
    # Until when a held order waits for somebody's decision.
    Column("decide_by", Instant),
    Column("line_count", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("placed_at", Instant),
    Column("feedback", String(16)),
    Column("last_press", Text),
    Column("version", Integer, nullable=False, default=0),
    CheckConstraint("(status = 'draft') = (number IS NULL)", name="placed_has_number"),
    # A draft may be deleted; its id, which old buttons carry, must never come back for another order.
    sqlite_autoincrement=True,
)
Index(
    "ix_orders_history",
    orders.c.customer_id,
    orders.c.placed_at.desc(),
    sqlite_where=orders.c.number.is_not(None),
    postgresql_where=orders.c.number.is_not(None),
)
Index(
    "uq_orders_draft",
    orders.c.contact_id,
    orders.c.customer_id,
    unique=True,
    sqlite_where=(orders.c.status == "draft") & orders.c.changes.is_(None),
    postgresql_where=(orders.c.status == "draft") & orders.c.changes.is_(None),
)
Index(
    "uq_orders_change",
    orders.c.changes,
    unique=True,
    sqlite_where=orders.c.status == "draft",
    postgresql_where=orders.c.status == "draft",
)
Index(
    "ix_orders_drafts",
    orders.c.contact_id,
    orders.c.customer_id,
    sqlite_where=orders.c.status == "draft",
    postgresql_where=orders.c.status == "draft",
)
Index(
    "ix_orders_exposure",
    orders.c.customer_id,
    orders.c.status,
    orders.c.credit_rials,
    sqlite_where=orders.c.credit_rials > 0,
    postgresql_where=orders.c.credit_rials > 0,
)
Index("ix_orders_desk", orders.c.status, orders.c.deliver_on)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_id", Key, ForeignKey("orders.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False, index=True),
    Column("quantity", Integer, nullable=False),
    Column("later", Integer, nullable=False, default=0),
    Column("unit_price_rials", BigInteger, nullable=False),
    Column("vat_basis_points", Integer, nullable=False),
    Column("discount_rials", BigInteger, nullable=False, default=0),
    # Bonus goods stand at their list price with the whole of it taken off.
    Column("bonus_of", Key, ForeignKey("promotions.id")),
    CheckConstraint("discount_rials >= 0 AND discount_rials <= quantity * unit_price_rials", name="discount"),
    CheckConstraint("quantity > 0 AND later >= 0 AND later <= quantity", name="quantities"),
)

order_events = Table(
    "order_events",
    metadata,
    Column("id", Key, primary_key=True),
    Column("order_id", Key, ForeignKey("orders.id"), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
)
