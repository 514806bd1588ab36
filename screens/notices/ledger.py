"""What is told unasked about accounts: disputes, their answers, and books that do not add up."""

from __future__ import annotations

from typing import Any

from domain.notifications import Notification
from screens.callbacks.ledger import AnswerDispute, AskPeriod, OpenDispute
from screens.callbacks.settings import OpenAccount
from screens.home import home_button
from screens.language import Copyable, Language, Words
from screens.notices import notice
from screens.screen import Button, Screen

MOST_SHOWN = 10


@notice("dispute_opened")
def dispute_opened(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _(
        "❗️ {customer} says that something in the account is wrong (ticket {number}).",
        customer=facts["customer"],
        number=facts["number"],
    )
    return Screen(text, ((_look(notification, _), home_button(_)),))


@notice("dispute_explained")
def dispute_explained(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    lines = [_("❗️ {customer} explains ticket {number}:", customer=facts["customer"], number=facts["number"])]
    if facts["text"]:
        lines.append(_("“{text}”", text=facts["text"]))
    if facts["has_photo"]:
        lines.append(_("🖼 A photo came with it."))
    answer = Button(_.label("💬 Answer"), AnswerDispute(dispute_id=notification.subject_id))
    return Screen("\n".join(lines), ((answer, _look(notification, _)), (home_button(_),)))


def _look(notification: Notification, _: Language) -> Button:
    return Button(_.label("👀 Have a look"), OpenDispute(dispute_id=notification.subject_id))


@notice("dispute_answered")
def dispute_answered(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    text = _("💬 Finance answers ticket {number}:\n{answer}", number=facts["number"], answer=facts["answer"])
    statement = Button(_.label("📄 Statement"), AskPeriod(customer_id=facts["customer_id"]))
    account = Button(_.label("💳 My account"), OpenAccount())
    return Screen(text, ((statement, account), (home_button(_),)))


@notice("books_wrong")
def books_wrong(notification: Notification, _: Language) -> Screen:
    """Whoever answers for the money hears once of what does not hold, by its rule."""
    facts: dict[str, Any] = dict(notification.facts)
    lines = [_("🔴 The nightly check of the books has found {count} mistakes:", count=facts["count"])]
    lines += [_wrong(each, _) for each in facts["violations"][:MOST_SHOWN]]
    if facts["count"] > MOST_SHOWN:
        lines.append(_("… and {count} more", count=facts["count"] - MOST_SHOWN))
    lines.append(_("Nothing was changed. Please have it looked into today."))
    return Screen("\n".join(lines), ((home_button(_),),))


def _wrong(each: dict[str, Any], _: Language) -> Words:
    return _(
        "• {rule}: {subject} {id}",
        rule=Copyable(each["rule"]),
        subject=_subject(each["subject"], _),
        id=int(each["subject_id"]),
    )


def _subject(subject: str, _: Language) -> Words:
    match subject:
        case "customer":
            return _("customer")
        case "invoice":
            return _("invoice")
        case "payment":
            return _("payment")
        case "cheque":
            return _("cheque")
        case "credit_note":
            return _("credit note")
        case "order":
            return _("order")
        case "product":
            return _("stock of product")
        case "posting":
            return _("posting")
    return _("audit row")
