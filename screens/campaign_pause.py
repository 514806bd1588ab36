"""A campaign that was stopped on its way: why, and what becomes of the rest (S5.9)."""

from __future__ import annotations

from domain.campaigns import Campaign, CampaignMessage, PauseReason, Progress
from screens.callbacks.campaigns import (
    AskEndCampaign,
    CampaignProgress,
    CorrectCampaign,
    CorrectionFor,
    EndCampaign,
    GivePauseReason,
    ResumeCampaign,
)
from screens.campaign_message import message_text
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.screen import Button, Screen

Rows = tuple[tuple[Button, ...], ...]


def paused(progress: Progress, _: Language) -> Screen:
    """It has stopped; the reason is asked, and can be left unsaid."""
    campaign_id = progress.campaign.id or 1
    text = _(
        "Stopped. {done} people have got the message, {left} are left.\nWhy?",
        done=Many(progress.done),
        left=Many(progress.left),
    )
    reasons = tuple(
        Button(reason_word(each, _), GivePauseReason(campaign_id=campaign_id, reason=each))
        for each in PauseReason
    )
    return Screen(text, (reasons, _rest(campaign_id, _), (home_button(_),)))


def reason_word(reason: PauseReason, _: Language) -> str:
    match reason:
        case PauseReason.WRONG_TEXT:
            return _.label("A mistake in the text")
        case PauseReason.LITTLE_STOCK:
            return _.label("Little stock")
    return _.label("Another reason")


def what_now(progress: Progress, _: Language) -> Screen:
    """After a wrong text it is corrected; after anything else it goes on or ends."""
    campaign_id = progress.campaign.id or 1
    if progress.campaign.pause_reason is not PauseReason.WRONG_TEXT:
        text = _("Kept. {left} people are left; what shall become of them?", left=Many(progress.left))
        return Screen(text, (_rest(campaign_id, _), (home_button(_),)))
    text = _(
        "Shall the text be corrected for the {left} who are left? "
        "(The {done} before can have their message edited as well)",
        left=Many(progress.left),
        done=Many(progress.done),
    )
    rest = CorrectCampaign(campaign_id=campaign_id, whom=CorrectionFor.REST)
    everybody = CorrectCampaign(campaign_id=campaign_id, whom=CorrectionFor.ALL)
    rows: Rows = (
        (
            Button(_.label("✏️ Correct for the rest"), rest),
            Button(_.label("✏️ Correct for all"), everybody),
        ),
        _rest(campaign_id, _),
        (home_button(_),),
    )
    return Screen(text, rows)


def _rest(campaign_id: int, _: Language) -> tuple[Button, ...]:
    return (
        Button(_.label("▶️ Go on unchanged"), ResumeCampaign(campaign_id=campaign_id)),
        Button(_.label("⏹ End it"), AskEndCampaign(campaign_id=campaign_id)),
    )


def correction_question(campaign: Campaign, whom: CorrectionFor, _: Language) -> Screen:
    """The text as it is now stands there to be copied."""
    if whom is CorrectionFor.ALL:
        text = _("Please send the right text for all.")
    else:
        text = _("Please send the right text for those who are left.")
    back = Button(_.label("⬅️ Back"), CampaignProgress(campaign_id=campaign.id or 1))
    former = _("The text so far:\n{former}", former=campaign.text)
    return Screen(Words(f"{text}\n\n{former}"), ((back, home_button(_)),))


def corrected(
    progress: Progress, message: CampaignMessage | None, whom: CorrectionFor, _: Language
) -> Screen:
    """The right text as a customer reads it; it goes on only when somebody says so."""
    campaign_id, left = progress.campaign.id or 1, Many(progress.left)
    if whom is CorrectionFor.ALL:
        head = _("Like this for the {left} who are left; the others get theirs edited:", left=left)
    else:
        head = _("Like this for the {left} who are left:", left=left)
    said = message_text(message, _) if message is not None else _.say(progress.campaign.text)
    text = Words(f"{head}\n\n{said}")
    again = CorrectCampaign(campaign_id=campaign_id, whom=whom)
    rows: Rows = (
        (
            Button(_.label("▶️ Go on"), ResumeCampaign(campaign_id=campaign_id)),
            Button(_.label("✏️ Write it anew"), again),
        ),
        (Button(_.label("⏹ End it"), AskEndCampaign(campaign_id=campaign_id)), home_button(_)),
    )
    return Screen(text, rows)


def end_question(progress: Progress, _: Language) -> Screen:
    text = _(
        "End “{name}”? The {left} who are left get nothing.",
        name=progress.campaign.name,
        left=Many(progress.left),
    )
    yes = Button(_.label("⏹ Yes, end it"), EndCampaign(campaign_id=progress.campaign.id or 1))
    no = Button(_.label("No, go back"), CampaignProgress(campaign_id=progress.campaign.id or 1))
    return Screen(text, ((yes, no), (home_button(_),)))
