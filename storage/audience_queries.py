"""The statements that say whom a campaign reaches: why a customer gets nothing, and the recipients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from domain.audiences import AudienceCount, Exclusion
from domain.promotions import ANYBODY, Eligibility
from domain.push_rules import PushRules
from domain.segments import EVERYBODY, Node
from storage.segment_queries import Then, holds, is_for, is_overdue
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import price_lists, prices, products, stock
from storage.tables.claims import disputes
from storage.tables.people import contact_roles, contacts, customers, identities, preferences, reaches
from storage.tables.surveys import tickets

WEEK = timedelta(days=7)
SENDABLE = "sendable"
_C, _R = customers.c, campaign_recipients.c
_PRIME = 2_147_483_647
_SPREAD = 48_271


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that decides who gets a campaign. ``node`` names no saved lists any more."""

    rules: PushRules
    node: Node = EVERYBODY
    product_id: int | None = None
    who: Eligibility = ANYBODY
    """For whom the promotion is."""
    with_complaints: bool = False
    with_overdue: bool = False


def matched(asked: Asked, then: Then) -> tuple[Any, ...]:
    return (_C.is_active, holds(asked.node, then))


def recipients(campaign_id: int, asked: Asked, size: AudienceCount, seed: int, then: Then) -> Any:
    chosen = (
        select(_C.id.label("customer_id"), _best_contact(asked, then).label("contact_id"))
        .where(
            *matched(asked, then), *(not_(each) for _, several in _obstacles(asked, then) for each in several)
        )
        # A fence: without it the contact of each customer would be looked for twice.
        .offset(literal_column("0"))
        .subquery("chosen")
    )
    place = func.row_number().over(order_by=(_shuffled(chosen.c.customer_id, seed), chosen.c.customer_id))
    placed = (
        select(chosen.c.customer_id, chosen.c.contact_id, place.label("place"))
        .where(chosen.c.contact_id.is_not(None))
        .subquery("placed")
    )
    # Every so-manieth of a random order is a random sample, and its turns come evenly.
    turn = (placed.c.place * literal(size.holdout, BigInteger)) % literal(max(size.sendable, 1), BigInteger)
    return select(
        literal(campaign_id, BigInteger),
        placed.c.customer_id,
        placed.c.contact_id,
        turn < literal(size.holdout, BigInteger),
        literal_column("'new'"),
        literal_column("0"),
    ).order_by(placed.c.place)


def _shuffled(key: Any, seed: int) -> Any:
    """A number for each key that looks random and is the same for the same seed, on both databases.

    Raising to the fifth power is one-to-one modulo this prime, and no product leaves 64 bits.
    """
    prime: Any = literal_column(str(_PRIME))
    base = ((key % prime) * literal_column(str(_SPREAD)) + literal_column(str(seed % _PRIME))) % prime
    square = base * base % prime
    return square * square % prime * base % prime


def _persons() -> Any:
    """Each contact that may order for a customer, with each way to reach them."""
    return (
        contact_roles.join(contacts, contacts.c.id == contact_roles.c.contact_id)
        .join(identities, identities.c.contact_id == contacts.c.id)
        .join(reaches, reaches.c.identity_id == identities.c.id)
        .outerjoin(preferences, preferences.c.contact_id == contacts.c.id)
    )


_ACTS = and_(contact_roles.c.customer_id == _C.id, contact_roles.c.may_order, contacts.c.is_active)
_WANTS = func.coalesce(preferences.c.promotions, true())
_OPEN_REACH = reaches.c.blocked_at.is_(None)


def _heard(asked: Asked, then: Then) -> Any:
    """The contact has heard as much as may be in a week, or is about to."""
    told = select(func.count()).where(
        _R.contact_id == contacts.c.id,
        not_(_R.is_holdout),
    )
    sent = told.where(_R.sent_at > then.now - WEEK, _R.state.in_(("sent", "uncertain")))
    coming = told.where(_R.sent_at.is_(None), _R.state.in_(("new", "leased", "sending")))
    both = sent.correlate(contacts).scalar_subquery() + coming.correlate(contacts).scalar_subquery()
    return both >= asked.rules.promotions_a_week


def _level(asked: Asked, then: Then) -> Any:
    """How far the best contact comes: 0 none, 1 wants nothing, 2 has heard enough, 3 blocked, 4 reached."""
    step = case((not_(_WANTS), 1), (_heard(asked, then), 2), (not_(_OPEN_REACH), 3), else_=4)
    best = select(func.max(step)).select_from(_persons()).where(_ACTS).correlate(customers)
    return func.coalesce(best.scalar_subquery(), 0)


def _best_contact(asked: Asked, then: Then) -> Any:
    """One for each customer: who was seen last of those who can be told."""
    return (
        select(contacts.c.id)
        .select_from(_persons())
        .where(_ACTS, _WANTS, _OPEN_REACH, not_(_heard(asked, then)))
        .order_by(reaches.c.seen_at.desc(), contacts.c.id)
        .limit(1)
        .correlate(customers)
        .scalar_subquery()
    )


def reason(asked: Asked, then: Then) -> Any:
    """Why a customer gets nothing: the first reason that holds, in the order in which they are told."""
    contact = {
        0: Exclusion.NOT_CONNECTED.value,
        1: Exclusion.OPTED_OUT.value,
        2: Exclusion.CAPPED.value,
        3: Exclusion.BLOCKED.value,
    }
    obstacles = _obstacles(asked, then)
    rest = (
        case(*((or_(*several), why.value) for why, several in obstacles), else_=SENDABLE)
        if obstacles
        else literal(SENDABLE, String)
    )
    return case(contact, value=_level(asked, then), else_=rest)


def _obstacles(asked: Asked, then: Then) -> list[tuple[Exclusion, tuple[Any, ...]]]:
    """What stands against a customer beside their contacts, in its order; any of the conditions of each."""
    found: list[tuple[Exclusion, tuple[Any, ...]]] = []
    if not asked.with_complaints:
        found.append((Exclusion.COMPLAINT, _complains()))
    if not asked.with_overdue:
        spared = then.day_ago(asked.rules.overdue_days_spared)
        found.append((Exclusion.OVERDUE, (is_overdue(spared),)))
    if asked.who != ANYBODY:
        found.append((Exclusion.NOT_ELIGIBLE, (not_(is_for(asked.who)),)))
    if asked.product_id is not None:
        found.append((Exclusion.NOT_SOLD, (not_(_is_sold(asked.product_id, then)),)))
        found.append((Exclusion.OUT_OF_STOCK, (not_(_is_there(asked.product_id)),)))
    return found


def _complains() -> tuple[Any, ...]:
    return (
        exists().where(disputes.c.customer_id == _C.id, disputes.c.state == literal_column("'open'")),
        exists().where(tickets.c.customer_id == _C.id, tickets.c.state == literal_column("'open'")),
    )


def _is_sold(product_id: int, then: Then) -> Any:
    """The product is active, and there is a price of that day in a list of theirs, their group's or all's."""
    on = then.today
    priced = and_(
        prices.c.product_id == product_id,
        prices.c.valid_from <= on,
        or_(prices.c.valid_until.is_(None), prices.c.valid_until >= on),
    )
    lists = prices.join(price_lists, price_lists.c.id == prices.c.price_list_id)
    of_all = (
        select(1)
        .select_from(lists)
        .where(priced, price_lists.c.customer_id.is_(None), price_lists.c.group_id.is_(None))
    )
    of_group = (
        select(price_lists.c.group_id).select_from(lists).where(priced, price_lists.c.group_id.is_not(None))
    )
    own = (
        select(price_lists.c.customer_id)
        .select_from(lists)
        .where(priced, price_lists.c.customer_id.is_not(None))
    )
    return and_(
        exists(select(1).where(products.c.id == product_id, products.c.is_active)),
        or_(
            exists(of_all),
            and_(_C.group_id.is_not(None), _C.group_id.in_(of_group)),
            _C.id.in_(own),
        ),
    )


def _is_there(product_id: int) -> Any:
    available = stock.c.on_hand - stock.c.reserved - stock.c.safety
    return exists(select(1).where(stock.c.product_id == product_id, available > literal_column("0")))
