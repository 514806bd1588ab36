"""Examples of the question after a delivery, of the desk of tickets, and of what managers read of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from domain.customers import CustomerKind, Preferences
from domain.money import Money
from domain.nps_report import NpsPart, NpsSpan
from domain.order_views import Job
from domain.surveys import Again, Survey
from domain.tickets import TicketHistory, TicketState
from sandbox.gallery_survey_values import (
    ANSWER,
    ASKED_AT,
    BUSY,
    COMMENT,
    HISTORY,
    LATE,
    MONTH,
    NOTHING,
    OUTCOME,
    PEOPLE,
    POINTS,
    REPORT,
    SURVEY,
    TICKET,
    TUESDAY,
    UNSAID,
)
from sandbox.gallery_types import Example
from sandbox.gallery_values import MONDAY, PLACED, PLAN
from screens import nps, nps_file, settings, surveys, tickets
from screens.callbacks.nps import OpenNpsWords, SendNps


def survey_screens() -> Iterator[Example]:
    yield "surveys.question", lambda _: surveys.question(9, 40_521, MONDAY, TUESDAY, _)
    yield "surveys.question: the same day", lambda _: surveys.question(9, 40_521, MONDAY, MONDAY, _)
    later = TUESDAY + timedelta(days=2)
    yield "surveys.question: after a weekend", lambda _: surveys.question(9, 40_521, MONDAY, later, _)
    yield "surveys.not_now", lambda _: surveys.not_now(9, _)
    yield "surveys.asked_no_more", surveys.asked_no_more
    for name, score in (("promoter", 10), ("passive", 7), ("unhappy", 4)):
        yield from _answered(name, replace(SURVEY, score=score))
    yield "surveys.reason_question: changed", lambda _: surveys.reason_question(SURVEY, _, was=9)
    ten = replace(SURVEY, score=10)
    gift = Money(5_000_000)
    yield "surveys.reason_question: with a gift", lambda _: surveys.reason_question(ten, _, gift=gift)
    yield "surveys.thanks", surveys.thanks
    nine = replace(SURVEY, score=9)
    yield "surveys.score_changed", lambda _: surveys.score_changed(4, nine, _)
    yield "surveys.ticket_opened", lambda _: surveys.ticket_opened(TICKET, _)
    yield "surveys.ticket_opened: nobody yet", lambda _: surveys.ticket_opened(UNSAID, _)
    yield "surveys.photo_question", lambda _: surveys.photo_question(TICKET, _)
    yield "surveys.photo_kept", lambda _: surveys.photo_kept(TICKET, _)
    yield "surveys.hurried", lambda _: surveys.hurried(TICKET, _)
    yield "surveys.hurried: nobody yet", lambda _: surveys.hurried(UNSAID, _)
    yield "surveys.outcome", lambda _: surveys.outcome("دکتر رضایی", 40_521, OUTCOME, 9, _)
    yield "surveys.outcome: told again", lambda _: surveys.outcome("دکتر رضایی", None, OUTCOME, None, _)
    for again in Again:
        yield from _judged(again)
    yield (
        "settings.settings: no surveys",
        lambda _: settings.settings(Preferences(contact_id=1, no_surveys=True), _, is_manager=False),
    )


def _answered(name: str, survey: Survey) -> Iterator[Example]:
    yield f"surveys.reason_question: {name}", lambda _: surveys.reason_question(survey, _)
    yield f"surveys.words_question: {name}", lambda _: surveys.words_question(survey, _)


def _judged(again: Again) -> Iterator[Example]:
    yield f"surveys.judged: {again}", lambda _: surveys.judged(replace(SURVEY, again=again), _)


def ticket_screens() -> Iterator[Example]:
    several = (BUSY, TICKET, UNSAID)
    yield "tickets.tickets", lambda _: tickets.tickets(several, 1, ASKED_AT, _, has_more=True)
    yield "tickets.tickets: late", lambda _: tickets.tickets(several, 2, LATE, _, has_more=False)
    yield "tickets.tickets: none", lambda _: tickets.tickets((), 1, LATE, _, has_more=False)
    yield "tickets.ticket", lambda _: tickets.ticket(BUSY, ASKED_AT, _)
    yield "tickets.ticket: late", lambda _: tickets.ticket(UNSAID, LATE, _)
    solved = replace(TICKET, state=TicketState.SOLVED, outcome=OUTCOME)
    yield "tickets.ticket: solved", lambda _: tickets.ticket(solved, LATE, _)
    closed = replace(solved, state=TicketState.CLOSED)
    yield "tickets.ticket: closed", lambda _: tickets.ticket(closed, LATE, _)
    yield "tickets.whom_to_call", lambda _: tickets.whom_to_call(TICKET, _)
    no_number = replace(TICKET, mobile=None)
    yield "tickets.whom_to_call: no number", lambda _: tickets.whom_to_call(no_number, _)
    yield (
        "tickets.owner_question",
        lambda _: tickets.owner_question(TICKET, PEOPLE, 1, _, has_more=True),
    )
    yield "tickets.note_question", lambda _: tickets.note_question(TICKET, _)
    yield "tickets.outcome_question", lambda _: tickets.outcome_question(TICKET, _)
    yield "tickets.solved", lambda _: tickets.solved(TICKET, _)
    yield "tickets.photo", lambda _: tickets.photo(BUSY, _)
    yield "tickets.history", lambda _: tickets.history(HISTORY, _)
    fresh = TicketHistory(ticket=TICKET, notes=(), answers=(), others=())
    yield "tickets.history: fresh", lambda _: tickets.history(fresh, _)
    job = Job(order=PLACED, plan=PLAN, customer_name=TICKET.customer_name, can_move=False)
    yield "tickets.order", lambda _: tickets.order(7, job, _)


def opinion_screens() -> Iterator[Example]:
    yield "nps.report", lambda _: nps.report(REPORT, _)
    for part in (NpsPart.KIND, NpsPart.VISITOR, NpsPart.NONE):
        yield from _report(part)
    yield "nps.report: not enough", lambda _: nps.report(NOTHING, _)
    yield "nps.trend", lambda _: nps.trend(POINTS, NpsSpan.WEEK, _)
    words = OpenNpsWords(span=NpsSpan.MONTH, back=0, page=1)
    yield "nps.comments", lambda _: nps.comments(MONTH, (COMMENT,), words, _, has_more=True)
    yield "nps.comments: none", lambda _: nps.comments(MONTH, (), words, _, has_more=False)
    file = SendNps(span=NpsSpan.MONTH, back=0)
    yield "nps_file.answers_file", lambda _: nps_file.answers_file(MONTH, (ANSWER,), "پخش آرمان‌طب", file, _)


def _report(part: NpsPart) -> Iterator[Example]:
    groups = ((CustomerKind.PHARMACY.value, REPORT.all),) if part is NpsPart.KIND else ()
    yield f"nps.report: {part.name}", lambda _: nps.report(replace(REPORT, part=part, groups=groups), _)
