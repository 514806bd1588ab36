"""What is asked of the index of products' words, ready made for both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, column, func, select, table, text, update

from storage.built import built
from storage.tables.catalogue import brands, categories, products
from storage.tables.search import brand_aliases, product_words, vocabulary


def _find(dialect: str) -> Any:
    wanted: Any = bindparam("wanted")
    most: Any = bindparam("most")
    if dialect == "sqlite":
        index = table("product_index", column("rowid"), column("words"))
        found = select(index.c.rowid.label("product_id"), index.c.words, products.c.position)
        found = found.join(products, products.c.id == index.c.rowid)
        return found.where(
            text("product_index MATCH :wanted").bindparams(wanted), products.c.is_active
        ).limit(most)
    tokens = func.to_tsvector(text("'simple'"), product_words.c.words)
    found = select(product_words.c.product_id, product_words.c.words, products.c.position)
    found = found.join(products, products.c.id == product_words.c.product_id)
    is_meant = tokens.op("@@")(func.to_tsquery(text("'simple'"), wanted))
    return found.where(is_meant, products.c.is_active).limit(most)


CANCELLED = "57014"
# What held before; from then on, until the transaction ends, the time of searches.
SET_TIME = built(
    select(
        func.current_setting("statement_timeout"),
        func.set_config("statement_timeout", bindparam("time"), True),
    )
)
PUT_TIME = built(select(func.set_config("statement_timeout", bindparam("time"), True)))
VERSION = built(select(func.max(vocabulary.c.version)))
NEWER = built(
    select(vocabulary.c.word, vocabulary.c.products, vocabulary.c.version).where(
        vocabulary.c.version > bindparam("version")
    )
)
NAMED = built(
    select(
        products.c.id,
        products.c.name,
        products.c.short_name,
        products.c.variant,
        products.c.is_active,
        products.c.brand_id,
        brands.c.name.label("brand"),
        categories.c.name.label("category"),
        product_words.c.words,
    )
    .join(categories, categories.c.id == products.c.category_id)
    .outerjoin(brands, brands.c.id == products.c.brand_id)
    .outerjoin(product_words, product_words.c.product_id == products.c.id)
    .where(products.c.id.in_(bindparam("ids", expanding=True)))
)
ALIASES = built(
    select(brand_aliases.c.brand_id, brand_aliases.c.alias)
    .where(brand_aliases.c.brand_id.in_(bindparam("brands", expanding=True)))
    .order_by(brand_aliases.c.id)
)
CHANGE = built(
    update(product_words)
    .where(product_words.c.product_id == bindparam("product"))
    .values(words=bindparam("words"))
)
FIND = {"sqlite": built(_find("sqlite")), "postgresql": built(_find("postgresql"))}
