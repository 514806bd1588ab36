"""When a campaign goes out and how fast; what is scheduled; the second manager's card (S5.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.audiences import Outlook
from domain.calendar import TEHRAN
from domain.campaign_progress import seconds_left
from domain.campaigns import Campaign
from screens.callbacks.campaign_builder import (
    AskOtherSpeed,
    AskOtherStart,
    AskStart,
    AskUnschedule,
    EditCampaign,
    OpenCampaign,
    OpenSchedules,
    PickStart,
    PreviewCampaign,
    ScheduleCampaign,
    UnscheduleCampaign,
)
from screens.callbacks.campaigns import ApproveCampaign, RefuseCampaign
from screens.campaigns import name_of
from screens.durations import about
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.pages import in_rows
from screens.screen import Button, Screen

GRADUAL = 60
MINUTES = 60


def clock_words(at: datetime, _: Language) -> Words:
    """«۱۷:۰۰», «۹:۰۰»: as people write the hour of a day."""
    there = at.astimezone(TEHRAN)
    return Words(_.digits(f"{there.hour}:{there:%M}"))


def day_word(day: date, today: date, _: Language) -> str:
    """«امروز», «فردا», else the day."""
    match (day - today).days:
        case 0:
            return _.label("Today")
        case 1:
            return _.label("Tomorrow")
    return _.plain(day)


def _tap(campaign_id: int, at: datetime) -> PickStart:
    there = at.astimezone(TEHRAN)
    minute = there.hour * MINUTES + there.minute
    return PickStart(campaign_id=campaign_id, day=there.date().toordinal(), minute=minute)


def start_question(campaign: Campaign, offered: Sequence[datetime], today: date, _: Language) -> Screen:
    """S5.7: the times that are asked for most, or another one."""
    campaign_id = campaign.id or 1
    buttons = []
    for at in offered:
        day = day_word(at.astimezone(TEHRAN).date(), today, _)
        label = _.label("{day} {hour}", day=Words(day), hour=clock_words(at, _))
        buttons.append(Button(label, _tap(campaign_id, at)))
    buttons.append(Button(_.label("Another time"), AskOtherStart(campaign_id=campaign_id)))
    back = Button(_.label("⬅️ Back"), PreviewCampaign(campaign_id=campaign_id))
    return Screen(_("When?"), (*in_rows(buttons, 3), (back, home_button(_))))


def other_start_question(campaign: Campaign, _: Language) -> Screen:
    text = _("At what time? Write the day and the hour, for example “3 Azar 10:30” or “Saturday at 18”.")
    back = Button(_.label("⬅️ Back"), AskStart(campaign_id=campaign.id or 1))
    return Screen(text, ((back, home_button(_)),))


def quiet(campaign_id: int, at: datetime, proposed: datetime, today: date, _: Language) -> Screen:
    """Nothing unasked is told at that time: «۲۲:۳۰ ساعت آرام است؛ فردا ۹:۰۰ بفرستم؟»."""
    text = _(
        "{hour} is a quiet hour; shall I send it {day} {proposed}?",
        hour=clock_words(at, _),
        day=Words(day_word(proposed.astimezone(TEHRAN).date(), today, _).lower()),
        proposed=clock_words(proposed, _),
    )
    yes = Button(_.label("✅ Yes"), _tap(campaign_id, proposed))
    other = Button(_.label("Another time"), AskOtherStart(campaign_id=campaign_id))
    back = Button(_.label("⬅️ Back"), PreviewCampaign(campaign_id=campaign_id))
    return Screen(text, ((yes, other), (back, home_button(_))))


def speed_question(campaign: Campaign, day: int, minute: int, outlook: Outlook, _: Language) -> Screen:
    """As fast as it goes, or so many a minute."""
    at = {"campaign_id": campaign.id or 1, "day": day, "minute": minute}
    fastest = seconds_left(outlook.recipients, None, outlook.per_second)
    usual = _.label("Usual ({duration})", duration=about(fastest, _))
    slow = _.label("Gradual, {count} a minute", count=GRADUAL)
    rows = (
        (
            Button(usual, ScheduleCampaign(**at, per_minute=0)),
            Button(slow, ScheduleCampaign(**at, per_minute=GRADUAL)),
        ),
        (Button(_.label("Another speed"), AskOtherSpeed(**at)),),
        (Button(_.label("⬅️ Back"), AskStart(campaign_id=campaign.id or 1)), home_button(_)),
    )
    return Screen(_("How fast?"), rows)


def other_speed_question(campaign: Campaign, _: Language) -> Screen:
    text = _("How many a minute? Write a number, for example 120.")
    back = Button(_.label("⬅️ Back"), AskStart(campaign_id=campaign.id or 1))
    return Screen(text, ((back, home_button(_)),))


def scheduled(campaign: Campaign, outlook: Outlook, staff_id: int, _: Language) -> Screen:
    """«ثبت شد: یکشنبه ۱ آذر، ۱۰:۰۰ — ۳۲۴ گیرنده، حدود ۵ دقیقه و نیم.»; another manager may agree to it."""
    campaign_id = campaign.id or 1
    lines = [_("Kept: {what}", what=_at_and_how_long(campaign, outlook, _))]
    waits = outlook.needs_second and campaign.approved_by is None
    if waits and campaign.made_by != staff_id:
        return Screen("\n".join(lines), approval_rows(campaign_id, campaign.version, _))
    if waits:
        lines.append(_("👥 It waits for a second manager, who was told."))
    rows = (
        (
            Button(_.label("✏️ Edit"), EditCampaign(campaign_id=campaign_id)),
            Button(_.label("❌ Cancel"), AskUnschedule(campaign_id=campaign_id)),
        ),
        (Button(_.label("📋 All schedules"), OpenSchedules(page=1)), home_button(_)),
    )
    return Screen("\n".join(lines), rows)


def _at_and_how_long(campaign: Campaign, outlook: Outlook, _: Language) -> Words:
    assert campaign.start_at is not None
    return _(
        "{day}, {hour} — {count} recipients, {duration}.",
        day=campaign.start_at.astimezone(TEHRAN).date(),
        hour=clock_words(campaign.start_at, _),
        count=Many(outlook.recipients),
        duration=about(seconds_left(outlook.recipients, campaign.per_minute, outlook.per_second), _),
    )


def unschedule_question(campaign: Campaign, _: Language) -> Screen:
    text = _("Shall “{name}” not go out? It becomes a draft again.", name=name_of(campaign, _))
    yes = Button(_.label("❌ Yes, cancel it"), UnscheduleCampaign(campaign_id=campaign.id or 1))
    no = Button(_.label("No, keep it"), OpenCampaign(campaign_id=campaign.id or 1))
    return Screen(text, ((yes, no), (home_button(_),)))


def unscheduled(campaign: Campaign, _: Language) -> Screen:
    text = _("“{name}” is cancelled and is a draft again.", name=name_of(campaign, _))
    edit = Button(_.label("✏️ Edit"), EditCampaign(campaign_id=campaign.id or 1))
    plan = Button(_.label("📋 All schedules"), OpenSchedules(page=1))
    return Screen(text, ((edit, plan), (home_button(_),)))


def approval_rows(campaign_id: int, version: int, _: Language) -> tuple[tuple[Button, ...], ...]:
    """What a second manager does with it."""
    yes = Button(_.label("✅ Agree"), ApproveCampaign(campaign_id=campaign_id, version=version))
    no = Button(_.label("❌ Send back"), RefuseCampaign(campaign_id=campaign_id, version=version))
    look = Button(_.label("👁 Preview"), PreviewCampaign(campaign_id=campaign_id))
    return ((yes, no), (look, home_button(_)))


def agreed(campaign: Campaign, _: Language) -> Screen:
    """The second manager has agreed: it goes out at its time, or has begun already."""
    text = _("You have agreed to “{name}” ✅", name=name_of(campaign, _))
    open_it = Button(_.label("📣 As it stands"), OpenCampaign(campaign_id=campaign.id or 1))
    return Screen(text, ((open_it, home_button(_)),))


def sent_back(campaign: Campaign, _: Language) -> Screen:
    text = _("“{name}” does not go out; whoever made it was told.", name=name_of(campaign, _))
    return Screen(text, ((Button(_.label("📋 All schedules"), OpenSchedules(page=1)), home_button(_)),))
