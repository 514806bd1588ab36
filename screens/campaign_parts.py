"""What a campaign says: its text, picture, buttons and the quantity they put into the basket (S5.5)."""

from __future__ import annotations

from domain.campaign_texts import Variable
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState
from domain.catalogue import Product
from domain.quantities import suggestions
from screens.callbacks.campaign_audience import OpenAudience
from screens.callbacks.campaign_builder import (
    AskButtons,
    AskCampaignName,
    AskCampaignText,
    AskDropDraft,
    AskLastDay,
    AskOfferedQuantity,
    AskPhoto,
    AskShownProduct,
    AskStart,
    AskSubject,
    CopyCampaign,
    EditCampaign,
    OpenCampaign,
    OpenCampaigns,
    PhotoChoice,
    PickButtons,
    PickNoLastDay,
    PickOfferedQuantity,
    PickPhoto,
    PreviewCampaign,
)
from screens.campaigns import name_of
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.screen import Button, Screen

Rows = tuple[tuple[Button, ...], ...]


def text_question(campaign: Campaign, _: Language) -> Screen:
    """The variables that can stand in it; the price only where it is about one product."""
    known = [each for each in Variable if each is not Variable.PRICE or campaign.product_id is not None]
    names = Words(" ".join(f"{{{each.value}}}" for each in known))
    text = _("Please send the text. Variables: {names}", names=names)
    if campaign.text:
        text = _("{text}\n\nThe text so far:\n{former}", text=text, former=campaign.text)
    return Screen(text, (_leaving(campaign, _),))


def photo_question(campaign: Campaign, has_product_photo: bool, _: Language) -> Screen:
    campaign_id = campaign.id or 1
    product = Button(
        _.label("🖼 Photo of the product"), PickPhoto(campaign_id=campaign_id, photo=PhotoChoice.PRODUCT)
    )
    other = Button(_.label("📤 Another photo"), PickPhoto(campaign_id=campaign_id, photo=PhotoChoice.OTHER))
    none = Button(_.label("Without a photo"), PickPhoto(campaign_id=campaign_id, photo=PhotoChoice.NONE))
    row = (product, other, none) if has_product_photo else (other, none)
    return Screen(_("Is there a photo too?"), (row, _leaving(campaign, _)))


def own_photo_question(campaign: Campaign, _: Language) -> Screen:
    back = Button(_.label("⬅️ Back"), AskPhoto(campaign_id=campaign.id or 1))
    return Screen(_("Please send the photo."), ((back, home_button(_)),))


def buttons_question(campaign: Campaign, _: Language) -> Screen:
    """Only a product can be bought with a tap, and only a promotion or a product looked at."""
    campaign_id = campaign.id or 1

    def button(label: str, buttons: CampaignButtons) -> Button:
        return Button(label, PickButtons(campaign_id=campaign_id, buttons=buttons))

    row = []
    if campaign.product_id is not None:
        row.append(button(_.label("🛒 Buy this product"), CampaignButtons.BUY))
    if campaign.promotion_id is not None:
        row.append(button(_.label("📋 See the promotion"), CampaignButtons.OFFER))
    elif campaign.product_id is not None:
        row.append(button(_.label("📦 See the product"), CampaignButtons.OFFER))
    if len(row) > 1:
        row.append(button(_.label("Both"), CampaignButtons.BOTH))
    none = button(_.label("No button"), CampaignButtons.NONE)
    return Screen(_("A button under the message?"), (tuple(row), (none,), _leaving(campaign, _)))


def quantity_question(campaign: Campaign, product: Product, _: Language) -> Screen:
    """What «سفارش می‌دهم» puts into the basket."""
    text = _(
        "How many of “{product}” does the button put into the basket? Tap, or write a number.",
        product=product.label,
    )
    offered = sorted({*suggestions(product), campaign.quantity or 0} - {0})
    buttons = [
        Button(
            _mark(_.plain(each), is_on=each == campaign.quantity),
            PickOfferedQuantity(campaign_id=campaign.id or 1, quantity=each),
        )
        for each in offered
    ]
    return Screen(text, (*in_rows(buttons, 4), _leaving(campaign, _)))


def _mark(label: str, *, is_on: bool) -> str:
    return f"{label} ✅" if is_on else label


def last_day_question(campaign: Campaign, _: Language) -> Screen:
    text = _("Until which day does it hold? The message says so. Write a day, for example “10 Azar”.")
    none = Button(_.label("Without a last day"), PickNoLastDay(campaign_id=campaign.id or 1))
    return Screen(text, ((none,), _leaving(campaign, _)))


def _leaving(campaign: Campaign, _: Language) -> tuple[Button, ...]:
    """Back to its parts, and home; a draft stays as it is."""
    return Button(_.label("⬅️ Back"), EditCampaign(campaign_id=campaign.id or 1)), home_button(_)


def edit_menu(campaign: Campaign, _: Language) -> Screen:
    """Every part can be said anew; nothing else is asked again."""
    campaign_id = campaign.id or 1
    parts = [
        Button(_.label("👥 Audience"), OpenAudience(campaign_id=campaign_id, position=0)),
        Button(_.label("✏️ Text"), AskCampaignText(campaign_id=campaign_id)),
        Button(_.label("🖼 Photo"), AskPhoto(campaign_id=campaign_id)),
    ]
    if campaign.kind is not CampaignKind.ANNOUNCEMENT:
        subject = Button(_subject_label(campaign, _), AskSubject(campaign_id=campaign_id, page=1))
        parts.append(subject)
        if campaign.promotion_id is not None:
            parts.append(Button(_.label("📦 Product"), AskShownProduct(campaign_id=campaign_id)))
        parts.append(Button(_.label("🔘 Buttons"), AskButtons(campaign_id=campaign_id)))
    if campaign.buttons in {CampaignButtons.BUY, CampaignButtons.BOTH}:
        parts.append(Button(_.label("🔢 Quantity"), AskOfferedQuantity(campaign_id=campaign_id)))
    parts.append(Button(_.label("📅 Last day"), AskLastDay(campaign_id=campaign_id)))
    parts.append(Button(_.label("🏷 Name"), AskCampaignName(campaign_id=campaign_id)))
    last = Button(_.label("🗑 Delete the draft"), AskDropDraft(campaign_id=campaign_id))
    back = Button(_.label("⬅️ Back"), OpenCampaigns())
    if campaign.state is CampaignState.SCHEDULED:
        last = Button(_.label("🕘 Time"), AskStart(campaign_id=campaign_id))
        back = Button(_.label("⬅️ Back"), OpenCampaign(campaign_id=campaign_id))
    rows: Rows = (
        *in_rows(parts, 2),
        (Button(_.label("👁 Preview"), PreviewCampaign(campaign_id=campaign_id)), last),
        (Button(_.label("📄 A draft like this"), CopyCampaign(campaign_id=campaign_id)),),
        (back, home_button(_)),
    )
    return Screen(_("“{name}”: what shall change?", name=name_of(campaign, _)), rows)


def _subject_label(campaign: Campaign, _: Language) -> str:
    if campaign.kind is CampaignKind.PROMOTION:
        return _.label("🎁 Promotion")
    return _.label("📦 Product")
