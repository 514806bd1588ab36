"""What products are called by, in the form in which they are looked for; and what people meant by a word."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

# The full-text index over ``words`` is made by its migration: ``product_index`` (FTS5) on SQLite, a GIN
# index on PostgreSQL.
product_words = Table(
    "product_words",
    metadata,
    Column("product_id", Key, ForeignKey("products.id"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)

vocabulary = Table(
    "vocabulary",
    metadata,
    Column("word", String(80), primary_key=True),
    # In so many products; 0 when it is in none any more.
    Column("products", Integer, nullable=False),
    # When it was changed: a process reads what is newer than what it has.
    Column("version", BigInteger, nullable=False, index=True),
)

brand_aliases = Table(
    "brand_aliases",
    metadata,
    Column("id", Key, primary_key=True),
    Column("brand_id", Key, ForeignKey("brands.id"), nullable=False, index=True),
    Column("alias", String(100), nullable=False),
    UniqueConstraint("brand_id", "alias"),
)

learned_phrases = Table(
    "learned_phrases",
    metadata,
    # «آوین» means that shampoo for this shop.
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("phrase", String(120), primary_key=True),
    Column("product_id", Key, ForeignKey("products.id"), nullable=False),
    Column("times", Integer, nullable=False, default=1),
    Column("chosen_at", Instant, nullable=False),
)
