"""A campaign as one of its customers will see it, with what can be done about it under it (S5.6)."""

from __future__ import annotations

from dataclasses import replace

from domain.audiences import CampaignWarning, Outlook
from domain.campaign_texts import MOST_CAPTION
from domain.campaigns import Campaign, CampaignMessage, CampaignState
from screens.callbacks.campaign_builder import (
    AskPreviewedCustomer,
    AskStart,
    EditCampaign,
    OpenCampaign,
    OpenCampaigns,
    PreviewAnother,
    PreviewCampaign,
    PreviewFor,
    SendCampaignNow,
    SendTestToMe,
)
from screens.callbacks.campaigns import MessageButton
from screens.campaign_message import campaign_message, message_rows, message_text
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.screen import ALONE, Button, Screen, Toast, shortened

DIVIDER = "———"
Rows = tuple[tuple[Button, ...], ...]


def preview(message: CampaignMessage, customer_id: int, outlook: Outlook, _: Language) -> Screen:
    """The message, a line, and what stands behind it; where that is too long under a photo, without it."""
    campaign = message.campaign
    under = "\n".join(_under(message, outlook, _))
    text = Words(f"{message_text(message, _)}\n{DIVIDER}\n{under}")
    photo = campaign.photo_file_id
    if photo is not None and len(text.encode("utf-16-le")) // 2 > MOST_CAPTION:
        without = _("🖼 Its photo stands above this text.")
        photo, text = None, Words(f"{without}\n{text}")
    rows = (*message_rows(message, _), *_ways_on(campaign, customer_id, _))
    return Screen(text, rows, photo=photo)


def _under(message: CampaignMessage, outlook: Outlook, _: Language) -> list[Words]:
    recipients = Many(outlook.recipients)
    name = message.customer_name
    if outlook.available is None:
        lines = [_("This is as “{name}” sees it. {count} recipients.", name=name, count=recipients)]
    else:
        lines = [
            _(
                "This is as “{name}” sees it. {count} recipients, {stock} in stock.",
                name=name,
                count=recipients,
                stock=Many(outlook.available),
            )
        ]
    lines += [warning_words(each, _) for each in outlook.warnings]
    if outlook.needs_second and message.campaign.approved_by is None:
        lines.append(_("👥 So many need a second manager to agree."))
    return lines


def warning_words(warning: CampaignWarning, _: Language) -> Words:
    if warning is CampaignWarning.LITTLE_STOCK:
        return _("⚠️ There is not enough stock for all of them.")
    return _("⚠️ The budget of the promotion is not enough for all of them.")


def _ways_on(campaign: Campaign, customer_id: int, _: Language) -> Rows:
    campaign_id = campaign.id or 1
    other = Button(
        _.label("👀 Another example"), PreviewAnother(campaign_id=campaign_id, customer_id=customer_id)
    )
    test = Button(
        _.label("📤 Send a test to me"), SendTestToMe(campaign_id=campaign_id, customer_id=customer_id)
    )
    edit = Button(_.label("✏️ Edit"), EditCampaign(campaign_id=campaign_id))
    anybody = Button(_.label("🔎 Any customer"), AskPreviewedCustomer(campaign_id=campaign_id))
    now = Button(_.label("▶️ Send now"), SendCampaignNow(campaign_id=campaign_id, version=campaign.version))
    later = Button(_.label("🕘 Schedule"), AskStart(campaign_id=campaign_id))
    last: tuple[Button, ...] = (now, later)
    if campaign.state is CampaignState.SCHEDULED:
        last = (Button(_.label("🕘 As it is scheduled"), OpenCampaign(campaign_id=campaign_id)),)
    back = Button(_.label("⬅️ Back"), OpenCampaigns())
    return ((other, anybody), (test, edit), last, (back, home_button(_)))


def customer_question(campaign: Campaign, _: Language) -> Screen:
    back = Button(_.label("⬅️ Back"), PreviewCampaign(campaign_id=campaign.id or 1))
    text = _("As whom shall it be shown? Write the name or the code of a customer.")
    return Screen(text, ((back, home_button(_)),))


def customer_choices(campaign: Campaign, found: dict[int, str], _: Language) -> Screen:
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                shortened(f"🏪 {_.plain(name)}", ALONE),
                PreviewFor(campaign_id=campaign.id or 1, customer_id=customer_id),
            ),
        )
        for customer_id, name in found.items()
    ]
    back = Button(_.label("⬅️ Back"), PreviewCampaign(campaign_id=campaign.id or 1))
    text = _("Which of these? If it is none, write the name in another way.")
    return Screen(text, (*rows, (back, home_button(_))))


def for_myself(message: CampaignMessage, _: Language) -> Screen:
    """The message itself, as a message of its own; its buttons only say what they would do."""
    return replace(campaign_message(replace(message, recipient_id=None), _), is_new=True)


def would(button: MessageButton, _: Language) -> Toast:
    """A tap under a preview."""
    match button:
        case MessageButton.BUY:
            return Toast(_.label("At the customer, this puts the goods into the basket."))
        case MessageButton.OFFER:
            return Toast(_.label("At the customer, this opens the offer."))
    return Toast(_.label("At the customer, this switches such messages off."))


def nobody(_: Language) -> Words:
    return _("Nobody would get it like this: please change the audience.")
