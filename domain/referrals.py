"""Who sends colleagues to us (S7.2): a link of one's own, and a gift to both with a first purchase.

A purchase is the first invoice that is paid: what is only delivered may come back, and an invoice that credit
notes have settled is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from domain.money import ZERO, Money
from domain.push_rules import PushRules

PAYLOAD = "ref_"
"""What the parameter of a link of ours begins with."""
TOKEN_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_HOSTS = {"telegram": "https://t.me", "bale": "https://ble.ir"}
NAME_OF_BOT = "bot.username."
"""Among the company's settings, by platform: what the messenger calls our bot."""


class ReferralState(StrEnum):
    OPENED = "opened"
    JOINED = "joined"
    WAITING = "waiting"
    """The gift is so large that a manager decides."""
    GIVEN = "given"
    REFUSED = "refused"
    """They were no new shop, or a manager has said no."""


class Followed(StrEnum):
    """What becomes of somebody who follows a link."""

    INVITED = auto()
    OWN = auto()
    """It is the link of their own shop."""
    KNOWN = auto()
    """They are with us already."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLink:
    id: int
    customer_id: int
    contact_id: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralTally:
    """What has become of one's own links."""

    opened: int = 0
    joined: int = 0
    given: int = 0
    earned: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One person who has followed a link, and the shop that they have registered."""

    id: int
    state: ReferralState
    link: ReferralLink
    referrer: str
    identity_id: int
    customer_id: int | None
    customer: str
    gift: Money
    opened_at: datetime


def token_in(payload: str) -> str | None:
    """The token of a /start parameter, where it can be one of ours."""
    token = payload.removeprefix(PAYLOAD)
    return token if payload.startswith(PAYLOAD) and _TOKEN.fullmatch(token) else None


def link_to(platform: str, username: str, token: str) -> str:
    return f"{_HOSTS.get(platform, _HOSTS['telegram'])}/{username}?start={PAYLOAD}{token}"


def gift_of(rules: PushRules) -> Money | None:
    """What each of the two gets; None where the company gives nothing."""
    return Money(rules.referral_gift_rials) if rules.referral_gift_rials > 0 else None


def needs_manager(gift: Money, rules: PushRules) -> bool:
    return gift.rials > rules.referral_free_rials
