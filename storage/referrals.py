"""Links by which shops send colleagues to us, who has followed them, and who has earned a gift by that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.money import Money
from domain.referrals import Referral, ReferralLink, ReferralState, ReferralTally
from storage.tables.ledger import credit_notes, invoices
from storage.tables.people import customers
from storage.tables.referrals import referral_links, referrals
from storage.upsert import insert_or

_R, _L = referrals.c, referral_links.c
_OWN = customers.alias("own")
_WHOLE = (
    select(
        referrals,
        _L.customer_id.label("by_customer"),
        _L.contact_id.label("by_contact"),
        _L.token,
        customers.c.name.label("referrer"),
        func.coalesce(_OWN.c.name, "").label("customer"),
    )
    .join_from(referrals, referral_links, _L.id == _R.link_id)
    .join(customers, customers.c.id == _L.customer_id)
    .outerjoin(_OWN, _OWN.c.id == _R.customer_id)
)


class Referrals:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def link_of(self, customer_id: int, contact_id: int, token: str, now: datetime) -> ReferralLink:
        """That contact's link for that shop: the one there is, or a new one with this token."""
        values = {"customer_id": customer_id, "contact_id": contact_id, "token": token, "made_at": now}
        put = insert_or(self._connection, referral_links).values(values)
        await self._connection.execute(
            put.on_conflict_do_nothing(index_elements=["customer_id", "contact_id"])
        )
        found = select(referral_links).where(_L.customer_id == customer_id, _L.contact_id == contact_id)
        return _link((await self._connection.execute(found)).one())

    async def find_link(self, token: str) -> ReferralLink | None:
        found = select(referral_links).where(_L.token == token)
        row = (await self._connection.execute(found)).one_or_none()
        return None if row is None else _link(row)

    async def put_opened(self, link_id: int, identity_id: int, now: datetime) -> bool:
        """This person came by that link; False when they had come by one before."""
        put = insert_or(self._connection, referrals).values(
            link_id=link_id, identity_id=identity_id, state=ReferralState.OPENED.value, opened_at=now
        )
        kept = put.on_conflict_do_nothing(index_elements=["identity_id"]).returning(_R.id)
        return await self._connection.scalar(kept) is not None

    async def note_joined(self, identity_id: int, customer_id: int, to: ReferralState, now: datetime) -> None:
        """The person has registered that shop; nothing where they came by no link."""
        came = update(referrals).where(_R.identity_id == identity_id, _R.state == ReferralState.OPENED.value)
        joined = came.values(state=to.value, customer_id=customer_id, joined_at=now)
        await self._connection.execute(joined)

    async def list_earned(self, limit: int) -> tuple[int, ...]:
        """Those whose shop has paid an invoice since it joined."""
        credited = (
            select(func.coalesce(func.sum(credit_notes.c.amount_rials), 0))
            .where(credit_notes.c.invoice_id == invoices.c.id)
            .scalar_subquery()
        )
        has_paid = exists().where(
            invoices.c.customer_id == _R.customer_id,
            invoices.c.open_rials == 0,
            ~invoices.c.is_void,
            invoices.c.total_rials > credited,
        )
        # A literal, so that both databases see that their index of those who wait can answer.
        found = select(_R.id).where(text("referrals.state = 'joined'"), has_paid)
        return tuple(await self._connection.scalars(found.order_by(_R.id).limit(limit)))

    async def get(self, referral_id: int) -> Referral:
        row = (await self._connection.execute(_WHOLE.where(_R.id == referral_id))).one_or_none()
        if row is None:
            raise NotFound
        return _referral(row)

    async def move(
        self,
        referral_id: int,
        before: Collection[ReferralState],
        to: ReferralState,
        gift: Money,
        now: datetime,
        by: int | None = None,
    ) -> bool:
        """From one of these states on; False when somebody else was faster."""
        was = sorted(each.value for each in before)
        moved = update(referrals).where(_R.id == referral_id, _R.state.in_(was))
        values = {"state": to.value, "gift_rials": gift.rials, "decided_at": now, "decided_by": by}
        return (await self._connection.execute(moved.values(**values))).rowcount == 1

    async def tally(self, customer_id: int) -> ReferralTally:
        """What has become of all links of that shop."""
        is_given = _R.state == ReferralState.GIVEN.value
        row = (
            await self._connection.execute(
                select(
                    func.count().label("opened"),
                    func.count(_R.customer_id).label("joined"),
                    func.count(case((is_given, 1))).label("given"),
                    func.coalesce(func.sum(case((is_given, _R.gift_rials))), 0).label("earned"),
                )
                .join_from(referrals, referral_links, _L.id == _R.link_id)
                .where(_L.customer_id == customer_id)
            )
        ).one()
        return ReferralTally(
            opened=row.opened, joined=row.joined, given=row.given, earned=Money(int(row.earned))
        )


def _link(row: Any) -> ReferralLink:
    return ReferralLink(id=row.id, customer_id=row.customer_id, contact_id=row.contact_id, token=row.token)


def _referral(row: Any) -> Referral:
    return Referral(
        id=row.id,
        state=ReferralState(row.state),
        link=ReferralLink(
            id=row.link_id, customer_id=row.by_customer, contact_id=row.by_contact, token=row.token
        ),
        referrer=row.referrer,
        identity_id=row.identity_id,
        customer_id=row.customer_id,
        customer=row.customer,
        gift=Money(row.gift_rials or 0),
        opened_at=row.opened_at,
    )
