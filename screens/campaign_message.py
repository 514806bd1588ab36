"""What a campaign says to one shop, and what stands under it (S5.6)."""

from __future__ import annotations

from domain.campaign_texts import (
    MOST_CAPTION,
    MOST_CENTRE,
    MOST_MESSAGE,
    MOST_VISITOR,
    Variable,
    filled,
)
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignMessage
from screens.callbacks.campaigns import (
    BuyFromCampaign,
    MessageButton,
    PreviewedButton,
    SeeCampaignOffer,
    StopPromotions,
)
from screens.language import Day, Language, Words
from screens.screen import Button, Screen, shortened

_BUYING = frozenset({CampaignButtons.BUY, CampaignButtons.BOTH})
_SHOWING = frozenset({CampaignButtons.OFFER, CampaignButtons.BOTH})


def campaign_message(message: CampaignMessage, _: Language) -> Screen:
    """The message of that recipient; a preview's buttons only say what they would do."""
    photo = message.campaign.photo_file_id
    return Screen(message_text(message, _), message_rows(message, _), photo=photo)


def message_text(message: CampaignMessage, _: Language) -> Words:
    """Names are cut only where the whole would not fit: what is typed was measured with that room."""
    most = MOST_MESSAGE if message.campaign.photo_file_id is None else MOST_CAPTION
    text = _worded(message, message.customer_name, message.visitor_name, _)
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    centre = shortened(message.customer_name, MOST_CENTRE)
    return _worded(message, centre, shortened(message.visitor_name, MOST_VISITOR), _)


def _worded(message: CampaignMessage, centre: str, visitor: str, _: Language) -> Words:
    price = _.label("{price} toman", price=message.price) if message.price is not None else "—"
    values = {Variable.CENTRE: centre, Variable.PRICE: price, Variable.VISITOR: visitor}
    text = _.say(filled(message.campaign.text, values))
    last = last_line(message.campaign, _)
    return Words(f"{text}\n{last}") if last else text


def last_line(campaign: Campaign, _: Language) -> Words | None:
    """«تا ۱۰ آذر یا اتمام موجودی.»; goods may be sold out before, an announcement cannot."""
    if campaign.ends_on is None:
        return None
    if campaign.kind is CampaignKind.ANNOUNCEMENT:
        return _("Until {day}.", day=Day(campaign.ends_on))
    return _("Until {day}, or as long as there is stock.", day=Day(campaign.ends_on))


def message_rows(message: CampaignMessage, _: Language) -> tuple[tuple[Button, ...], ...]:
    """What leads on stands beside what ends it; the end alone, where two things lead on."""
    asked = message.campaign.buttons
    on = []
    if asked in _BUYING:
        on.append(_button(message, MessageButton.BUY, _.label("🛒 I order it")))
    if asked in _SHOWING:
        on.append(_button(message, MessageButton.OFFER, offer_label(message.campaign, _)))
    stop = _button(message, MessageButton.STOP, _.label("🔕 Do not send me these"))
    return (tuple(on), (stop,)) if len(on) > 1 else ((*on, stop),)


def offer_label(campaign: Campaign, _: Language) -> str:
    if campaign.promotion_id is not None:
        return _.label("📋 See the promotion")
    return _.label("📦 See the product")


def _button(message: CampaignMessage, button: MessageButton, label: str) -> Button:
    if message.recipient_id is None:
        return Button(label, PreviewedButton(campaign_id=message.campaign.id or 1, button=button))
    match button:
        case MessageButton.BUY:
            return Button(label, BuyFromCampaign(recipient_id=message.recipient_id))
        case MessageButton.OFFER:
            return Button(label, SeeCampaignOffer(recipient_id=message.recipient_id))
    return Button(label, StopPromotions(recipient_id=message.recipient_id))
