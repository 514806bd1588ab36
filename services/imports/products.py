"""Products: found again by their code; a price in the file goes to the base list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.calendar import today_in_tehran
from domain.catalogue import Unit
from domain.imports.rows import ProductRow
from domain.persian import search_key
from services.imports.prices import PriceBook, Wanted, base_list
from services.imports.taking import Taken, name_ids, name_key
from storage.imports.batches import Step
from storage.imports.prices import ImportedPrices
from storage.imports.products import ImportedProducts
from storage.unit_of_work import UnitOfWork

NEW: dict[str, Any] = {
    "barcode": None,
    "brand_id": None,
    "unit": Unit.PIECE.value,
    "carton": 1,
    "minimum": 1,
    "multiple": 1,
    "vat_basis_points": 1000,
    "is_active": True,
}
"""What holds for a new product as far as its row says nothing."""
_PLAIN = ("barcode", "unit", "carton", "minimum", "multiple", "vat_basis_points", "is_active")


async def take_products(
    uow: UnitOfWork, rows: Sequence[ProductRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    products, taken = ImportedProducts(uow.connection), Taken()
    categories, new_categories = await name_ids(
        [row.category for row in rows], products.categories, None if is_dry else products.add_categories
    )
    brands, new_brands = await name_ids(
        [row.brand for row in rows if row.brand], products.brands, None if is_dry else products.add_brands
    )
    taken.added = {"categories": new_categories, "brands": new_brands}
    known = await products.by_code()
    prices = await _Prices.read(uow, rows, await products.ids(), now, is_dry=is_dry)
    changes: list[dict[str, Any]] = []
    for row in rows:
        before = known.get(row.code)
        after = _after(row, before)
        after["category_id"] = categories[name_key(row.category)]
        if row.brand:
            after["brand_id"] = brands[name_key(row.brand)]
        is_same = before == after
        if not is_same:
            changes.append(after)
        taken.count(is_known=before is not None, is_same=is_same and not prices.will_change(row))
    if not is_dry:
        await products.put(changes, step)
        ids = await products.ids()
        await prices.put(ids)
        await uow.index.refresh([ids[each["code"]] for each in changes])
    return taken


def _after(row: ProductRow, before: dict[str, Any] | None) -> dict[str, Any]:
    """The product as it is going to be. Shorter names follow the longer one until they get their own."""
    if before is None:
        short = row.short_name or row.name
        after = {"code": row.code, **NEW, "short_name": short, "label": short}
    else:
        after = dict(before)
        followed = row.name if before["short_name"] == before["name"] else before["short_name"]
        after["short_name"] = row.short_name or followed
        if before["label"] == before["short_name"]:
            after["label"] = after["short_name"]
    if before is None or before["name"] != row.name:
        after |= {"name": row.name, "search_key": search_key(row.name)}
    for name in _PLAIN:
        if (said := getattr(row, name)) is not None:
            after[name] = said.value if isinstance(said, Unit) else said
    return after


class _Prices:
    """The prices of a file of products: which of them are news, and their writing."""

    def __init__(
        self,
        prices: ImportedPrices,
        book: PriceBook,
        list_id: int,
        ids: dict[str, int],
        rows: Sequence[ProductRow],
    ) -> None:
        self._prices, self._book, self._list_id, self._ids = prices, book, list_id, ids
        self._priced = [row for row in rows if row.rials is not None]

    @classmethod
    async def read(
        cls, uow: UnitOfWork, rows: Sequence[ProductRow], ids: dict[str, int], now: datetime, *, is_dry: bool
    ) -> _Prices:
        prices = ImportedPrices(uow.connection)
        has_prices = any(row.rials is not None for row in rows)
        list_id = await base_list(prices, is_dry=is_dry) if has_prices else 0
        known = await prices.of_lists([list_id]) if has_prices else []
        return cls(prices, PriceBook(known, today_in_tehran(now)), list_id, ids, rows)

    def _change(self, row: ProductRow, ids: dict[str, int]) -> dict[str, Any] | None:
        assert row.rials is not None
        wanted = Wanted(product_id=ids[row.code], price_list_id=self._list_id, rials=row.rials)
        return self._book.change(wanted)

    def will_change(self, row: ProductRow) -> bool:
        return row.rials is not None and row.code in self._ids and self._change(row, self._ids) is not None

    async def put(self, ids: dict[str, int]) -> None:
        changes = (self._change(row, ids) for row in self._priced)
        await self._prices.put([change for change in changes if change is not None], lambda _count: None)
