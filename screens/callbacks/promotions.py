"""Buttons of promotions: what a customer is offered, and how a manager makes them."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.customers import CustomerKind
from domain.promotion_drafts import GoodsSort, Part
from domain.promotion_rules import PromotionKind
from screens.callbacks.base import Count, DayNumber, Id, Version


class OpenDeals(CallbackData, prefix="deals"):
    """«🎁 پیشنهادهای من», a page of them."""

    page: Count


class OpenDeal(CallbackData, prefix="deal"):
    """One promotion as a customer sees it, with a page of its goods."""

    promotion_id: Id
    page: Count


class OpenDealProduct(CallbackData, prefix="deal.of"):
    """One of the goods on that page: the way back leads there."""

    promotion_id: Id
    product_id: Id
    page: Count


class OpenDealGoods(CallbackData, prefix="shop.deals"):
    """«🎁 طرح‌دارها»: everything that is on a promotion, a page of it."""

    page: Count


class OpenPromotions(CallbackData, prefix="pr"):
    """The manager's list, a page of it."""

    page: Count


class OpenPromotion(CallbackData, prefix="pr.one"):
    promotion_id: Id


class PromotionMove(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class MovePromotion(CallbackData, prefix="pr.to"):
    """Pause it, let it go on, end it: as it stood in that version."""

    promotion_id: Id
    move: PromotionMove
    version: Version


class AskEndPromotion(CallbackData, prefix="pr.end?"):
    """Ask once more before it ends for good."""

    promotion_id: Id


class ChangePromotion(CallbackData, prefix="pr.fix"):
    """Ask for that part of one that is there already: it becomes its next version."""

    promotion_id: Id
    part: Part


class NewPromotion(CallbackData, prefix="pr.new"):
    """Begin to make one."""


class PickKind(CallbackData, prefix="pr.kind"):
    kind: PromotionKind


class AskPart(CallbackData, prefix="pr.ask"):
    """Say that part of the half-made one anew."""

    part: Part


class PickGoods(CallbackData, prefix="pr.on"):
    """It is on that product, category or brand too."""

    sort: GoodsSort
    id: Id


class PickEverything(CallbackData, prefix="pr.all"):
    """It is on everything that is sold."""


class GoodsChosen(CallbackData, prefix="pr.these"):
    """No more goods."""


class PickAnybody(CallbackData, prefix="pr.any"):
    """It is for every customer."""


class PickCustomerKind(CallbackData, prefix="pr.sort"):
    kind: CustomerKind


class PickGroup(CallbackData, prefix="pr.group"):
    group_id: Id


class PickCustomer(CallbackData, prefix="pr.who"):
    customer_id: Id


class PickPromotionDay(CallbackData, prefix="pr.day"):
    """The first day, or the last one, whichever was asked."""

    day: DayNumber


class PickOpenEnd(CallbackData, prefix="pr.ever"):
    """It has no last day."""


class PickNoBudget(CallbackData, prefix="pr.free"):
    """There is no budget."""


class KeepPromotion(CallbackData, prefix="pr.yes"):
    """Keep the promotion as its summary reads."""


class DropDraft(CallbackData, prefix="pr.no"):
    """Forget the half-made one."""


class PriceLimit(StrEnum):
    FLOOR = "floor"
    MOST = "most"


class OpenPriceLimits(CallbackData, prefix="pr.lims"):
    """What discounts never break: the margin floor, and the most of all together."""


class AskPriceLimit(CallbackData, prefix="pr.lim"):
    limit: PriceLimit


class DropPriceLimit(CallbackData, prefix="pr.nolim"):
    limit: PriceLimit
