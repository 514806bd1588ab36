"""The question after a delivery and what follows it (S7.1 to S7.4, S7.6, S7.7), as the customer sees it."""

from __future__ import annotations

from datetime import date

from domain.calendar import TEHRAN
from domain.money import Money
from domain.persian import addressed
from domain.surveys import BEST, REASONS, Again, Opinion, Survey, SurveyReason
from domain.tickets import Ticket
from screens.callbacks.referrals import OpenReferralLink
from screens.callbacks.support import AskSupport
from screens.callbacks.surveys import (
    AddPhoto,
    GiveReason,
    HurryTicket,
    JudgeAgain,
    NoMoreSurveys,
    NotNow,
    OpenSurvey,
    Rate,
    WriteReason,
)
from screens.home import home_button
from screens.language import Hour, Language, Weekday, Words
from screens.pages import in_rows
from screens.referrals import offer
from screens.screen import Button, Screen
from screens.survey_words import reason_word

IN_FIRST_ROW = 6
PER_ROW = 2


def question(survey_id: int, number: int, delivered_on: date, today: date, _: Language) -> Screen:
    """S7.1: one tap answers it."""
    scores = [Button(_.plain(each), Rate(survey_id=survey_id, score=each)) for each in range(BEST + 1)]
    text = _(
        "{delivered} How likely is it that you recommend us to a colleague?\n0 = not at all · 10 = certainly",
        delivered=_delivered(number, delivered_on, today, _),
    )
    return Screen(
        text,
        (
            tuple(scores[:IN_FIRST_ROW]),
            tuple(scores[IN_FIRST_ROW:]),
            (Button(_.label("Not now"), NotNow(survey_id=survey_id)),),
            (home_button(_),),
        ),
    )


def _delivered(number: int, day: date, today: date, _: Language) -> Words:
    match (today - day).days:
        case 0:
            return _("Order {number} was delivered today.", number=number)
        case 1:
            return _("Order {number} was delivered yesterday.", number=number)
    return _("Order {number} was delivered on {day}.", number=number, day=day)


def not_now(survey_id: int, _: Language) -> Screen:
    """Left for later; or for good."""
    return Screen(
        _("All right. You can answer whenever you like, until the question expires."),
        (
            (
                Button(_.label("⭐️ Answer now"), OpenSurvey(survey_id=survey_id)),
                Button(_.label("🔕 Do not ask again"), NoMoreSurveys()),
            ),
            (home_button(_),),
        ),
    )


def asked_no_more(_: Language) -> Screen:
    text = _("We will ask no more. You can switch surveys on again among the settings.")
    return Screen(text, ((home_button(_),),))


def reason_question(
    survey: Survey, _: Language, *, was: int | None = None, gift: Money | None = None
) -> Screen:
    """S7.2 to S7.4: why that score. The scores stay where they are, for whoever changes their mind.

    ``gift`` is what a promoter gets for a colleague, where the company gives anything.
    """
    text = _why(survey, _)
    if was is not None:
        text = Words(f"{_changed(was, survey, _)}\n{text}")
    rows = _reason_rows(survey, _)
    if gift is not None:
        text = Words(f"{text}\n\n{offer(gift, _)}")
        rows = (*rows, (Button(_.label("🎁 My referral link"), OpenReferralLink()),))
    return Screen(text, (*rows, (home_button(_),)), is_new=True)


def _why(survey: Survey, _: Language) -> Words:
    match survey.opinion:
        case Opinion.PROMOTER:
            who = addressed(survey.contact_name)
            return _("Thank you, {who} 🌿 What was better than everything else?", who=who)
        case Opinion.PASSIVE:
            return _("Thank you. What shall we do better?")
    return _("We are sorry that you were not content. What was the problem?")


def _reason_rows(survey: Survey, _: Language) -> tuple[tuple[Button, ...], ...]:
    assert survey.opinion is not None
    buttons = [
        Button(reason_word(each, _), GiveReason(survey_id=survey.id, reason=each))
        for each in REASONS[survey.opinion]
    ]
    buttons.append(Button(_.label("✍️ I write it"), WriteReason(survey_id=survey.id)))
    if survey.opinion is Opinion.PASSIVE:
        skip = GiveReason(survey_id=survey.id, reason=SurveyReason.NONE)
        buttons.append(Button(_.label("Pass over"), skip))
    return in_rows(buttons, PER_ROW)


def words_question(survey: Survey, _: Language) -> Screen:
    if survey.opinion is Opinion.PROMOTER:
        text = _("Please write what you liked.")
    elif survey.opinion is Opinion.PASSIVE:
        text = _("Please write what we shall do better.")
    else:
        text = _("Please write what went wrong.")
    return Screen(text, ((home_button(_),),))


def thanks(_: Language) -> Screen:
    """The reason is kept, and nothing has to be put right."""
    return Screen(_("Thank you, it was recorded 🌿"), ((home_button(_),),))


def score_changed(was: int, survey: Survey, _: Language) -> Screen:
    """S7.7, where nothing more is asked."""
    return Screen(_changed(was, survey, _), ((home_button(_),),), is_new=True)


def _changed(was: int, survey: Survey, _: Language) -> Words:
    return _("Your answer has changed from {was} to {score}. Thank you.", was=was, score=survey.score)


def ticket_opened(ticket: Ticket, _: Language) -> Screen:
    """S7.4: who looks after it, and by when."""
    when = _when(ticket, _)
    if ticket.owner_name:
        text = _(
            "Ticket {number} is open. {owner}, who looks after it, calls you by {when}.",
            number=ticket.number,
            owner=ticket.owner_name,
            when=when,
        )
    else:
        text = _(
            "Ticket {number} is open. A colleague of ours calls you by {when}.",
            number=ticket.number,
            when=when,
        )
    return Screen(text, (_ticket_row(ticket, _), (home_button(_),)))


def _when(ticket: Ticket, _: Language) -> Words:
    """«پنج‌شنبه ساعت ۱۱»."""
    at = ticket.due_at.astimezone(TEHRAN)
    hour = Hour(at) if at.minute else at.hour
    return _("{weekday} at {hour}", weekday=Weekday(at.date()), hour=hour)


def _ticket_row(ticket: Ticket, _: Language) -> tuple[Button, ...]:
    return (
        Button(_.label("📷 Send a photo"), AddPhoto(ticket_id=ticket.id)),
        Button(_.label("📞 Call me sooner"), HurryTicket(ticket_id=ticket.id)),
    )


def photo_question(ticket: Ticket, _: Language) -> Screen:
    text = _("Please send the photo for ticket {number}.", number=ticket.number)
    return Screen(text, ((home_button(_),),))


def photo_kept(ticket: Ticket, _: Language) -> Screen:
    text = _("The photo was added to ticket {number} ✅", number=ticket.number)
    return Screen(text, (_ticket_row(ticket, _), (home_button(_),)))


def hurried(ticket: Ticket, _: Language) -> Screen:
    if ticket.owner_name:
        text = _(
            "We told {owner} to call you sooner. (Ticket {number})",
            owner=ticket.owner_name,
            number=ticket.number,
        )
    else:
        text = _("We told our support to call you sooner. (Ticket {number})", number=ticket.number)
    photo = Button(_.label("📷 Send a photo"), AddPhoto(ticket_id=ticket.id))
    return Screen(text, ((photo, home_button(_)),))


def outcome(who: str, number: int | None, words: str, survey_id: int | None, _: Language) -> Screen:
    """S7.6: how it was put right, and once the question what they think now."""
    name, said = addressed(who), _ended(words)
    about = (
        _("{who}, about order {number}: {outcome}", who=name, number=number, outcome=said)
        if number is not None
        else _("{who}, {outcome}", who=name, outcome=said)
    )
    if survey_id is None:
        again = Button(_.label("💬 Talk to support"), AskSupport())
        return Screen(about, ((again, home_button(_)),))
    words_now = _("{about} What do you think now?", about=about)
    buttons = (
        (_.label("🙂 I am content"), Again.GLAD),
        (_.label("😐 It was all right"), Again.SO_SO),
        (_.label("🙁 Not yet"), Again.NOT_YET),
    )
    row = tuple(Button(label, JudgeAgain(survey_id=survey_id, again=each)) for label, each in buttons)
    return Screen(words_now, (row, (home_button(_),)))


def _ended(words: str) -> str:
    """A sentence ends once, whether or not whoever typed it has ended it."""
    return words.strip().rstrip(".") + "."


def judged(survey: Survey, _: Language) -> Screen:
    match survey.again:
        case Again.GLAD:
            text = _("We are glad 🌿 Thank you for telling us.")
        case Again.SO_SO:
            text = _("Thank you for telling us. We try to do better next time.")
        case _:
            text = _("We are sorry. It is open again, and a colleague of ours calls you.")
    return Screen(text, ((home_button(_),),))
