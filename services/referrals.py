"""Shops that send colleagues to us (S7.2): their link, who follows it, and the gift to both.

The gift is a credit note without an invoice, posted like any other and settling what is owed; it is given
once, however often and by whomever it is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from domain.actors import Actor, Stranger
from domain.errors import AlreadyDecided, NotFound
from domain.money import Money
from domain.notifications import Notification, Recipient
from domain.referral_errors import NoLinkYet
from domain.referrals import (
    NAME_OF_BOT,
    TOKEN_BYTES,
    Followed,
    Referral,
    ReferralState,
    ReferralTally,
    gift_of,
    link_to,
    needs_manager,
    token_in,
)
from domain.staff import Role
from domain.surveys import Opinion, Survey
from services.credit_notes import give_credit
from storage.unit_of_work import UnitOfWork

_S = ReferralState


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLink:
    url: str
    gift: Money
    tally: ReferralTally


async def offered(uow: UnitOfWork, survey: Survey) -> Money | None:
    """What a promoter is told to get for a colleague; nobody else is asked to send one."""
    if survey.opinion is not Opinion.PROMOTER:
        return None
    return gift_of(await uow.company.push_rules())


async def own_link(uow: UnitOfWork, by: Actor, now: datetime) -> OwnLink:
    """The link of this contact for the shop they act for, the same each time."""
    customer, gift = by.require_customer(), gift_of(await uow.company.push_rules())
    if gift is None:
        raise NotFound
    username = await uow.company.decided(NAME_OF_BOT + by.identity.platform)
    if not username:
        raise NoLinkYet
    assert by.contact_id is not None
    link = await uow.referrals.link_of(customer.id, by.contact_id, token_urlsafe(TOKEN_BYTES), now)
    return OwnLink(
        url=link_to(by.identity.platform, username, link.token),
        gift=gift,
        tally=await uow.referrals.tally(customer.id),
    )


async def follow(uow: UnitOfWork, by: Actor, payload: str, now: datetime) -> tuple[Followed, Money | None]:
    """Somebody came by a link; only who is nobody yet can be sent to us."""
    token, gift = token_in(payload), gift_of(await uow.company.push_rules())
    link = await uow.referrals.find_link(token) if token else None
    if link is None or gift is None:
        return Followed.UNKNOWN, None
    if not isinstance(by.person, Stranger):
        is_own = by.customer_id == link.customer_id or by.contact_id == link.contact_id
        return (Followed.OWN if is_own else Followed.KNOWN), gift
    assert by.identity.id is not None
    if await uow.registrations.find_pending(by.identity.id) is not None:
        return Followed.KNOWN, gift
    await uow.referrals.put_opened(link.id, by.identity.id, now)
    return Followed.INVITED, gift


async def note_joined(
    uow: UnitOfWork, identity_id: int, customer_id: int, now: datetime, *, is_new: bool
) -> None:
    """A shop was made of a membership request; who acts for another one already was sent by nobody."""
    await uow.referrals.note_joined(identity_id, customer_id, _S.JOINED if is_new else _S.REFUSED, now)


async def reward(uow: UnitOfWork, referral_id: int, now: datetime) -> bool:
    """Their shop has bought: both get their gift, or a manager is asked; whether anything was done."""
    referral, rules = await uow.referrals.get(referral_id), await uow.company.push_rules()
    gift = gift_of(rules)
    if gift is None:
        return False
    if not needs_manager(gift, rules):
        return await _give(uow, None, referral, gift, (_S.JOINED,), now)
    if not await uow.referrals.move(referral.id, (_S.JOINED,), _S.WAITING, gift, now):
        return False
    managers = await uow.staff.list_active(Role.MANAGER)
    facts = {"referrer": referral.referrer, "customer": referral.customer, "rials": gift.rials}
    await uow.outbox.put(
        *(
            Notification(
                key=f"referral:{referral.id}:asked:{each.id}",
                kind="referral_asked",
                to=Recipient(staff_id=each.id),
                subject_id=referral.id,
                due_at=now,
                facts=facts,
            )
            for each in managers
        )
    )
    return True


async def decide(uow: UnitOfWork, by: Actor, referral_id: int, now: datetime, *, is_given: bool) -> Referral:
    """A manager's word on a large gift, once."""
    manager = by.require_staff(Role.MANAGER)
    referral = await uow.referrals.get(referral_id)
    if is_given:
        done = await _give(uow, by, referral, referral.gift, (_S.WAITING,), now)
    else:
        done = await uow.referrals.move(
            referral.id, (_S.WAITING,), _S.REFUSED, referral.gift, now, manager.id
        )
        if done:
            await uow.audit.write(by, "referral.refused", "referral", referral.id, now, _facts(referral))
    if not done:
        raise AlreadyDecided
    return await uow.referrals.get(referral_id)


async def _give(
    uow: UnitOfWork,
    by: Actor | None,
    referral: Referral,
    gift: Money,
    before: tuple[ReferralState, ...],
    now: datetime,
) -> bool:
    assert referral.customer_id is not None
    both = sorted({referral.link.customer_id, referral.customer_id})
    for customer_id in both:
        await uow.credit.lock(customer_id)
    by_staff = by.staff_id if by else None
    if not await uow.referrals.move(referral.id, before, _S.GIVEN, gift, now, by_staff):
        return False
    for customer_id in both:
        await give_credit(uow, by, customer_id, gift, now, {"referral": referral.id})
    await uow.audit.write(by, "referral.given", "referral", referral.id, now, _facts(referral, gift))
    people = {
        "by": Recipient(contact_id=referral.link.contact_id),
        "new": Recipient(identity_id=referral.identity_id),
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"referral:{referral.id}:given:{which}",
                kind="referral_given",
                to=to,
                subject_id=referral.id,
                due_at=now,
                facts={"rials": gift.rials, "is_new": which == "new"},
            )
            for which, to in people.items()
        )
    )
    return True


def _facts(referral: Referral, gift: Money | None = None) -> dict[str, object]:
    return {
        "referrer_id": referral.link.customer_id,
        "customer_id": referral.customer_id,
        "amount_rials": (gift or referral.gift).rials,
    }
