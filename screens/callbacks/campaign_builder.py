"""Buttons with which a manager builds a campaign in chat: what, for whom, the words, and when."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.campaigns import CampaignButtons, CampaignKind
from screens.callbacks.base import Count, DayNumber, Id, Version


class OpenCampaigns(CallbackData, prefix="cm"):
    """«📣 ارسال گروهی» (S5.1)."""


class BeginCampaign(CallbackData, prefix="cm.new"):
    """Which promotion, which product (S5.2); a page of them."""

    kind: CampaignKind
    page: Count


class BeginWithPromotion(CallbackData, prefix="cm.of.pr"):
    promotion_id: Id


class BeginWithProduct(CallbackData, prefix="cm.of.it"):
    product_id: Id


class BeginBare(CallbackData, prefix="cm.bare"):
    """Of that kind, about no promotion and no product."""

    kind: CampaignKind


class OpenDrafts(CallbackData, prefix="cm.dr"):
    page: Count


class OpenSchedules(CallbackData, prefix="cm.plan"):
    """«📋 همه زمان‌بندی‌ها», a page of them."""

    page: Count


class OpenCampaign(CallbackData, prefix="cm.one"):
    """One of them as it stands: a draft goes on where it was left."""

    campaign_id: Id


class AskDropDraft(CallbackData, prefix="cm.drop?"):
    campaign_id: Id


class DropDraftCampaign(CallbackData, prefix="cm.drop"):
    campaign_id: Id


class CopyCampaign(CallbackData, prefix="cm.copy"):
    """A new draft like that one."""

    campaign_id: Id


class AskSubject(CallbackData, prefix="cm.what"):
    """Choose the promotion or product of a draft anew."""

    campaign_id: Id
    page: Count


class SetCampaignPromotion(CallbackData, prefix="cm.set.pr"):
    campaign_id: Id
    promotion_id: Id


class SetCampaignProduct(CallbackData, prefix="cm.set.it"):
    campaign_id: Id
    product_id: Id


class AskShownProduct(CallbackData, prefix="cm.price"):
    """Which of the promotion's goods the message names a price of."""

    campaign_id: Id


class DropSubject(CallbackData, prefix="cm.set.no"):
    """About no promotion and no product: only the message."""

    campaign_id: Id


class AskCampaignText(CallbackData, prefix="cm.text"):
    """S5.5."""

    campaign_id: Id


class PhotoChoice(StrEnum):
    PRODUCT = "product"
    OTHER = "other"
    NONE = "none"


class AskPhoto(CallbackData, prefix="cm.pic?"):
    campaign_id: Id


class PickPhoto(CallbackData, prefix="cm.pic"):
    campaign_id: Id
    photo: PhotoChoice


class AskButtons(CallbackData, prefix="cm.btn?"):
    campaign_id: Id


class PickButtons(CallbackData, prefix="cm.btn"):
    campaign_id: Id
    buttons: CampaignButtons


class AskOfferedQuantity(CallbackData, prefix="cm.qty?"):
    campaign_id: Id


class PickOfferedQuantity(CallbackData, prefix="cm.qty"):
    campaign_id: Id
    quantity: Count


class AskCampaignName(CallbackData, prefix="cm.name"):
    campaign_id: Id


class AskLastDay(CallbackData, prefix="cm.until?"):
    """Until when it holds, as the message says."""

    campaign_id: Id


class PickNoLastDay(CallbackData, prefix="cm.until0"):
    campaign_id: Id


class PreviewCampaign(CallbackData, prefix="cm.pre"):
    """S5.6, as one of its recipients sees it."""

    campaign_id: Id


class PreviewAnother(CallbackData, prefix="cm.pre.x"):
    """As the recipient after that customer sees it."""

    campaign_id: Id
    customer_id: Id


class AskPreviewedCustomer(CallbackData, prefix="cm.pre?"):
    """Ask for any customer, by name or code."""

    campaign_id: Id


class PreviewFor(CallbackData, prefix="cm.pre.of"):
    campaign_id: Id
    customer_id: Id


class SendTestToMe(CallbackData, prefix="cm.test"):
    """Send it to me, as that customer would get it."""

    campaign_id: Id
    customer_id: Id


class EditCampaign(CallbackData, prefix="cm.edit"):
    """Which part?"""

    campaign_id: Id


class SendCampaignNow(CallbackData, prefix="cm.now"):
    campaign_id: Id
    version: Version


class AskStart(CallbackData, prefix="cm.when"):
    """S5.7: when?"""

    campaign_id: Id


class AskOtherStart(CallbackData, prefix="cm.when?"):
    """Another time, typed."""

    campaign_id: Id


class PickStart(CallbackData, prefix="cm.at"):
    """That minute of that day; the speed comes next."""

    campaign_id: Id
    day: DayNumber
    minute: Count


class AskOtherSpeed(CallbackData, prefix="cm.speed?"):
    """Another speed, typed."""

    campaign_id: Id
    day: DayNumber
    minute: Count


class ScheduleCampaign(CallbackData, prefix="cm.speed"):
    """At that time, so many a minute; 0 is as fast as it goes."""

    campaign_id: Id
    day: DayNumber
    minute: Count
    per_minute: Count


class AskUnschedule(CallbackData, prefix="cm.off?"):
    campaign_id: Id


class UnscheduleCampaign(CallbackData, prefix="cm.off"):
    """«❌ لغو»: it becomes a draft again."""

    campaign_id: Id
