"""Buttons of campaigns: under the message of a recipient, while it goes out, and on its report."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.campaigns import PauseReason
from screens.callbacks.base import Count, Id, Version


class BuyFromCampaign(CallbackData, prefix="cm.buy"):
    """«🛒 سفارش می‌دهم» under the message: the offered quantity goes into the basket."""

    recipient_id: Id


class SeeCampaignOffer(CallbackData, prefix="cm.see"):
    """«📋 دیدن طرح» under the message."""

    recipient_id: Id


class StopPromotions(CallbackData, prefix="cm.stop"):
    """«🔕 این پیام‌ها را نفرست» under the message."""

    recipient_id: Id


class WantPromotions(CallbackData, prefix="cm.again"):
    """It was a slip: promotions may come again."""

    recipient_id: Id


class MessageButton(StrEnum):
    BUY = "buy"
    OFFER = "offer"
    STOP = "stop"


class PreviewedButton(CallbackData, prefix="cm.would"):
    """A button of a preview: it only says what it would do."""

    campaign_id: Id
    button: MessageButton


class CampaignProgress(CallbackData, prefix="cm.live"):
    """How far it is."""

    campaign_id: Id


class PauseCampaign(CallbackData, prefix="cm.hold"):
    campaign_id: Id


class GivePauseReason(CallbackData, prefix="cm.why"):
    campaign_id: Id
    reason: PauseReason


class CorrectionFor(StrEnum):
    REST = "rest"
    ALL = "all"


class CorrectCampaign(CallbackData, prefix="cm.fix"):
    """Ask for the right text: for those who are left, or also for those who have the wrong one."""

    campaign_id: Id
    whom: CorrectionFor


class ResumeCampaign(CallbackData, prefix="cm.go"):
    campaign_id: Id


class AskEndCampaign(CallbackData, prefix="cm.end?"):
    """Ask once more before the rest gets nothing."""

    campaign_id: Id


class EndCampaign(CallbackData, prefix="cm.end"):
    campaign_id: Id


class ApproveCampaign(CallbackData, prefix="cm.ok"):
    """A second manager lets it go out, as it stood in that version."""

    campaign_id: Id
    version: Version


class RefuseCampaign(CallbackData, prefix="cm.ok.no"):
    """A second manager sends it back to whoever made it."""

    campaign_id: Id
    version: Version


class OpenCampaignReports(CallbackData, prefix="cm.reps"):
    """«📊 گزارش ارسال‌ها», a page of them."""

    page: Count


class CampaignReport(CallbackData, prefix="cm.rep"):
    campaign_id: Id


class CampaignBuyers(CallbackData, prefix="cm.who"):
    """«👥 چه کسانی خریدند», a page of them."""

    campaign_id: Id
    page: Count


class CampaignClickers(CallbackData, prefix="cm.idle"):
    """«😴 کلیک بدون خرید», a page of them."""

    campaign_id: Id
    page: Count


class AskWorkOrder(CallbackData, prefix="cm.work?"):
    """What the visitors would be told, before they are told."""

    campaign_id: Id


class CampaignWorkOrder(CallbackData, prefix="cm.work"):
    """«📋 دستور کار به ویزیتورها»."""

    campaign_id: Id


class CampaignSheet(CallbackData, prefix="cm.xlsx"):
    """«📎 اکسل»."""

    campaign_id: Id
