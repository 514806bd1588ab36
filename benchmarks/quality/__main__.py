"""`make quality`: search and written orders, measured on both databases; writes benchmarks/quality.json."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.quality import catalogues
from benchmarks.quality.catalogues import Item
from benchmarks.quality.ordering import measure_orders
from benchmarks.quality.searching import Searched, lay_out, measure_search
from storage.schema import migrate
from storage.unit_of_work import Store, open_store
from tests.databases import drop_postgres, empty_postgres

RESULTS = Path(__file__).parents[1] / "quality.json"
DATABASES = ("sqlite", "postgresql")


@asynccontextmanager
async def a_store(database: str) -> AsyncIterator[Store]:
    """An empty database that was brought up to date."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/quality.db" if database == "sqlite" else await empty_postgres()
        await migrate(url)
        store = open_store(url)
        try:
            yield store
        finally:
            await store.close()
            if database != "sqlite":
                await drop_postgres(url)


async def search(name: str, items: list[Item], database: str, how_many: int) -> dict[str, Any]:
    async with a_store(database) as store:
        async with store.unit_of_work() as uow:
            await lay_out(uow, items)
        measured = await measure_search(store, items, how_many)
    print_search(name, database, len(items), measured)
    load = round(os.getloadavg()[0], 1)
    return {"catalogue": name, "database": database, "products": len(items), "load": load, **_plain(measured)}


def _plain(measured: Searched) -> dict[str, Any]:
    return {**asdict(measured), "kinds": {each.kind: round(each.share, 4) for each in measured.kinds}}


def print_search(name: str, database: str, products: int, measured: Searched) -> None:
    shares = ", ".join(f"{each.kind} {each.share:.1%}" for each in measured.kinds)
    print(f"{name} ({products:,} products, {database}): {shares}; ", end="")
    print(f"p50 {measured.p50_ms:.1f} ms, p95 {measured.p95_ms:.1f} ms (at most 15), ", end="")
    print(f"of the processor {measured.p50_cpu_ms:.1f} and {measured.p95_cpu_ms:.1f} ms; ", end="")
    print(f"words {measured.lexicon_mb:.1f} MB (at most 30); a new product {measured.add_ms:.1f} ms ", end="")
    print(f"(at most 5), of the processor {measured.add_cpu_ms:.1f} ms", flush=True)


async def measure(how_many: int, made: int) -> dict[str, Any]:
    real = list(catalogues.real())
    searched = []
    for database in DATABASES:
        if real:
            searched.append(await search("real names", real, database, how_many))
        searched.append(await search("made", list(catalogues.made(made)), database, how_many))
    if not real:
        print(f"real names: not measured, {catalogues.REAL} is not there")
    async with a_store("sqlite") as store:
        orders = await measure_orders(store)
    return {"search": searched, "orders": orders}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make quality", description=__doc__)
    parser.add_argument("--how-many", type=int, default=300, help="products that are looked for")
    parser.add_argument("--made", type=int, default=catalogues.MADE, help="products that are made up")
    wanted = parser.parse_args()
    measured = asyncio.run(measure(wanted.how_many, wanted.made))
    RESULTS.write_text(json.dumps(measured, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"written to {RESULTS}")


if __name__ == "__main__":
    main()
