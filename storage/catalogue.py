"""Products as customers see them: categories, brands, and offers with price and stock in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, String, and_, bindparam, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.catalogue import Brand, Category, Offer, Shelf, Unit
from domain.errors import NotFound
from domain.promotion_rules import Scope
from storage import offer_queries
from storage.built import built
from storage.offer_queries import within
from storage.offer_rows import offers_of
from storage.tables.catalogue import brands, categories, products

MOST_NUMBERS = 500
"""So many codes are asked for at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom prices are looked up, and on which day. Staff have neither customer nor group."""

    customer_id: int | None
    group_id: int | None
    on: date


class Catalogue:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def offer(
        self, product_id: int, *, customer_id: int | None, group_id: int | None, on: date
    ) -> Offer:
        """An active product as that customer sees it on that day."""
        reader = Reader(customer_id=customer_id, group_id=group_id, on=on)
        return (await self.offer_on_shelf(product_id, reader)).offers[0]

    async def offer_on_shelf(self, product_id: int, reader: Reader, per_page: int = 4) -> Shelf:
        """The one offer, with the number of the page of its category on which it stands."""
        rows = await self._rows(offer_queries.ONE, reader, product_id=product_id)
        if not rows:
            raise NotFound
        return Shelf(
            offers=tuple(offers_of(rows, reader.on)),
            total=1,
            page=rows[0].place // per_page + 1,
            per_page=per_page,
            category=rows[0].category,
            brand=rows[0].brand,
        )

    async def offers(
        self,
        product_ids: Collection[int],
        *,
        customer_id: int | None,
        group_id: int | None,
        on: date,
    ) -> dict[int, Offer]:
        """Those products by id; one that is not active (any more) is left out."""
        if not product_ids:
            return {}
        reader = Reader(customer_id=customer_id, group_id=group_id, on=on)
        rows = await self._rows(offer_queries.SOME, reader, product_ids=sorted(set(product_ids)))
        return {each.product.id: each for each in offers_of(rows, on)}

    async def page(
        self, category_id: int, brand_id: int | None, reader: Reader, page: int, per_page: int
    ) -> Shelf:
        """A page of a category, or of one brand within it."""
        if brand_id is None:
            statement, narrowed = offer_queries.CATEGORY_PAGE, {"category_id": category_id}
        else:
            statement = offer_queries.BRAND_PAGE
            narrowed = {"category_id": category_id, "brand_id": brand_id}
        shelf = await self._shelf(statement, reader, page, per_page, **narrowed)
        if not shelf.offers:
            raise NotFound
        return shelf

    async def under(self, scopes: Sequence[Scope], reader: Reader, page: int, per_page: int) -> Shelf:
        """What lies in any of these scopes; of none nothing."""
        if not scopes:
            return Shelf(offers=(), total=0)
        return await self._shelf(offer_queries.under(scopes), reader, page, per_page)

    async def alike(
        self, offer: Offer, words: Sequence[str], reader: Reader, page: int, per_page: int
    ) -> Shelf:
        """What is there and can stand in for that product."""
        product = offer.product
        return await self._shelf(
            offer_queries.alike(len(words)),
            reader,
            page,
            per_page,
            product_id=product.id,
            family=product.family,
            category_id=product.category_id,
            **{f"word_{n}": within(word) for n, word in enumerate(words)},
        )

    async def by_number(self, codes: Sequence[str], barcodes: Sequence[str]) -> int | None:
        """The active product with that code, or else with that barcode."""
        by_code = products.c.code.in_(codes)
        found: int | None = await self._connection.scalar(
            select(products.c.id)
            .where(products.c.is_active, by_code | products.c.barcode.in_(barcodes))
            .order_by(by_code.desc(), products.c.id)
            .limit(1)
        )
        return found

    async def by_numbers(
        self, codes: Collection[str], barcodes: Collection[str]
    ) -> tuple[tuple[int, str, str | None], ...]:
        """Active products with one of those codes or barcodes: id, code, barcode."""
        found = list[tuple[int, str, str | None]]()
        for column, values in ((products.c.code, sorted(codes)), (products.c.barcode, sorted(barcodes))):
            for at in range(0, len(values), MOST_NUMBERS):
                part = values[at : at + MOST_NUMBERS]
                rows = await self._connection.execute(
                    select(products.c.id, products.c.code, products.c.barcode)
                    .where(products.c.is_active, column.in_(part))
                    .order_by(products.c.id)
                )
                found += [(row.id, row.code, row.barcode) for row in rows]
        return tuple(dict.fromkeys(found))

    async def categories(self) -> tuple[Category, ...]:
        """Those in which something is sold, in their order."""
        rows = await self._connection.execute(_CATEGORIES)
        return tuple(Category(id=r.id, name=r.name, emoji=r.emoji, product_count=r.products) for r in rows)

    async def brands(self, category_id: int) -> tuple[str, tuple[Brand, ...]]:
        """The name of a category, and the brands in it, by name."""
        rows = (await self._connection.execute(_BRANDS, {"category_id": category_id})).all()
        if not rows:
            raise NotFound
        return rows[0].category, tuple(
            Brand(id=row.id, name=row.name, product_count=row.products) for row in rows if row.id is not None
        )

    async def named(self, product_id: int) -> tuple[str, Unit]:
        """What a product is called in a sentence, and in which unit it is counted."""
        found = select(products.c.label, products.c.unit).where(products.c.id == product_id)
        row = (await self._connection.execute(found)).one_or_none()
        if row is None:
            raise NotFound
        return row.label, Unit(row.unit)

    async def names(self) -> tuple[tuple[Brand, ...], tuple[Category, ...]]:
        """The names of all brands and categories, for whoever looks for words in them."""
        rows = (await self._connection.execute(_NAMES)).all()
        return (
            tuple(Brand(id=row.id, name=row.name) for row in rows if row.kind == "brand"),
            tuple(Category(id=row.id, name=row.name) for row in rows if row.kind == "category"),
        )

    async def _rows(self, statement: Any, reader: Reader, **values: Any) -> Sequence[Any]:
        values |= {"customer_id": reader.customer_id, "group_id": reader.group_id, "on": reader.on}
        return (await self._connection.execute(statement, values)).all()

    async def _shelf(self, statement: Any, reader: Reader, page: int, per_page: int, **values: Any) -> Shelf:
        """That page; the last one, when there are fewer by now than there were when the button was made."""
        page = max(1, page)
        rows = await self._rows(statement, reader, limit=per_page, offset=(page - 1) * per_page, **values)
        if not rows and page > 1:
            first = await self._rows(statement, reader, limit=1, offset=0, **values)
            page = -(-first[0].total // per_page) if first else 1
            rows = await self._rows(statement, reader, limit=per_page, offset=(page - 1) * per_page, **values)
        return Shelf(
            offers=tuple(offers_of(rows, reader.on)),
            total=rows[0].total if rows else 0,
            page=page,
            per_page=per_page,
            category=rows[0].category if rows else None,
            brand=rows[0].brand if rows else None,
        )


_COUNTED = func.count(products.c.id).label("products")
_SOLD = (
    select(products.c.category_id, func.count().label("products"))
    .where(products.c.is_active)
    .group_by(products.c.category_id)
    .subquery("sold")
)
_CATEGORIES = built(
    select(categories.c.id, categories.c.name, categories.c.emoji, _SOLD.c.products)
    .join(_SOLD, _SOLD.c.category_id == categories.c.id)
    .order_by(categories.c.position, categories.c.id)
)
_BRANDS = built(
    select(categories.c.name.label("category"), brands.c.id, brands.c.name, _COUNTED)
    .select_from(
        categories.join(products, and_(products.c.category_id == categories.c.id, products.c.is_active))
        .outerjoin(brands, brands.c.id == products.c.brand_id)
    )
    .where(categories.c.id == bindparam("category_id", type_=BigInteger))
    .group_by(categories.c.id, brands.c.id)
    .order_by(brands.c.name)
)  # fmt: skip
_NAMES = built(
    union_all(
        select(literal("brand", String).label("kind"), brands.c.id, brands.c.name),
        select(literal("category", String).label("kind"), categories.c.id, categories.c.name),
    )
)
