"""Stock: what is counted in the warehouse; what is promised to orders stays promised."""

from __future__ import annotations

from collections.abc import Sequence

from domain.catalogue import LOW_STOCK
from domain.imports.errors import CellFault
from domain.imports.layout import Layout, error_of
from domain.imports.rows import StockRow
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.stock import ImportedStock, KnownStock
from storage.unit_of_work import UnitOfWork


async def take_stock(
    uow: UnitOfWork, layout: Layout, rows: Sequence[StockRow], *, is_dry: bool, step: Step
) -> Taken:
    stock, taken = ImportedStock(uow.connection), Taken()
    if not is_dry:
        await stock.lock()
    known = await stock.by_code()
    changes: list[dict[str, int]] = []
    for row in rows:
        before = known.get(row.code)
        if before is None:
            taken.errors.append(error_of(layout, row.number, "code", CellFault.UNKNOWN_PRODUCT, row.code))
            continue
        if row.on_hand < before.reserved:
            taken.errors.append(
                error_of(
                    layout,
                    row.number,
                    "on_hand",
                    CellFault.BELOW_RESERVED,
                    str(row.on_hand),
                    before.reserved,
                )
            )
            continue
        after = _after(row, before)
        is_same = (before.on_hand, before.safety, before.low_at) == (
            after["on_hand"],
            after["safety"],
            after["low_at"],
        )
        taken.count(is_known=before.on_hand is not None, is_same=is_same)
        if not is_same:
            changes.append(after)
    if not is_dry:
        await stock.put(changes, step)
    return taken


def _after(row: StockRow, before: KnownStock) -> dict[str, int]:
    is_new = before.on_hand is None
    low_at = LOW_STOCK if is_new else before.low_at
    return {
        "product_id": before.product_id,
        "on_hand": row.on_hand,
        "safety": before.safety if row.safety is None else row.safety,
        "low_at": low_at if row.low_at is None else row.low_at,
    }
