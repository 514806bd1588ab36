"""One import from the file to the report: read, checked row by row, compared, and written in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.imports.errors import RowError
from domain.imports.layout import Cells, Layout, find_layout, read_rows
from domain.imports.rows import ImportKind
from services.imports.aliases import take_aliases
from services.imports.balances import take_balances
from services.imports.cheques import take_cheques
from services.imports.customers import take_customers
from services.imports.invoices import take_invoices
from services.imports.prices import take_prices
from services.imports.products import take_products
from services.imports.promotions import take_promotions
from services.imports.reading import read_table
from services.imports.stock import take_stock
from services.imports.taking import Progress, Report, Stage, Taken
from storage.imports.batches import Step
from storage.unit_of_work import Store, UnitOfWork

TELL_EVERY = 1_000


def no_progress(_stage: Stage, _done: int, _of: int) -> None:
    return


async def import_file(
    store: Store,
    kind: ImportKind,
    path: Path,
    now: datetime,
    *,
    is_dry: bool = False,
    progress: Progress = no_progress,
) -> tuple[Report, Layout, Sequence[Cells]]:
    """Take what can be taken and say what cannot; also the table itself, from which bad rows are set aside.

    Everything is written in one transaction, or nothing; a dry run only reads. Raises ImportRefused.
    """
    progress(Stage.READING, 0, 1)
    table = read_table(path)
    progress(Stage.READING, 1, 1)
    layout = find_layout(kind, table)
    rows, errors = _checked(layout, table, progress)
    steps = _Steps(progress, len(rows))
    async with store.reading() if is_dry else store.unit_of_work() as uow:
        taken = await _take(uow, layout, rows, now, is_dry=is_dry, step=steps)
        report = _report(layout, taken, errors, is_dry=is_dry)
        if report.has_written:
            counts = {"new": report.new, "changed": report.changed, "same": report.same, "bad": report.bad}
            await uow.audit.write(None, "imported", kind.value, None, now, {"file": path.name, **counts})
    steps.finish()
    return report, layout, table


def _checked(layout: Layout, table: Sequence[Cells], progress: Progress) -> tuple[list[Any], list[RowError]]:
    rows: list[Any] = []
    errors: list[RowError] = []
    for number, found in read_rows(layout, table):
        if isinstance(found, list):
            errors += found
        elif found is not None:
            rows.append(found)
        if number % TELL_EVERY == 0:
            progress(Stage.CHECKING, number, len(table))
    progress(Stage.CHECKING, len(table), len(table))
    return rows, errors


async def _take(
    uow: UnitOfWork, layout: Layout, rows: list[Any], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    match layout.kind:
        case ImportKind.PRODUCTS:
            return await take_products(uow, rows, now, is_dry=is_dry, step=step)
        case ImportKind.CUSTOMERS:
            return await take_customers(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.PRICES:
            return await take_prices(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.STOCK:
            return await take_stock(uow, layout, rows, is_dry=is_dry, step=step)
        case ImportKind.INVOICES:
            return await take_invoices(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.CHEQUES:
            return await take_cheques(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.BALANCES:
            return await take_balances(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.PROMOTIONS:
            return await take_promotions(uow, layout, rows, now, is_dry=is_dry, step=step)
        case ImportKind.ALIASES:
            return await take_aliases(uow, layout, rows, is_dry=is_dry, step=step)


def _report(layout: Layout, taken: Taken, errors: list[RowError], *, is_dry: bool) -> Report:
    return Report(
        kind=layout.kind,
        is_dry=is_dry,
        new=taken.new,
        changed=taken.changed,
        same=taken.same,
        errors=tuple(sorted((*errors, *taken.errors), key=lambda error: error.row)),
        added={name: names for name, names in taken.added.items() if names},
        unknown_headers=layout.unknown,
    )


class _Steps:
    """Rows that were written, added up; those that need no writing count as done at the end."""

    def __init__(self, progress: Progress, of: int) -> None:
        self._progress, self._of, self._done = progress, of, 0

    def __call__(self, count: int) -> None:
        self._done = min(self._of, self._done + count)
        self._progress(Stage.WRITING, self._done, self._of)

    def finish(self) -> None:
        self._progress(Stage.WRITING, self._of, self._of)
