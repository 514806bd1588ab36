"""Buttons of what campaigns brought that stand on no message of a campaign itself."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class CampaignChart(CallbackData, prefix="cm.chart"):
    """The orders of both arms by day, as a picture."""

    campaign_id: Id


class OpenContactGaps(CallbackData, prefix="gap"):
    """Shops of group A that have heard nothing for too long, a page of them."""

    page: Count
