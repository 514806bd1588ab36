"""Whether a text is an order at all, and what it says (rule R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.basket import Basket
from domain.orders import Order
from domain.written import Op, WrittenOrder
from domain.written.names import is_near
from domain.written.wishes import as_typed, parts_instead
from services.reading_texts import read_text
from services.written_orders import Reading, Understood, understand, understand_order
from storage.unit_of_work import UnitOfWork

Written = str | WrittenOrder | Reading


async def read(
    uow: UnitOfWork, actor: Actor, basket: Basket, said: Written, now: datetime
) -> tuple[Reading, frozenset[int]] | None:
    """What was written, understood; and which of its lines take another's place."""
    if isinstance(said, Reading):
        return said, frozenset()
    customer = actor.require_customer()
    whose = (customer.id, customer.group_id)
    if isinstance(said, WrittenOrder):
        return await understand_order(uow, said, now, *whose), frozenset()
    parts = parts_instead(said)
    is_whole = len(parts) == 1 and not parts[0][1]
    if is_whole and not _may_be_order(await read_text(said), basket.draft):
        return None
    readings = [await understand(uow, part, now, *whose) for part, _is_instead in parts]
    instead, at = set(), 0
    for reading, (_part, is_instead) in zip(readings, parts, strict=True):
        if is_instead and reading.lines:
            instead.add(at)
        at += len(reading.lines)
    reading = _joined(readings)
    order = reading.order
    order = replace(order, notes=as_typed(order.notes, said, [line.line.raw for line in reading.lines]))
    reading = replace(reading, order=order)
    return (reading, frozenset(instead)) if _is_order(reading, basket.draft) else None


def _joined(readings: Sequence[Reading]) -> Reading:
    if len(readings) == 1:
        return readings[0]
    orders = [each.order for each in readings]
    return Reading(
        order=WrittenOrder(
            lines=tuple(line for order in orders for line in order.lines),
            repeats=any(order.repeats for order in orders),
            days=tuple(word for order in orders for word in order.days),
            paying=tuple(word for order in orders for word in order.paying),
            notes=tuple(note for order in orders for note in order.notes),
        ),
        lines=tuple(line for each in readings for line in each.lines),
    )


def _may_be_order(order: WrittenOrder, draft: Order) -> bool:
    """One name alone is looked for, not ordered; a day or a way to pay alone is about what is there."""
    if order.repeats or len(order.lines) > 1:
        return True
    if order.lines:
        return order.lines[0].quantity is not None or order.lines[0].op is not Op.ADD
    return bool(draft.lines and (order.days or order.paying) and not order.notes)


def _is_order(reading: Reading, draft: Order) -> bool:
    """Whether anything of it is about goods that are sold, or about the draft."""
    lines = reading.lines
    if not lines:
        return reading.order.repeats or bool(
            draft.lines and (reading.order.days or reading.order.paying) and not reading.order.notes
        )
    if len(lines) == 1 and lines[0].line.quantity is None and lines[0].line.op is Op.ADD:
        return reading.order.repeats
    return any(_is_about_goods(each, draft) for each in lines)


def _is_about_goods(each: Understood, draft: Order) -> bool:
    if each.product is not None or (each.line.op is not Op.ADD and draft.lines):
        return True
    return any(is_near(each.line.phrase, near.name) for near in each.choices)
