"""Examples of sending colleagues to us: the link, whoever follows it, the gift, and a manager's decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from domain.money import Money
from domain.notifications import Notification, Recipient
from domain.referrals import Followed, Referral, ReferralLink, ReferralState, ReferralTally, link_to
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW
from screens import referrals
from screens.notices import told

GIFT = Money(5_000_000)
URL = link_to("telegram", "arman_teb_bot", "A" * 22).removeprefix("https://")
"""The gallery points to nothing outside of itself."""
FACTS: Mapping[str, Mapping[str, object]] = {
    "referral_given": {"rials": GIFT.rials, "is_new": False},
    "referral_asked": {
        "rials": GIFT.rials,
        "referrer": "داروخانه دکتر رضایی",
        "customer": "داروخانه مهر",
    },
}
_LINK = ReferralLink(id=1, customer_id=1, contact_id=1, token=URL[-22:])
_REFERRAL = Referral(
    id=3,
    state=ReferralState.GIVEN,
    link=_LINK,
    referrer="داروخانه دکتر رضایی",
    identity_id=9,
    customer_id=2,
    customer="داروخانه مهر",
    gift=GIFT,
    opened_at=NOW,
)


def referral_screens() -> Iterator[Example]:
    some = ReferralTally(opened=3, joined=2, given=1, earned=GIFT)
    yield "referrals.own_link", lambda _: referrals.own_link(URL, GIFT, ReferralTally(), _)
    yield "referrals.own_link: some came", lambda _: referrals.own_link(URL, GIFT, some, _)
    yield "referrals.invited", lambda _: referrals.invited("پخش آرمان‌طب", GIFT, _)
    yield "referrals.not_for_you: one's own", lambda _: referrals.not_for_you(Followed.OWN, _)
    yield "referrals.not_for_you: known", lambda _: referrals.not_for_you(Followed.KNOWN, _)
    yield "referrals.given", lambda _: referrals.given(GIFT, _, is_new=True)
    asked = ("داروخانه دکتر رضایی", "داروخانه مهر", GIFT)
    yield "referrals.gift_question", lambda _: referrals.gift_question(3, *asked, _)
    yield "referrals.decided", lambda _: referrals.decided(_REFERRAL, _)
    refused = replace(_REFERRAL, state=ReferralState.REFUSED)
    yield "referrals.decided: refused", lambda _: referrals.decided(refused, _)
    is_new = {**FACTS["referral_given"], "is_new": True}
    notification = Notification(
        key="x", kind="referral_given", to=Recipient(contact_id=1), subject_id=3, due_at=NOW, facts=is_new
    )
    yield "told: referral_given: to the new one", lambda _: told(notification, _)
