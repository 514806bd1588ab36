"""Buttons with which a manager says for whom a campaign is (S5.3, S5.4)."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.audience_forms import Criterion
from domain.promotion_drafts import GoodsSort
from screens.callbacks.base import Count, Id


class OpenAudience(CallbackData, prefix="cm.aud"):
    """S5.3: what is chosen so far, in one of the groups that are joined by «or»."""

    campaign_id: Id
    position: Count


class OpenMoreCriteria(CallbackData, prefix="cm.more"):
    """The conditions that are asked for seldom, and saved lists."""

    campaign_id: Id
    position: Count


class OpenCriterion(CallbackData, prefix="cm.by"):
    """What can be chosen there, a page of it."""

    campaign_id: Id
    position: Count
    by: Criterion
    page: Count


class TickValue(CallbackData, prefix="cm.t"):
    """Choose that, or take it back. ``value_id``: a row, or a number made of a text."""

    campaign_id: Id
    position: Count
    by: Criterion
    value_id: Id
    page: Count


class TickGoods(CallbackData, prefix="cm.tg"):
    """Bought, or not bought, of that product, category or brand; or no more of that."""

    campaign_id: Id
    position: Count
    by: Criterion
    sort: GoodsSort
    goods_id: Id


class PickDays(CallbackData, prefix="cm.days"):
    """In so many days."""

    campaign_id: Id
    position: Count
    by: Criterion
    days: Count


class FlipCriterion(CallbackData, prefix="cm.flip"):
    """Not these: whoever that holds for is left out; or the other way back."""

    campaign_id: Id
    position: Count
    by: Criterion


class ClearCriterion(CallbackData, prefix="cm.clear"):
    """Choose nothing there."""

    campaign_id: Id
    position: Count
    by: Criterion


class AddGroup(CallbackData, prefix="cm.or"):
    """Or others: a further group, with conditions of its own."""

    campaign_id: Id


class DropGroup(CallbackData, prefix="cm.or.no"):
    campaign_id: Id
    position: Count


class AskSegmentName(CallbackData, prefix="cm.seg.as"):
    """Keep these conditions as a list."""

    campaign_id: Id


class AskDropSegment(CallbackData, prefix="cm.seg.no?"):
    campaign_id: Id
    segment_id: Id


class DropSegment(CallbackData, prefix="cm.seg.no"):
    campaign_id: Id
    segment_id: Id


class CountAudience(CallbackData, prefix="cm.n"):
    """S5.4."""

    campaign_id: Id


class Spared(StrEnum):
    COMPLAINTS = "complaints"
    OVERDUE = "overdue"


class SendToSpared(CallbackData, prefix="cm.also"):
    """The manager says that they get it as well (1), or not after all (0)."""

    campaign_id: Id
    whom: Spared
    on: Count


class PickHoldout(CallbackData, prefix="cm.wit"):
    """So many percent hear nothing, for the comparison; 0 is nobody."""

    campaign_id: Id
    percent: Count
