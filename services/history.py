"""What was bought before: pages by span of time, and the lines of one order."""

from __future__ import annotations

from datetime import datetime, time

from domain.actors import Actor
from domain.calendar import TEHRAN, today_in_tehran
from domain.errors import NotFound
from domain.history import PER_PAGE, HistoryPage, LinesPage, Span, first_day
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

READERS = (Role.MANAGER, Role.FINANCE, Role.WAREHOUSE, Role.SUPPORT)
"""Staff who may read the lines of any order."""


async def open_history(uow: UnitOfWork, actor: Actor, span: Span, page: int, now: datetime) -> HistoryPage:
    """One page of the customer's placed orders, newest first; behind the last page stands the last one."""
    customer_id = actor.require_customer().id
    first = first_day(span, today_in_tehran(now))
    since = None if first is None else datetime.combine(first, time(), TEHRAN)
    bought = await uow.history.count(customer_id, since)
    pages = max(1, -(-bought.orders // PER_PAGE))
    page = min(max(page, 1), pages)
    found = await uow.history.page(customer_id, since, PER_PAGE, (page - 1) * PER_PAGE)
    return HistoryPage(span=span, page=page, orders=found, bought=bought)


async def open_lines(uow: UnitOfWork, actor: Actor, order_id: int, page: int) -> LinesPage:
    """The lines of a placed order: of one's own, or for staff of anybody's."""
    if actor.staff_id is not None:
        actor.require_staff(*READERS)
        order = await uow.orders.get(order_id, of=actor)
    else:
        order = await uow.orders.get(order_id, of=actor.require_customer().id)
    if order.is_draft:
        raise NotFound
    return LinesPage(order=order, page=page, is_for_staff=actor.staff_id is not None)
