"""How often the right product stands among the first five, and how long that takes."""

from __future__ import annotations

import gc
import resource
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from time import perf_counter, process_time

from sqlalchemy import insert, select

from benchmarks.quality.catalogues import Item
from benchmarks.quality.misspelling import KINDS
from domain.persian import search_key
from domain.search_words import search_words
from services.finding import find
from storage.tables.catalogue import brands, categories, products
from storage.tables.search import brand_aliases
from storage.unit_of_work import Store, UnitOfWork

AT_ONCE = 5_000
FIRST = 5
WARM_UP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Of one kind of spelling: how many were asked for, and how many stood among the first."""

    kind: str
    asked: int
    right: int

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    kinds: tuple[Quality, ...]
    p50_ms: float
    p95_ms: float
    p50_cpu_ms: float
    p95_cpu_ms: float
    """In the processor time of this process: what others do beside it does not count."""
    lexicon_mb: float
    add_ms: float
    add_cpu_ms: float


async def lay_out(uow: UnitOfWork, items: Sequence[Item]) -> None:
    """The products with their brands, and the brands' Latin names as aliases."""
    execute = uow.connection.execute
    category_id = await uow.connection.scalar(
        insert(categories).values(name="همه", position=1).returning(categories.c.id)
    )
    latin = {item.brand: item.brand_in_latin for item in items if item.brand}
    if latin:
        await execute(insert(brands), [{"name": name} for name in latin])
    ids = {row.name: row.id for row in await execute(select(brands.c.id, brands.c.name))}
    if latin:
        rows = [{"brand_id": ids[name], "alias": alias} for name, alias in latin.items()]
        await execute(insert(brand_aliases), rows)
    for start in range(0, len(items), AT_ONCE):
        await execute(
            insert(products), [_row(item, category_id, ids) for item in items[start : start + AT_ONCE]]
        )
    await uow.index.refresh()


def _row(item: Item, category_id: int | None, brand_ids: dict[str, int]) -> dict[str, object]:
    return {
        "code": item.code,
        "name": item.name,
        "short_name": item.name[:50],
        "label": item.name[:50],
        "search_key": search_key(item.name),
        "category_id": category_id,
        "brand_id": brand_ids.get(item.brand or ""),
    }


async def measure_search(store: Store, items: Sequence[Item], how_many: int, seed: int = 1) -> Searched:
    """Each of some items is looked for in every spelling; names that are the same in search count as one."""
    chance = Random(seed)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with store.reading() as uow:
        await uow.index.lexicon()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    asked = [
        (kind, item, said)
        for item in chance.sample(list(items), how_many)
        for kind, spelled in _spellings(item, chance)
        if (said := spelled) is not None
    ]
    right: dict[str, list[int]] = {}
    took: list[float] = []
    worked: list[float] = []
    async with store.reading() as uow:
        keys = await _keys(uow)
        for _kind, _item, said in asked[:WARM_UP]:
            await find(uow, said, FIRST)
        for kind, item, said in asked:
            began, busy = perf_counter(), process_time()
            hits = await find(uow, said, FIRST)
            worked.append((process_time() - busy) * 1000)
            took.append((perf_counter() - began) * 1000)
            wanted = " ".join(search_words(item.name))
            counted = right.setdefault(kind, [0, 0])
            counted[0] += any(keys[hit.product_id] == wanted for hit in hits)
            counted[1] += 1
    cuts, cpu_cuts = quantiles(took, n=20), quantiles(worked, n=20)
    kinds = tuple(Quality(kind=kind, right=ok, asked=all_) for kind, (ok, all_) in right.items())
    add_ms, add_cpu_ms = await _adding(store)
    return Searched(
        kinds=kinds,
        p50_ms=cuts[9],
        p95_ms=cuts[18],
        p50_cpu_ms=cpu_cuts[9],
        p95_cpu_ms=cpu_cuts[18],
        lexicon_mb=(after - before) / 1024,
        add_ms=add_ms,
        add_cpu_ms=add_cpu_ms,
    )


def _spellings(item: Item, chance: Random) -> list[tuple[str, str | None]]:
    said = [(kind, spell(item.name, chance)) for kind, spell in KINDS.items()]
    if item.brand and item.brand_in_latin:
        said.append(("latin brand", item.name.replace(item.brand, item.brand_in_latin)))
    return said


async def _keys(uow: UnitOfWork) -> dict[int, str]:
    rows = await uow.connection.execute(select(products.c.id, products.c.name))
    return {row.id: " ".join(search_words(row.name)) for row in rows}


async def _adding(store: Store, times: int = 20) -> tuple[float, float]:
    """Milliseconds that a new product costs beyond its own row, until it is found; and of the processor."""
    took, worked = [], []
    for n in range(times):
        name = f"کرم آزمایشی نوبرانه {n}"
        async with store.unit_of_work() as uow:
            category_id = await uow.connection.scalar(select(categories.c.id).limit(1))
            row = _row(Item(f"NEW{n}", name), category_id, {})
            product_id = await uow.connection.scalar(insert(products).values(**row).returning(products.c.id))
            began, busy = perf_counter(), process_time()
            await uow.index.refresh([int(product_id or 0)])
            worked.append((process_time() - busy) * 1000)
            took.append((perf_counter() - began) * 1000)
        async with store.reading() as uow:
            hits = await find(uow, name, FIRST)
            assert hits[0].product_id == product_id, "a new product is not found"
    return sorted(took)[times // 2], sorted(worked)[times // 2]
