"""Prices: in the base list unless a file names another, from today on unless it names a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.calendar import today_in_tehran
from domain.imports.errors import CellFault, RowError
from domain.imports.layout import Layout, error_of
from domain.imports.rows import PriceRow
from services.imports.taking import NOT_WRITTEN, Taken, name_key
from storage.imports.batches import Step
from storage.imports.prices import ImportedPrices, KnownPrice
from storage.imports.products import ImportedProducts
from storage.unit_of_work import UnitOfWork

BASE_LIST = "پایه"
"""How the base list is called when a file is the first to speak of prices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A price as a file wants it; days that it does not name are None."""

    product_id: int
    price_list_id: int
    rials: int
    since: date | None = None
    until: date | None = None


class PriceBook:
    """The prices of some lists, as they are known and as they are going to be."""

    def __init__(self, known: Iterable[KnownPrice], today: date) -> None:
        self._today = today
        self._by_day = {(each.product_id, each.price_list_id, each.valid_from): each for each in known}
        self._current: dict[tuple[int, int], KnownPrice] = {}
        for each in self._by_day.values():
            # They come oldest first, so that the newest that holds today stays.
            if each.valid_from <= today and (each.valid_until is None or each.valid_until >= today):
                self._current[each.product_id, each.price_list_id] = each

    def known(self, wanted: Wanted) -> KnownPrice | None:
        """What it replaces: the price from that very day on, or the one that holds today."""
        if wanted.since is not None:
            return self._by_day.get((wanted.product_id, wanted.price_list_id, wanted.since))
        return self._current.get((wanted.product_id, wanted.price_list_id))

    def change(self, wanted: Wanted) -> dict[str, Any] | None:
        """The row that has to be written, None when everything is so already."""
        known = self.known(wanted)
        since = wanted.since or self._today
        is_same_day = known is not None and known.valid_from == since
        until = wanted.until or (known.valid_until if known and (is_same_day or not wanted.since) else None)
        if known and (known.rials, known.valid_until) == (wanted.rials, until):
            return None
        return {
            "product_id": wanted.product_id,
            "price_list_id": wanted.price_list_id,
            "rials": wanted.rials,
            "valid_from": since,
            "valid_until": until,
        }


async def base_list(prices: ImportedPrices, *, is_dry: bool) -> int:
    """The base list; it is made when there is none yet."""
    for each in await prices.lists():
        if each.is_base:
            return each.id
    return NOT_WRITTEN if is_dry else await prices.add_list(BASE_LIST, None)


async def take_prices(
    uow: UnitOfWork, layout: Layout, rows: Sequence[PriceRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    prices, taken = ImportedPrices(uow.connection), Taken()
    today = today_in_tehran(now)
    products = await ImportedProducts(uow.connection).ids()
    lists, added = await _lists(prices, {row.price_list for row in rows if row.price_list}, is_dry=is_dry)
    if added:
        taken.added["price_lists"] = added
    base = await base_list(prices, is_dry=is_dry)
    book = PriceBook(await prices.of_lists({base, *lists.values()}), today)
    changes: list[dict[str, Any]] = []
    seen: dict[tuple[int, int, date], int] = {}
    for row in rows:
        wanted = _wanted(layout, row, products, lists, base)
        if isinstance(wanted, RowError):
            taken.errors.append(wanted)
            continue
        first = seen.setdefault((wanted.product_id, wanted.price_list_id, wanted.since or today), row.number)
        if first != row.number:
            taken.errors.append(error_of(layout, row.number, "code", CellFault.REPEATED, row.code, first))
            continue
        change = book.change(wanted)
        taken.count(is_known=book.known(wanted) is not None, is_same=change is None)
        if change is not None:
            changes.append(change)
    if not is_dry:
        await prices.put(changes, step)
    return taken


def _wanted(
    layout: Layout, row: PriceRow, products: dict[str, int], lists: dict[str, int], base: int
) -> Wanted | RowError:
    product_id = products.get(row.code)
    if product_id is None:
        return error_of(layout, row.number, "code", CellFault.UNKNOWN_PRODUCT, row.code)
    price_list_id = lists.get(name_key(row.price_list)) if row.price_list else base
    if price_list_id is None:
        return error_of(layout, row.number, "price_list", CellFault.UNKNOWN_PRICE_LIST, row.price_list or "")
    return Wanted(
        product_id=product_id,
        price_list_id=price_list_id,
        rials=row.rials,
        since=row.since,
        until=row.until,
    )


async def _lists(
    prices: ImportedPrices, names: Collection[str], *, is_dry: bool
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Lists by search key. A customer group without a list gets one; other unknown names stay unknown."""
    known = {name_key(each.name): each.id for each in await prices.lists()}
    groups = {name_key(name): (name, key) for name, key in (await prices.groups()).items()}
    added: list[str] = []
    for key in sorted({name_key(name) for name in names} - known.keys()):
        if key == name_key(BASE_LIST):
            known[key] = await base_list(prices, is_dry=is_dry)
        elif key in groups:
            name, group_id = groups[key]
            added.append(name)
            known[key] = NOT_WRITTEN - len(added) if is_dry else await prices.add_list(name, group_id)
    return known, tuple(added)
