"""The statements that say whom a campaign reaches: why a customer gets nothing, and the recipients."""

from __future__ import annotations

from dataclasses import dataclass
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
)

from domain.audiences import AudienceCount, Exclusion
from domain.promotions import ANYBODY, Eligibility
from domain.push_rules import PushRules
from domain.segments import EVERYBODY, Node
from storage.audience_contacts import best_of, contact_of, contacts_of, level_of
from storage.segment_queries import Then, holds, is_for, is_overdue
from storage.tables.catalogue import price_lists, prices, products, stock
from storage.tables.claims import disputes
from storage.tables.people import customers
from storage.tables.surveys import tickets

SENDABLE = "sendable"
_C = customers.c
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


def counted(asked: Asked, then: Then, *, by_joining: bool) -> Any:
    """How many customers of the segment have which reason."""
    if by_joining:
        whom = _whom(asked, then)
        best = best_of(whom, asked.rules.promotions_a_week, then)
        each = select(_reason(asked, then, best.c.level).label("reason")).select_from(
            customers.join(best, best.c.id == _C.id)
        )
    else:
        level = level_of(asked.rules.promotions_a_week, then)
        each = select(_reason(asked, then, level).label("reason")).where(*matched(asked, then))
    found = each.subquery("each_one")
    return select(found.c.reason, func.count().label("how_many")).group_by(found.c.reason)


def example(asked: Asked, then: Then) -> Any:
    """The customers that would get it, by their ids."""
    sendable = _reason(asked, then, level_of(asked.rules.promotions_a_week, then)) == SENDABLE
    return select(_C.id).where(*matched(asked, then), sendable).order_by(_C.id)


def _whom(asked: Asked, then: Then, *but: Any) -> Any:
    return select(_C.id).where(*matched(asked, then), *but).cte("whom")


def _chosen(asked: Asked, then: Then, *, by_joining: bool) -> Any:
    """Each customer that would get it, with the one contact to whom it goes."""
    free = [not_(each) for _, several in _obstacles(asked, then) for each in several]
    most = asked.rules.promotions_a_week
    if by_joining:
        return contacts_of(_whom(asked, then, *free), most, then)
    return (
        select(_C.id.label("customer_id"), contact_of(most, then).label("contact_id"))
        .where(*matched(asked, then), *free)
        # A fence: without it the contact of each customer would be looked for twice.
        .offset(literal_column("0"))
        .subquery("chosen")
    )


def recipients(
    campaign_id: int, asked: Asked, size: AudienceCount, seed: int, then: Then, *, after: int | None
) -> Any:
    """The rows of recipients, in the order of their turns.

    With ``after``, the last id there is (SQLite), they come in the order of customers instead, each with the
    id of its turn: indexes that are written in their own order need a tenth of the pages.
    """
    chosen = _chosen(asked, then, by_joining=after is None)
    place = func.row_number().over(order_by=(_shuffled(chosen.c.customer_id, seed), chosen.c.customer_id))
    placed = (
        select(chosen.c.customer_id, chosen.c.contact_id, place.label("place"))
        .where(chosen.c.contact_id.is_not(None))
        .subquery("placed")
    )
    # Every so-manieth of a random order is a random sample, and its turns come evenly.
    turn = (placed.c.place * literal(size.holdout, BigInteger)) % literal(max(size.sendable, 1), BigInteger)
    rows = select(
        literal(campaign_id, BigInteger),
        placed.c.customer_id,
        placed.c.contact_id,
        turn < literal(size.holdout, BigInteger),
        literal_column("'new'"),
        literal_column("0"),
    )
    if after is None:
        return rows.order_by(placed.c.place)
    return rows.add_columns(literal(after, BigInteger) + placed.c.place).order_by(placed.c.customer_id)


def _shuffled(key: Any, seed: int) -> Any:
    """A number for each key that looks random and is the same for the same seed, on both databases.

    Raising to the fifth power is one-to-one modulo this prime, and no product leaves 64 bits.
    """
    prime: Any = literal_column(str(_PRIME))
    base = ((key % prime) * literal_column(str(_SPREAD)) + literal_column(str(seed % _PRIME))) % prime
    square = base * base % prime
    return square * square % prime * base % prime


def _reason(asked: Asked, then: Then, level: Any) -> Any:
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
    return case(contact, value=level, else_=rest)


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
