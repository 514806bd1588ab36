"""A campaign while it goes out, and when it has (S5.8, S5.10). The message is kept up to date by itself."""

from __future__ import annotations

from domain.campaign_progress import filled
from domain.campaign_progress import percent as share
from domain.campaigns import CampaignState, Progress
from domain.live import Live, LiveKind
from screens.callbacks.campaigns import (
    AskEndCampaign,
    CampaignReport,
    OpenCampaignReports,
    PauseCampaign,
    ResumeCampaign,
)
from screens.durations import about
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.screen import Button, Screen

MARKS = 10
FULL, EMPTY = "▓", "░"


def progress(progress: Progress, _: Language) -> Screen:
    """As it stands: going out, resting, or over."""
    match progress.campaign.state:
        case CampaignState.PAUSED:
            return _resting(progress, _)
        case CampaignState.FINISHED | CampaignState.CANCELLED:
            return ended(progress, _)
    return _going_out(progress, _)


def resumed(progress: Progress, _: Language) -> Screen:
    """«ادامه ارسال برای ۲۰۶ نفر ▶️»: the message goes on as the live one."""
    text = _("Sending goes on for {left} people ▶️", left=Many(progress.left))
    return Screen(text, _stopping(progress, _), live=_live(progress))


def ended(progress: Progress, _: Language) -> Screen:
    """S5.10: how it ended, once and for all."""
    campaign = progress.campaign
    assert campaign.id is not None
    lines = [_outcome(progress, _)]
    if campaign.state is CampaignState.CANCELLED and progress.skipped:
        lines.append(_("{count} people got nothing.", count=Many(progress.skipped)))
    elif progress.skipped:
        lines.append(_("Left out meanwhile: {count}", count=Many(progress.skipped)))
    if progress.uncertain:
        lines.append(_("Not known whether it arrived: {count}", count=Many(progress.uncertain)))
    lines.append(_("The sales report is kept up to date for 7 days."))
    report = Button(_.label("📊 Report"), CampaignReport(campaign_id=campaign.id))
    return Screen("\n".join(lines), ((report, home_button(_)),), live=_live(progress))


def _outcome(progress: Progress, _: Language) -> Words:
    failed = progress.failed + progress.blocked
    is_cancelled = progress.campaign.state is CampaignState.CANCELLED
    head = _("⏹ Ended: {count} delivered", count=Many(progress.sent))
    if not is_cancelled:
        head = _("✅ Done: {count} delivered", count=Many(progress.sent))
    if not failed:
        return head
    missed = _("{count} failed", count=Many(failed))
    if not progress.blocked:
        return Words(f"{head} · {missed}")
    closed = _("{count} people have closed the bot", count=Many(progress.blocked))
    return Words(f"{head} · {missed} ({closed})")


def _going_out(progress: Progress, _: Language) -> Screen:
    lines = [_("📣 “{name}” is going out", name=progress.campaign.name), *_standing(progress, _)]
    return Screen("\n".join(lines), _stopping(progress, _), live=_live(progress))


def _resting(progress: Progress, _: Language) -> Screen:
    assert progress.campaign.id is not None
    lines = [_("⏸ “{name}” rests", name=progress.campaign.name), *_standing(progress, _)]
    on = Button(_.label("▶️ Go on"), ResumeCampaign(campaign_id=progress.campaign.id))
    end = Button(_.label("⏹ End the sending"), AskEndCampaign(campaign_id=progress.campaign.id))
    return Screen("\n".join(lines), ((on, end), _leaving(_)), live=_live(progress))


def _standing(progress: Progress, _: Language) -> list[Words]:
    full = filled(progress.done, progress.total, MARKS)
    bar = Words(FULL * full + EMPTY * (MARKS - full))
    so_far = _(
        "{bar} {done} of {total} ({percent}%)",
        bar=bar,
        done=Many(progress.done),
        total=Many(progress.total),
        percent=share(progress.done, progress.total),
    )
    orders = _("Orders so far: {count}", count=Many(progress.orders))
    return [so_far, _counts(progress, _), orders]


def _counts(progress: Progress, _: Language) -> Words:
    """What was neither delivered nor refused is named only where there is such a thing."""
    parts = [
        _("arrived {count}", count=Many(progress.sent)),
        _("failed {count}", count=Many(progress.failed + progress.blocked)),
    ]
    if progress.skipped:
        parts.append(_("left out {count}", count=Many(progress.skipped)))
    if progress.uncertain:
        parts.append(_("uncertain {count}", count=Many(progress.uncertain)))
    left = _("to go {count}", count=Many(progress.left))
    if progress.left and progress.seconds_left is not None:
        time = about(progress.seconds_left, _)
        left = _("to go {count} ({time})", count=Many(progress.left), time=time)
    return Words(" · ".join((*parts, left)))


def _stopping(progress: Progress, _: Language) -> tuple[tuple[Button, ...], ...]:
    assert progress.campaign.id is not None
    hold = Button(_.label("⏸ Stop"), PauseCampaign(campaign_id=progress.campaign.id))
    end = Button(_.label("⏹ End the sending"), AskEndCampaign(campaign_id=progress.campaign.id))
    return ((hold, end), _leaving(_))


def _leaving(_: Language) -> tuple[Button, ...]:
    return (Button(_.label("📊 All of them"), OpenCampaignReports(page=1)), home_button(_))


def _live(progress: Progress) -> Live:
    assert progress.campaign.id is not None
    return Live(LiveKind.CAMPAIGN, progress.campaign.id)
