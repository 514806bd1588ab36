"""Sending colleagues to us (S7.2): one's own link, what whoever follows it sees, and a manager's decision."""

from __future__ import annotations

from dataclasses import replace

from domain.money import Money
from domain.referrals import Followed, Referral, ReferralState, ReferralTally
from screens.callbacks.referrals import GiveReferralGift, RefuseReferralGift
from screens.home import home_button
from screens.language import Copyable, Language, Many, Words
from screens.registration import welcome
from screens.screen import Button, Screen


def offer(gift: Money, _: Language) -> Words:
    """The last line of S7.2's question."""
    return _(
        "If you send us a colleague, with their first purchase a gift of {amount} toman is credited to each"
        " of you.",
        amount=gift,
    )


def own_link(url: str, gift: Money, tally: ReferralTally, _: Language) -> Screen:
    """To be passed on; and how many have come by it."""
    lines: list[str] = [
        _("🎁 Your link: {url}", url=Copyable(url)),
        _("Send it to a colleague. With the first purchase that they pay, each of you gets {amount} toman.",
          amount=gift),
    ]  # fmt: skip
    if tally.opened:
        lines.append(
            _("{opened} opened it · {joined} registered · {given} bought",
              opened=Many(tally.opened), joined=Many(tally.joined), given=Many(tally.given))
        )  # fmt: skip
    if tally.given:
        lines.append(_("Gifts so far: {amount} toman", amount=tally.earned))
    return Screen("\n".join(lines), ((home_button(_),),), is_new=True)


def invited(company: str, gift: Money, _: Language) -> Screen:
    """The greeting of somebody whom a colleague has sent."""
    greeting = welcome(company, _)
    line = _(
        "A colleague has sent you: with your first purchase you get a gift of {amount} toman.", amount=gift
    )
    return replace(greeting, text=f"{greeting.text}\n\n{line}")


def not_for_you(followed: Followed, _: Language) -> Screen:
    """Somebody who is with us already."""
    if followed is Followed.OWN:
        text = _("This is your own link. Send it to a colleague who is not with us yet 🌿")
    else:
        text = _("You are with us already 🌿 The link is for colleagues who are not.")
    return Screen(text, ((home_button(_),),))


def given(gift: Money, _: Language, *, is_new: bool) -> Screen:
    """Told to both."""
    if is_new:
        text = _("🎁 For your first purchase a gift of {amount} toman was credited to you.", amount=gift)
    else:
        text = _(
            "🎁 The colleague whom you sent us has bought: a gift of {amount} toman was credited to you.",
            amount=gift,
        )
    return Screen(text, ((home_button(_),),))


def gift_question(referral_id: int, referrer: str, customer: str, gift: Money, _: Language) -> Screen:
    """A gift so large that a manager decides."""
    text = _(
        "🎁 {referrer} has sent us {customer}, who has paid a first invoice.\n"
        "Gift to each of them: {amount} toman",
        referrer=referrer,
        customer=customer,
        amount=gift,
    )
    return Screen(
        text,
        (
            (
                Button(_.label("✅ Credit it"), GiveReferralGift(referral_id=referral_id)),
                Button(_.label("❌ Refuse"), RefuseReferralGift(referral_id=referral_id)),
            ),
            (home_button(_),),
        ),
    )


def decided(referral: Referral, _: Language) -> Screen:
    if referral.state is ReferralState.GIVEN:
        text = _(
            "✅ {amount} toman each were credited to {referrer} and {customer}.",
            amount=referral.gift,
            referrer=referral.referrer,
            customer=referral.customer,
        )
    else:
        text = _(
            "No gift was given to {referrer} and {customer}.",
            referrer=referral.referrer,
            customer=referral.customer,
        )
    return Screen(text, ((home_button(_),),))
