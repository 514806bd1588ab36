"""Buttons of who sends colleagues to us (S7.2)."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Id


class OpenReferralLink(CallbackData, prefix="ref"):
    """One's own link, and what has become of it."""


class GiveReferralGift(CallbackData, prefix="ref.ok"):
    """A manager lets both have a large gift."""

    referral_id: Id


class RefuseReferralGift(CallbackData, prefix="ref.no"):
    referral_id: Id
