"""A list that was sent as a table becomes a draft, the way a written order does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.basket import MOST_LINES
from domain.calendar import today_in_tehran
from domain.errors import NotFound
from domain.imports.list_files import FileRow, ListFile
from domain.persian import ascii_digits
from domain.product_codes import CodeFault, fault_of, one_code
from domain.sent_lists import LeftBecause, ListKind, RowLeft, SentList
from domain.written import WrittenOrder
from domain.written_drafts import Answered
from services.basket import find_basket
from services.product_codes import find
from services.written_drafts import begin
from services.written_orders import HABIT_FOR, Question, Reading, Understood, pieces_of, understand_order
from storage.unit_of_work import UnitOfWork

MOST_NAMED = 300
"""So many rows are looked for by name; a longer list has codes."""
MOST_WANTED = 2_000
"""An order holds fewer lines; what stands behind so many rows is named as left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTaken:
    """What became of a file: how many of its rows were understood, and which were not."""

    list_id: int
    taken: int
    left: tuple[RowLeft, ...]
    answered: Answered | None
    """What comes next of the draft; None where nothing was understood."""


async def take_table(uow: UnitOfWork, actor: Actor, asked: ListFile, now: datetime) -> FileTaken:
    """Put the rows of a table into the draft. What is not understood is kept, and named by its row."""
    customer_id, contact_id = actor.require_buyer()
    known, named, left = await _by_code(uow, asked.rows[:MOST_WANTED])
    left += [row.left(LeftBecause.FULL) for row in asked.rows[MOST_WANTED:]]
    lines = [*await _of_codes(uow, actor, known, now), *await _of_names(uow, actor, named[:MOST_NAMED], now)]
    left += [*asked.left, *(row.left(LeftBecause.UNKNOWN) for row in named[MOST_NAMED:])]
    lines.sort(key=lambda each: each[0].row)
    room = MOST_LINES - len((await find_basket(uow, actor)).draft.lines)
    taken, full = _within(lines, room)
    left += [row.left(LeftBecause.UNKNOWN) for row, each in lines if _is_unknown(each)]
    left += [row.left(LeftBecause.FULL) for row in full]
    left.sort(key=lambda each: each.row)
    assert actor.identity.id is not None
    who = (actor.identity.id, customer_id, contact_id)
    list_id = await uow.sent_lists.put(ListKind.FILE, who, now, rows_left=left)
    facts = {"taken": len(taken), "left": len(left)}
    await uow.audit.write(actor, "list.read", "sent_list", list_id, now, facts)
    if not taken:
        return FileTaken(list_id=list_id, taken=0, left=tuple(left), answered=None)
    order = WrittenOrder(lines=tuple(each.line for each in taken))
    answered = await begin(uow, actor, Reading(order=order, lines=tuple(taken)), now)
    return FileTaken(list_id=list_id, taken=len(taken), left=tuple(left), answered=answered)


async def open_left(uow: UnitOfWork, actor: Actor, list_id: int) -> SentList:
    """The rows of one's own file that were not understood."""
    customer_id, _contact_id = actor.require_buyer()
    found = await uow.sent_lists.get(list_id)
    if found.customer_id != customer_id or found.kind is not ListKind.FILE:
        raise NotFound
    return found


async def _by_code(
    uow: UnitOfWork, rows: Sequence[FileRow]
) -> tuple[list[tuple[FileRow, int]], list[FileRow], list[RowLeft]]:
    """Rows whose product is known by a code, those with a name alone, and those whose code nothing has."""
    codes = {row.row: _codes(row) for row in rows}
    found = await find(uow, {code for several in codes.values() for code in several})
    known, named, left = list[tuple[FileRow, int]](), list[FileRow](), list[RowLeft]()
    for row in rows:
        product_id = next((found[code] for code in codes[row.row] if code in found), None)
        if product_id is not None:
            known.append((row, product_id))
        elif row.name:
            named.append(row)
        else:
            is_wrong = fault_of(row.barcode or row.code) is CodeFault.CHECK_DIGIT
            left.append(row.left(LeftBecause.CHECK_DIGIT if is_wrong else LeftBecause.CODE))
    return known, named, left


def _codes(row: FileRow) -> tuple[str, ...]:
    """Under which a row may be known; without headings a code stands where names do."""
    named = one_code(row.name) if row.name else None
    return tuple(ascii_digits(code) for code in (row.code, row.barcode, named) if code)


async def _of_codes(
    uow: UnitOfWork, actor: Actor, known: Sequence[tuple[FileRow, int]], now: datetime
) -> list[tuple[FileRow, Understood]]:
    customer = actor.require_customer()
    ids = {product_id for _row, product_id in known}
    offers = await uow.catalogue.offers(
        ids, customer_id=customer.id, group_id=customer.group_id, on=today_in_tehran(now)
    )
    habits = await uow.habits.of(customer.id, ids, now - HABIT_FOR) if ids else {}
    lines = []
    for row, product_id in known:
        if product_id not in offers:
            lines.append((row, Understood(line=row.line, question=Question.UNKNOWN)))
            continue
        product = offers[product_id].product
        pieces, question = pieces_of(row.line, product, habits.get(product_id))
        lines.append((row, Understood(line=row.line, product=product, pieces=pieces, question=question)))
    return lines


async def _of_names(
    uow: UnitOfWork, actor: Actor, named: Sequence[FileRow], now: datetime
) -> list[tuple[FileRow, Understood]]:
    if not named:
        return []
    customer = actor.require_customer()
    lines = tuple(row.line for row in named)
    reading = await understand_order(uow, WrittenOrder(lines=lines), now, customer.id, customer.group_id)
    # What says nothing at all is left out there, and everything else comes back in its order.
    found, at = list[tuple[FileRow, Understood]](), 0
    for row in named:
        if at < len(reading.lines) and reading.lines[at].line.raw == row.said:
            found.append((row, reading.lines[at]))
            at += 1
        else:
            found.append((row, Understood(line=row.line, question=Question.UNKNOWN)))
    return found


def _is_unknown(each: Understood) -> bool:
    return each.question is Question.UNKNOWN


def _within(lines: Sequence[tuple[FileRow, Understood]], room: int) -> tuple[list[Understood], list[FileRow]]:
    """What an order has room for: a product once, whatever is asked about as one line each."""
    taken, full, there, used = list[Understood](), list[FileRow](), set[int](), 0
    for row, each in lines:
        if _is_unknown(each):
            continue
        is_there = each.product is not None and each.product.id in there
        if not is_there and used >= room:
            full.append(row)
            continue
        used += not is_there
        if each.product is not None:
            there.add(each.product.id)
        taken.append(each)
    return taken, full
