"""The managers' report of what customers think."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.nps_report import (
    MOST_BACK,
    POINTS,
    NpsAnswer,
    NpsComment,
    NpsPart,
    NpsPoint,
    NpsReport,
    NpsSpan,
    instants_of,
    span_of,
)
from domain.periods import Period
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
MOST_ANSWERS = 50_000
"""A workbook of more is of no use to anybody."""


async def report(
    uow: UnitOfWork, by: Actor, span: NpsSpan, back: int, part: NpsPart, now: datetime
) -> NpsReport:
    """One span: all answers, all customers, and apart by route, kind or visitor where that is wanted."""
    by.require_staff(Role.MANAGER)
    back = min(back, MOST_BACK)
    period = span_of(span, today_in_tehran(now), back)
    first, until = instants_of(period)
    return NpsReport(
        span=span,
        back=back,
        part=part,
        period=period,
        all=await uow.opinions.all(first, until),
        by_customer=await uow.opinions.by_customer(first, until),
        asked=await uow.opinions.asked(first, until),
        loop=await uow.opinions.loop(first, until),
        reasons=await uow.opinions.reasons(first, until),
        groups=() if part is NpsPart.NONE else await uow.opinions.apart(first, until, part),
    )


async def trend(uow: UnitOfWork, by: Actor, span: NpsSpan, now: datetime) -> tuple[NpsPoint, ...]:
    """The last spans one after another, oldest first."""
    by.require_staff(Role.MANAGER)
    today = today_in_tehran(now)
    periods = [span_of(span, today, back) for back in reversed(range(POINTS))]
    return tuple([NpsPoint(period=each, nps=await uow.opinions.all(*instants_of(each))) for each in periods])


async def comments(
    uow: UnitOfWork, by: Actor, span: NpsSpan, back: int, page: int, now: datetime
) -> tuple[Period, tuple[NpsComment, ...], bool]:
    """A page of what was written in that span, and whether there is more."""
    by.require_staff(Role.MANAGER)
    period = span_of(span, today_in_tehran(now), back)
    first, until = instants_of(period)
    found = await uow.opinions.comments(first, until, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return period, found[:PER_PAGE], len(found) > PER_PAGE


async def answers(
    uow: UnitOfWork, by: Actor, span: NpsSpan, back: int, now: datetime
) -> tuple[Period, tuple[NpsAnswer, ...]]:
    """Every answer of that span, for a workbook."""
    by.require_staff(Role.MANAGER)
    period = span_of(span, today_in_tehran(now), back)
    return period, await uow.opinions.answers(*instants_of(period), MOST_ANSWERS)
