"""What managers are told of campaigns: a question to the second one, and to its maker what became of it."""

from __future__ import annotations

from datetime import datetime

from domain.campaigns import Untold
from domain.notifications import Notification
from screens.callbacks.campaign_builder import OpenCampaign
from screens.callbacks.campaigns import CampaignProgress, CampaignReport
from screens.campaign_timing import approval_rows
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.notices import notice
from screens.screen import Button, Screen


def _count(notification: Notification, name: str) -> int:
    value = notification.facts[name]
    assert isinstance(value, int)
    return value


def _name(notification: Notification) -> str:
    return str(notification.facts["name"])


@notice("campaign_approval")
def campaign_approval(notification: Notification, _: Language) -> Screen:
    """More recipients than one manager alone may send to."""
    values = {"name": _name(notification), "count": Many(_count(notification, "recipients"))}
    start_at = notification.facts["start_at"]
    if start_at is None:
        text = _("👥 “{name}” shall go to {count} customers. Do you agree?", **values)
    else:
        at = datetime.fromisoformat(str(start_at))
        text = _("👥 “{name}” shall go to {count} customers on {at}. Do you agree?", at=at, **values)
    return Screen(text, approval_rows(notification.subject_id, _count(notification, "version"), _))


@notice("campaign_started")
def campaign_started(notification: Notification, _: Language) -> Screen:
    text = _(
        "▶️ “{name}” goes out now to {count} customers.",
        name=_name(notification),
        count=Many(_count(notification, "recipients")),
    )
    look = Button(_.label("📣 How far it is"), CampaignProgress(campaign_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))


@notice("campaign_not_started")
def campaign_not_started(notification: Notification, _: Language) -> Screen:
    """What it speaks of is gone, or nobody is left: it is a draft again."""
    name, why = _name(notification), _why(str(notification.facts["why"]), _)
    text = _("⚠️ “{name}” was not sent: {why}. It is a draft again.", name=name, why=why)
    return _draft(notification, text, _)


def _why(why: str, _: Language) -> Words:
    match why:
        case "nobody":
            return _("nobody of its audience can be sent to")
        case "promotion":
            return _("its promotion does not hold any more")
        case "product":
            return _("its product is not sold any more")
        case "time":
            return _("its last day is over")
    return _("its text cannot be sent")


@notice("campaign_refused")
def campaign_refused(notification: Notification, _: Language) -> Screen:
    text = _(
        "❌ {by} has sent “{name}” back. It is a draft again.",
        by=str(notification.facts["by"]),
        name=_name(notification),
    )
    return _draft(notification, text, _)


def _draft(notification: Notification, text: Words, _: Language) -> Screen:
    look = Button(_.label("✏️ Open the draft"), OpenCampaign(campaign_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))


def _left_out(skipped: int, reasons: object, _: Language) -> list[Words]:
    """Why: each reason by itself; what was kept before reasons were counted says it in one line."""
    if not isinstance(reasons, dict) or not reasons:
        return [_("{count} were left out: opted out, or could not buy it any more.", count=Many(skipped))]
    return [_untold(Many(reasons[why.value]), why, _) for why in Untold if why.value in reasons]


def _untold(many: Many, why: Untold, _: Language) -> Words:
    match why:
        case Untold.OPTED_OUT:
            return _("− {count} have switched promotions off", count=many)
        case Untold.UNREACHABLE:
            return _("− {count} have closed the bot", count=many)
        case Untold.CANNOT_BUY:
            return _("− {count} cannot buy this product", count=many)
        case Untold.OUT_OF_STOCK:
            return _("− {count}: the product is out of stock", count=many)
    return _("− {count}: the promotion has ended", count=many)


@notice("campaign_finished")
def campaign_finished(notification: Notification, _: Language) -> Screen:
    """S5.10: how many got it, how many did not and why."""
    delivered, failed = Many(_count(notification, "delivered")), _count(notification, "failed")
    name, blocked = _name(notification), _count(notification, "blocked")
    if not failed:
        first = _("✅ “{name}” is done: {delivered} delivered.", name=name, delivered=delivered)
    elif not blocked:
        first = _(
            "✅ “{name}” is done: {delivered} delivered · {failed} failed.",
            name=name, delivered=delivered, failed=Many(failed),
        )  # fmt: skip
    else:
        first = _(
            "✅ “{name}” is done: {delivered} delivered · {failed} failed ({blocked} have closed the bot).",
            name=name, delivered=delivered, failed=Many(failed), blocked=Many(blocked),
        )  # fmt: skip
    lines = [first]
    if skipped := _count(notification, "skipped"):
        lines += _left_out(skipped, notification.facts.get("skipped_for"), _)
    if uncertain := _count(notification, "uncertain"):
        lines.append(_("Of {count} it is not known whether they got it.", count=Many(uncertain)))
    lines.append(_("The sales report is kept up to date for 7 days."))
    look = Button(_.label("📊 Report"), CampaignReport(campaign_id=notification.subject_id))
    return Screen("\n".join(lines), ((look, home_button(_)),))
