"""How many lines of written orders are read right, half by half of the labelled set.

The halves are told apart by a digest of the text. The grammar may be made better by looking at what the first
half gets wrong; the second is only counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.written import Op
from sandbox.town import fill
from services.written_orders import Understood, understand
from storage.tables.catalogue import brands, categories, products
from storage.unit_of_work import Store, UnitOfWork

LABELLED = Path(__file__).parents[2] / "tests" / "data" / "written_orders.txt"
NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)
DAY = date(2026, 11, 21)
RENAMED = (("مراقبت پوست", "سپیدتن", "نوین‌درم"), ("بهداشت فردی", "پاکیزان", "سپیدتن"))
"""On which shelf, how a brand is called now, and how it was called."""
_OPS = {"=": Op.SET, "+": Op.INCREASE, "-": Op.REMOVE}


@dataclass(frozen=True, slots=True)
class Expected:
    """One line as it should be read; without a code it has to be asked about."""

    op: Op
    code: str | None
    pieces: int | None


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    lines: tuple[Expected, ...]

    @property
    def is_held_out(self) -> bool:
        return sha256(self.text.encode()).digest()[0] % 2 == 1


@dataclass(slots=True)
class Half:
    """What was counted: lines that are right, lines that there are, and lines that were booked wrong."""

    right: int = 0
    lines: int = 0
    wrong: int = 0
    failures: list[str] = field(default_factory=list)


def labelled(path: Path = LABELLED) -> Iterator[Labelled]:
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            text, _, said = row.rpartition("⇒")
            lines = tuple(_expected(each.strip()) for each in said.split(";") if each.strip())
            yield Labelled(text.strip().replace("⏎", "\n"), lines)


def _expected(said: str) -> Expected:
    op = _OPS.get(said[0], Op.ADD)
    said = said.lstrip("=+-")
    if said == "?":
        return Expected(op, None, None)
    code, _, pieces = said.partition("*")
    return Expected(op, code, int(pieces) if pieces else None)


def count(half: Half, wanted: Labelled, read: Sequence[Understood]) -> None:
    """Lines are compared in their order; one more or one less than there are is wrong as well."""
    half.lines += max(len(wanted.lines), len(read))
    codes = {line.code for line in wanted.lines}
    right = sum(is_right(line, each) for line, each in zip(wanted.lines, read, strict=False))
    half.right += right
    half.wrong += sum(
        each.question is None and each.product is not None and each.product.code not in codes for each in read
    )
    if right < max(len(wanted.lines), len(read)):
        half.failures.append(f"{wanted.text!r}: {[_said(each) for each in read]}")


def is_right(wanted: Expected, read: Understood) -> bool:
    if wanted.code is None:
        return read.question is not None
    return (
        read.question is None
        and read.product is not None
        and (read.product.code, read.pieces, read.line.op) == (wanted.code, wanted.pieces, wanted.op)
    )


def _said(each: Understood) -> str:
    code = each.product and each.product.code
    return f"{each.line.op} {each.line.phrase!r} {code} {each.pieces} {each.question}"


async def name_as_labelled(uow: UnitOfWork) -> None:
    """Call brands of the town as they were called when the messages were labelled.

    Which half a message belongs to is told by its text, so the messages stay as they are.
    """
    for shelf_name, now, then in RENAMED:
        shelf = select(categories.c.id).where(categories.c.name == shelf_name).scalar_subquery()
        is_renamed = (products.c.category_id == shelf) & products.c.name.contains(now)
        ids = (await uow.connection.scalars(select(products.c.id).where(is_renamed))).all()
        brand_id = await uow.connection.scalar(select(brands.c.id).where(brands.c.name == then))
        if brand_id is None:
            added = insert(brands).values(name=then).returning(brands.c.id)
            brand_id = await uow.connection.scalar(added)
        names = {
            each.name: func.replace(each, now, then)
            for each in (products.c.name, products.c.short_name, products.c.label)
        }
        renaming = update(products).where(products.c.id.in_(ids)).values(brand_id=brand_id, **names)
        await uow.connection.execute(renaming)
        await uow.index.refresh(ids)


async def measure_orders(store: Store, *, shows: bool = False) -> dict[str, Any]:
    """Against the town's catalogue, for nobody in particular."""
    await fill(store, DAY, pictures=False)
    async with store.unit_of_work() as uow:
        await name_as_labelled(uow)
    halves = {False: Half(), True: Half()}
    async with store.reading() as uow:
        for each in labelled():
            reading = await understand(uow, each.text, NOW)
            count(halves[each.is_held_out], each, reading.lines)
    if shows:
        for failure in halves[False].failures:
            print(failure)
    told = {False: "half that was looked at", True: "half that was not looked at"}
    for is_held_out, half in halves.items():
        share = half.right / half.lines
        print(
            f"written orders, {told[is_held_out]}: {half.right} of {half.lines} lines right ({share:.1%}), ",
            end="",
        )
        print(f"{half.wrong} booked wrong without a question (at most 0)")
    return {
        "held_out" if is_held_out else "looked_at": {
            "lines": half.lines,
            "right": half.right,
            "share": round(half.right / half.lines, 4),
            "wrong_without_question": half.wrong,
        }
        for is_held_out, half in halves.items()
    }
