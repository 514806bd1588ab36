"""What makes ordering again easy: saved baskets, goods that were asked for, what is bought together."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

saved_baskets = Table(
    "saved_baskets",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("name_key", String(80), nullable=False),
    # The order it was made of, where it was one: that is not kept twice.
    Column("order_id", Key, ForeignKey("orders.id")),
    Column("saved_at", Instant, nullable=False),
    UniqueConstraint("customer_id", "name_key"),
    UniqueConstraint("customer_id", "order_id"),
    # Old buttons carry the id: it must never come back for another basket.
    sqlite_autoincrement=True,
)

saved_basket_lines = Table(
    "saved_basket_lines",
    metadata,
    Column("basket_id", Key, ForeignKey("saved_baskets.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False),
    Column("quantity", Integer, nullable=False),
    # What one unit cost then: what has changed since is named when it is ordered again.
    Column("rials", BigInteger, nullable=False),
)

requested_goods = Table(
    "requested_goods",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    Column("text", String(200), nullable=False),
    # Spellings of one text are one wish.
    Column("key", String(200), nullable=False),
    Column("times", Integer, nullable=False, default=1),
    Column("asked_at", Instant, nullable=False, index=True),
    # "has", "has_not"
    Column("answer", String(8)),
    Column("answered_by", Key, ForeignKey("staff.id")),
    Column("answered_at", Instant),
)
Index(
    "uq_requested_goods_open",
    requested_goods.c.key,
    requested_goods.c.customer_id,
    unique=True,
    sqlite_where=requested_goods.c.answered_at.is_(None),
    postgresql_where=requested_goods.c.answered_at.is_(None),
)

product_pairs = Table(
    "product_pairs",
    metadata,
    # Among customers of one kind and value group, who buys the first also buys that product (rule R14.2).
    Column("kind", String(16), primary_key=True),
    # Empty for the kind as a whole.
    Column("segment", String(1), primary_key=True),
    # A family, whose shades are one thing, or "#" and the id of a product.
    Column("goods", String(120), primary_key=True),
    Column("product_id", Key, ForeignKey("products.id"), primary_key=True, autoincrement=False),
    Column("both", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("second", Integer, nullable=False),
    Column("customers", Integer, nullable=False),
    # So many units of it are bought at once.
    Column("usual", Integer, nullable=False),
    Index("ix_product_pairs_product", "product_id"),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    # The draft in which it was shown; without a key to it, since drafts are forgotten.
    Column("order_id", Key, nullable=False),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False, index=True),
    Column("units", Integer, nullable=False),
    Column("shown_at", Instant, nullable=False),
    UniqueConstraint("order_id", "product_id"),
    Index("ix_suggestions_customer", "customer_id", "shown_at"),
)
