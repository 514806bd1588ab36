"""What is told unasked about colleagues who were sent to us: to both of them, and to managers."""

from __future__ import annotations

from typing import Any

from domain.money import Money
from domain.notifications import Notification
from screens import referrals
from screens.language import Language
from screens.notices import notice
from screens.screen import Screen


@notice("referral_given")
def referral_given(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    return referrals.given(Money(facts["rials"]), _, is_new=facts["is_new"])


@notice("referral_asked")
def referral_asked(notification: Notification, _: Language) -> Screen:
    facts: dict[str, Any] = dict(notification.facts)
    gift = Money(facts["rials"])
    return referrals.gift_question(notification.subject_id, facts["referrer"], facts["customer"], gift, _)
