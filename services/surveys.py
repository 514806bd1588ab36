"""One question after each delivery: when it is asked, what is answered, and what becomes of it (R13, S7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, today_in_tehran
from domain.customers import Preferences
from domain.errors import (
    AlreadyJudged,
    ChangedMeanwhile,
    NotFound,
    SameScore,
    SurveyOver,
    TooLateToJudge,
)
from domain.notifications import MessageClass, Notification, Recipient
from domain.orders import Order
from domain.push_rules import PushRules
from domain.quiet_hours import is_quiet, next_allowed, shared_hours
from domain.surveys import (
    BEST,
    REASONS,
    Again,
    NotAsked,
    Opinion,
    Survey,
    SurveyReason,
    SurveyState,
    first_moment,
    gap_days,
    is_too_soon,
    opinion_of,
)
from domain.tickets import Ticket
from services import tickets
from services.notifications import still_true
from storage.unit_of_work import UnitOfWork

LATEST = timedelta(days=7)
"""What could not be asked for so long, because nothing ran, is not asked any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A survey after an answer; the score before it, where it was changed; and the ticket of it."""

    survey: Survey
    was: int | None = None
    ticket: Ticket | None = None


async def schedule(uow: UnitOfWork, order: Order, now: datetime) -> None:
    """The order was delivered: whoever ordered is asked about it later, once for each order."""
    if order.contact_id is None:
        return
    rules, wanted = await uow.company.push_rules(), await uow.settings.preferences(order.contact_id)
    free = await _holidays(uow, now)
    due_at = first_moment(now, wanted, rules, free)
    await uow.surveys.put_due(order.id, order.customer_id, order.contact_id, now, due_at)


async def ask(uow: UnitOfWork, survey_id: int, now: datetime) -> bool:
    """Ask what is due, or write down why nobody asks; whether it was asked."""
    survey = await uow.surveys.get(survey_id)
    await uow.surveys.lock_contact(survey.contact_id)
    rules, wanted = await uow.company.push_rules(), await uow.settings.preferences(survey.contact_id)
    why = await _why_not(uow, survey, wanted, rules, now)
    if why is not None:
        await uow.surveys.skip(survey.id, why)
        return False
    free, hours = await _holidays(uow, now), shared_hours(rules.survey_hours, wanted.hours)
    if is_quiet(now, hours, free):
        await uow.surveys.put_off(survey.id, next_allowed(now, hours, free))
        return False
    expires_at = now + timedelta(hours=rules.survey_expires_hours)
    if not await uow.surveys.ask(survey.id, now, expires_at):
        return False
    await uow.outbox.put(_question(survey, now, expires_at))
    return True


async def _why_not(
    uow: UnitOfWork, survey: Survey, wanted: Preferences, rules: PushRules, now: datetime
) -> NotAsked | None:
    if wanted.no_surveys:
        return NotAsked.OFF
    if not await uow.surveys.is_reachable(survey.contact_id):
        return NotAsked.UNREACHABLE
    last = await uow.surveys.last_asked(survey.contact_id)
    return NotAsked.TOO_SOON if is_too_soon(last, now, gap_days(wanted, rules)) else None


def _question(survey: Survey, now: datetime, expires_at: datetime) -> Notification:
    return Notification(
        key=f"survey:{survey.id}",
        kind="survey",
        to=Recipient(contact_id=survey.contact_id),
        subject_id=survey.id,
        due_at=now,
        facts={
            "number": survey.order_number,
            "delivered_on": today_in_tehran(survey.delivered_at).isoformat(),
            "asked_on": today_in_tehran(now).isoformat(),
        },
        message_class=MessageClass.SURVEY,
        expires_at=expires_at,
    )


@still_true("survey")
async def is_still_asked(uow: UnitOfWork, told: Notification, now: datetime) -> bool:
    """Nobody is asked what they have answered, what they do not want to hear, or at night."""
    survey = await uow.surveys.get(told.subject_id)
    wanted, rules = await uow.settings.preferences(survey.contact_id), await uow.company.push_rules()
    hours = shared_hours(rules.survey_hours, wanted.hours)
    is_night = is_quiet(now, hours, await _holidays(uow, now))
    return survey.is_open(now) and not wanted.no_surveys and not is_night


async def read(uow: UnitOfWork, by: Actor, survey_id: int) -> Survey:
    """One's own survey, asked or answered."""
    by.require_customer()
    survey = await uow.surveys.get(survey_id, of=by.contact_id or 0)
    if survey.state is SurveyState.DUE or survey.asked_at is None:
        raise NotFound
    return survey


async def require_open(uow: UnitOfWork, by: Actor, survey_id: int, now: datetime) -> Survey:
    """The same, while something may be said about it."""
    survey = await read(uow, by, survey_id)
    if survey.answered_at is None and not survey.is_open(now):
        raise SurveyOver
    if survey.answered_at is not None and not survey.may_change(now, await uow.company.push_rules()):
        raise TooLateToJudge
    return survey


async def answer(uow: UnitOfWork, by: Actor, survey_id: int, score: int, now: datetime) -> Answered:
    """The first tap counts; for a day another score takes its place. 0 to 6 opens a ticket, and it stays."""
    survey = await require_open(uow, by, survey_id, now)
    if score > BEST:
        raise NotFound
    was = survey.score
    if was == score:
        raise SameScore(score)
    kept = (
        await uow.surveys.answer(survey_id, score, now)
        if was is None
        else await uow.surveys.change(survey_id, was, score, now)
    )
    if not kept:
        raise ChangedMeanwhile
    facts: dict[str, object] = {"order": survey.order_number, "score": score, "was": was}
    await uow.audit.write(by, "survey.answered", "survey", survey_id, now, facts)
    if was is not None:
        await tickets.note_change(uow, by, survey_id, was, score, now)
    answered = await uow.surveys.get(survey_id)
    ticket = None
    if opinion_of(score) is Opinion.DETRACTOR:
        ticket = await tickets.open_for(uow, by, answered, now)
    return Answered(survey=answered, was=was, ticket=ticket)


async def give_reason(
    uow: UnitOfWork, by: Actor, survey_id: int, reason: SurveyReason, now: datetime
) -> Answered:
    """Why that score: one of the reasons that were offered for it, or none."""
    survey = await require_answered(uow, by, survey_id, now)
    assert survey.opinion is not None
    if reason is not SurveyReason.NONE and reason not in REASONS[survey.opinion]:
        raise ChangedMeanwhile
    return await _explain(uow, by, survey, reason, None, now)


async def give_words(uow: UnitOfWork, by: Actor, survey_id: int, words: str, now: datetime) -> Answered:
    """Why that score, in own words."""
    survey = await require_answered(uow, by, survey_id, now)
    reason = survey.reason if survey.reason not in (None, SurveyReason.NONE) else SurveyReason.OTHER
    return await _explain(uow, by, survey, reason or SurveyReason.OTHER, words, now)


async def require_answered(uow: UnitOfWork, by: Actor, survey_id: int, now: datetime) -> Survey:
    """A survey whose score can be explained."""
    survey = await require_open(uow, by, survey_id, now)
    if survey.score is None:
        raise NotFound
    return survey


async def _explain(
    uow: UnitOfWork, by: Actor, survey: Survey, reason: SurveyReason, words: str | None, now: datetime
) -> Answered:
    is_new = reason is not survey.reason or words is not None
    ticket = None
    if survey.opinion is Opinion.DETRACTOR:
        ticket = await tickets.open_for(uow, by, survey, now)
    if is_new:
        await uow.surveys.explain(survey.id, reason, words)
        facts: dict[str, object] = {"reason": reason.value, "words": words}
        await uow.audit.write(by, "survey.explained", "survey", survey.id, now, facts)
        if ticket is not None:
            said = words if words is not None else survey.comment or ""
            ticket = await tickets.explain(uow, ticket, reason.value, said, now)
    return Answered(survey=await uow.surveys.get(survey.id), ticket=ticket)


async def judge(uow: UnitOfWork, by: Actor, survey_id: int, again: Again, now: datetime) -> Survey:
    """What they think now that it was settled (S7.6), once; «not yet» opens the ticket again."""
    survey = await read(uow, by, survey_id)
    if survey.asked_again_at is None:
        raise NotFound
    if not await uow.surveys.judge(survey_id, again):
        raise AlreadyJudged
    await uow.audit.write(by, "survey.judged", "survey", survey_id, now, {"again": again.value})
    if again is Again.NOT_YET:
        await tickets.reopen(uow, by, survey, now)
    else:
        await tickets.close(uow, by, survey, now)
    return await uow.surveys.get(survey_id)


async def _holidays(uow: UnitOfWork, now: datetime) -> frozenset[date]:
    today = today_in_tehran(now)
    return await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
