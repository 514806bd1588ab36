"""What is told unasked about deliveries and tickets: to customers (S7.1, S7.6), and to our people (S7.5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.money import Money
from domain.notifications import Notification
from screens.callbacks.tickets import OpenTicket, OpenTicketPhoto
from screens.home import home_button
from screens.language import Language, Millions, Words
from screens.notices import notice
from screens.screen import Button, Screen
from screens.surveys import outcome, question
from screens.tickets import alert_rows, due_words, subject_words


@notice("survey")
def survey(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    delivered, today = (date.fromisoformat(facts[name]) for name in ("delivered_on", "asked_on"))
    return question(notification.subject_id, facts["number"], delivered, today, _)


@notice("ticket_solved")
def ticket_solved(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    survey_id = facts["survey_id"] if facts["asks"] else None
    return outcome(facts["who"], facts["number"], facts["outcome"], survey_id, _)


@notice("survey_alert")
def survey_alert(notification: Notification, _: Language) -> Screen:
    """S7.5."""
    return _alert(notification, _)


@notice("survey_alert_unsaid")
def survey_alert_unsaid(notification: Notification, _: Language) -> Screen:
    """The same where the customer has given no reason."""
    return _alert(notification, _)


def _alert(notification: Notification, _: Language, *before: Words) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    lines = [
        *before,
        _("🔴 NPS {score} — {customer}", score=facts["score"], customer=facts["customer"]),
        _about(facts, _),
    ]
    if facts["text"]:
        lines.append(_("“{text}”", text=facts["text"]))
    due = due_words(datetime.fromisoformat(facts["due_at"]), _)
    lines.append(_("Ticket {number} · deadline {due}", number=facts["number"], due=due))
    look = Button(_.label("🎫 Ticket"), OpenTicket(ticket_id=notification.subject_id))
    photo = Button(_.label("🖼 Photo"), OpenTicketPhoto(ticket_id=notification.subject_id))
    last = (look, photo) if facts["has_photo"] else (look,)
    return Screen("\n".join(lines), (*alert_rows(notification.subject_id, _), (*last, home_button(_))))


def _about(facts: dict[str, Any], _: Language) -> Words:
    about = _("Order {number} · {subject}", number=facts["order"], subject=subject_words(facts["subject"], _))
    if facts["margin_rials"] is None:
        return about
    return _(
        "{about} · monthly margin {margin} million",
        about=about,
        margin=Millions(Money(facts["margin_rials"])),
    )


@notice("ticket_said")
def ticket_said(notification: Notification, _: Language) -> Screen:
    return _alert(notification, _, _("📝 The customer has said more:"))


@notice("ticket_reopened")
def ticket_reopened(notification: Notification, _: Language) -> Screen:
    return _alert(notification, _, _("🙁 The customer is not content yet; the ticket is open again:"))


@notice("ticket_photo")
def ticket_photo(notification: Notification, _: Language) -> Screen:
    return _alert(notification, _, _("📷 The customer has sent a photo:"))


@notice("ticket_hurried")
def ticket_hurried(notification: Notification, _: Language) -> Screen:
    return _alert(notification, _, _("📞 The customer wants to be called sooner:"))


@notice("ticket_assigned")
def ticket_assigned(notification: Notification, _: Language) -> Screen:
    return _alert(notification, _, _("👤 This ticket was handed to you:"))
