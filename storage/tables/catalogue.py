"""Products, their prices and their stock."""

from sqlalchemy import (
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
    UniqueConstraint,
)

from storage.tables.base import Instant, Key, metadata

categories = Table(
    "categories",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("emoji", String(16), nullable=False, default=""),
    Column("position", Integer, nullable=False, default=0),
)

brands = Table(
    "brands",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
)

products = Table(
    "products",
    metadata,
    Column("id", Key, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("barcode", String(14), index=True),
    Column("name", String(300), nullable=False),
    Column("short_name", String(300), nullable=False),
    Column("label", String(300), nullable=False),
    Column("family", String(100)),
    Column("variant", String(60)),
    Column("search_key", Text, nullable=False),
    Column("category_id", Key, ForeignKey("categories.id"), nullable=False),
    Column("brand_id", Key, ForeignKey("brands.id"), index=True),
    Column("unit", String(16), nullable=False, default="piece"),
    Column("carton", Integer, nullable=False, default=1),
    Column("minimum", Integer, nullable=False, default=1),
    Column("multiple", Integer, nullable=False, default=1),
    Column("vat_basis_points", Integer, nullable=False, default=1000),
    Column("cost_rials", BigInteger),
    Column("tax_code", String(13)),
    Column("photo_id", Key, ForeignKey("files.id")),
    Column("position", Integer, nullable=False, default=0),
    Column("is_active", Boolean, nullable=False, default=True),
    CheckConstraint("carton >= 1 AND minimum >= 1 AND multiple >= 1", name="packs"),
    Index("ix_products_browse", "category_id", "is_active", "position", "id"),
)

price_lists = Table(
    "price_lists",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("group_id", Key, ForeignKey("customer_groups.id"), index=True),
    Column("customer_id", Key, ForeignKey("customers.id"), index=True),
    CheckConstraint("group_id IS NULL OR customer_id IS NULL", name="one_owner"),
)

prices = Table(
    "prices",
    metadata,
    Column("id", Key, primary_key=True),
    Column("price_list_id", Key, ForeignKey("price_lists.id"), nullable=False),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False),
    Column("rials", BigInteger, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    UniqueConstraint("product_id", "price_list_id", "valid_from"),
    CheckConstraint("rials >= 0", name="not_negative"),
)

stock = Table(
    "stock",
    metadata,
    Column("product_id", Key, ForeignKey("products.id"), primary_key=True, autoincrement=False),
    Column("on_hand", Integer, nullable=False, default=0),
    Column("reserved", Integer, nullable=False, default=0),
    Column("safety", Integer, nullable=False, default=0),
    Column("low_at", Integer, nullable=False, default=20),
    CheckConstraint("on_hand >= 0 AND reserved >= 0 AND safety >= 0", name="not_negative"),
    CheckConstraint("reserved <= on_hand", name="not_oversold"),
)

stock_alerts = Table(
    "stock_alerts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("told_at", Instant),
)
Index(
    "uq_stock_alerts_waiting",
    stock_alerts.c.product_id,
    stock_alerts.c.contact_id,
    stock_alerts.c.customer_id,
    unique=True,
    sqlite_where=stock_alerts.c.told_at.is_(None),
    postgresql_where=stock_alerts.c.told_at.is_(None),
)

searches = Table(
    "searches",
    metadata,
    Column("id", Key, primary_key=True),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, index=True),
    Column("text", String(200), nullable=False),
    Column("asked_at", Instant, nullable=False, index=True),
    # Whose search it was, in the form in which like searches are one; empty for our own people.
    Column("customer_id", Key),
    Column("key", String(200)),
    Column("found", Integer),
    # What was opened of what it found; without it the search has ended without a pick.
    Column("picked_id", Key),
    # Somebody of us has seen to it.
    Column("settled_at", Instant),
    # Old buttons carry the id: it must never come back for another search.
    sqlite_autoincrement=True,
)
Index(
    "ix_searches_missed",
    searches.c.key,
    searches.c.asked_at,
    sqlite_where=searches.c.key.is_not(None) & searches.c.picked_id.is_(None),
    postgresql_where=searches.c.key.is_not(None) & searches.c.picked_id.is_(None),
)
