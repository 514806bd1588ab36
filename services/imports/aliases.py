"""Other names of brands, from a file: found again by brand and name."""

from __future__ import annotations

from collections.abc import Sequence

from domain.imports.errors import CellFault
from domain.imports.layout import Layout, error_of
from domain.imports.rows import AliasRow
from services.brand_aliases import refresh
from services.imports.taking import Taken, name_key
from storage.imports.batches import BATCH, Step
from storage.unit_of_work import UnitOfWork


async def take_aliases(
    uow: UnitOfWork, layout: Layout, rows: Sequence[AliasRow], *, is_dry: bool, step: Step
) -> Taken:
    """What a brand is called already, also by its own name, stays as it is."""
    taken = Taken()
    names = await uow.brand_aliases.names()
    brands = {name_key(name): brand_id for brand_id, name in reversed(names)}
    known = {(brand_id, name_key(name)) for brand_id, name in names}
    known |= {(brand_id, name_key(alias)) for brand_id, alias in await uow.brand_aliases.all()}
    new: list[tuple[int, str]] = []
    for row in rows:
        brand_id = brands.get(name_key(row.brand_name))
        if brand_id is None:
            fault = CellFault.UNKNOWN_BRAND
            taken.errors.append(error_of(layout, row.number, "brand_name", fault, row.brand_name))
            continue
        is_known = (brand_id, name_key(row.alias)) in known
        taken.count(is_known=is_known, is_same=is_known)
        if not is_known:
            known.add((brand_id, name_key(row.alias)))
            new.append((brand_id, row.alias))
    if new and not is_dry:
        for start in range(0, len(new), BATCH):
            await uow.brand_aliases.put(new[start : start + BATCH])
            step(len(new[start : start + BATCH]))
        await refresh(uow, sorted({brand_id for brand_id, _alias in new}))
    return taken
