"""`bonak parse` and `bonak find`: what a text says and which products it means, in the database in use."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.starting import ready_settings, refuse
from domain.calendar import today_in_tehran
from services.finding import find
from services.written_orders import Understood, understand
from storage.unit_of_work import UnitOfWork, open_store

MOST_FOUND = 10
TextArgument = Annotated[str | None, typer.Argument(metavar="TEXT", help="One message.")]
CustomerOption = Annotated[str | None, typer.Option("--customer", help="Whose habits and prices hold.")]
BatchOption = Annotated[Path | None, typer.Option("--batch", help="A file with one JSON string a line.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON array a text.")]
Rows = list[dict[str, Any]]
Reads = Callable[[UnitOfWork, str, "Whose"], Awaitable[Rows]]


class Whose:
    """For whom texts are read: nobody, or one customer with their group."""

    def __init__(self, customer_id: int | None = None, group_id: int | None = None) -> None:
        self.customer_id, self.group_id = customer_id, group_id


def parse(
    text: TextArgument = None,
    *,
    customer: CustomerOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read an order as it would be read in chat."""
    _answer(_texts(text, batch), customer, _parsed, as_json=as_json or batch is not None)


def find_products(
    text: TextArgument = None,
    *,
    customer: CustomerOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find products as they would be found in chat."""
    _answer(_texts(text, batch), customer, _found, as_json=as_json or batch is not None)


def _texts(text: str | None, batch: Path | None) -> Sequence[str]:
    if batch is None:
        if text is None:
            refuse("Give a text, or a file with --batch.")
        return [text]
    try:
        said = [json.loads(line) for line in batch.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        refuse(f"{batch}: one JSON string a line is wanted.")
    if not all(isinstance(each, str) for each in said):
        refuse(f"{batch}: one JSON string a line is wanted.")
    return said


def _answer(texts: Sequence[str], customer: str | None, read: Reads, *, as_json: bool) -> None:
    settings = ready_settings()
    for rows in asyncio.run(_read(settings.database_url, texts, customer, read)):
        if as_json:
            typer.echo(json.dumps(rows, ensure_ascii=False))
            continue
        for row in rows:
            typer.echo("  ".join(f"{name}={value}" for name, value in row.items() if value is not None))


async def _read(url: str, texts: Sequence[str], customer: str | None, read: Reads) -> list[Rows]:
    store = open_store(url)
    try:
        async with store.reading() as uow:
            whose = await _whose(uow, customer)
            return [await read(uow, text, whose) for text in texts]
    finally:
        await store.close()


async def _whose(uow: UnitOfWork, customer: str | None) -> Whose:
    if customer is None:
        return Whose()
    found = await uow.habits.customer(customer)
    if found is None:
        refuse(f"There is no customer {customer}.")
    return Whose(*found)


async def _parsed(uow: UnitOfWork, text: str, whose: Whose) -> Rows:
    reading = await understand(uow, text, datetime.now(UTC), whose.customer_id, whose.group_id)
    return [_row(each) for each in reading.lines]


def _row(each: Understood) -> dict[str, Any]:
    quantity = each.line.quantity
    said: int | float | None = None
    if quantity is not None:
        said = int(quantity) if quantity == quantity.to_integral_value() else float(quantity)
    return {
        "qty": said,
        "unit": each.line.unit,
        "pieces": each.pieces,
        "phrase": each.line.phrase,
        "op": each.line.op.value,
        "product": each.product.code if each.product else None,
        "asks": each.question is not None,
    }


async def _found(uow: UnitOfWork, text: str, whose: Whose) -> Rows:
    hits = await find(uow, text, MOST_FOUND)
    on = today_in_tehran(datetime.now(UTC))
    offers = await uow.catalogue.offers(
        [hit.product_id for hit in hits], customer_id=whose.customer_id, group_id=whose.group_id, on=on
    )
    return [
        {
            "code": offers[hit.product_id].product.code,
            "name": offers[hit.product_id].product.name,
            "score": round(hit.score, 3),
        }
        for hit in hits
        if hit.product_id in offers
    ]
