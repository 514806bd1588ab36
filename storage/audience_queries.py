"""The statements that say whom a campaign reaches: why a customer gets nothing, and the recipients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
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
from storage.audience_contacts import REACHED, best_of, best_text, contact_in, level_in, level_of
from storage.segment_queries import Then, holds, is_for, is_overdue
from storage.tables.catalogue import price_lists, prices, products, stock
from storage.tables.claims import disputes
from storage.tables.people import customers
from storage.tables.surveys import tickets

REASONS = (None, *Exclusion)
"""Why a customer gets nothing; None for whoever gets it."""
_OF_CONTACTS: dict[int, Any] = {
    level: literal_column(str(REASONS.index(why)))
    for level, why in enumerate(
        (Exclusion.NOT_CONNECTED, Exclusion.OPTED_OUT, Exclusion.CAPPED, Exclusion.BLOCKED)
    )
}
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


def gathered(asked: Asked, then: Then, *, by_joining: bool) -> Any:
    """Each customer of the segment once: the place of the reason in ``REASONS``, and to whom it goes.

    Everything is looked at once, whatever is made of it then: that they are as many as were counted needs
    no second look.
    """
    most, against = asked.rules.promotions_a_week, _against(asked, then)
    if by_joining:
        whom = select(_C.id, against.label("against")).where(*matched(asked, then)).cte("whom")
        found = best_of(whom, most, then)
        level, contact_id = found.c.level, found.c.contact_id
    else:
        found = (
            select(_C.id, against.label("against"), best_text(most, then).label("best"))
            .where(*matched(asked, then))
            # A fence: without it the contacts of each customer would be looked for once a column.
            .offset(literal_column("0"))
            .subquery("found")
        )
        level, contact_id = level_in(found.c.best), contact_in(found.c.best)
    reason = case(_OF_CONTACTS, value=level, else_=found.c.against)
    return select(
        found.c.id.label("customer_id"),
        case((reason == literal_column("0"), contact_id)).label("contact_id"),
        reason.label("reason"),
    )


def counted(rows: Any) -> Any:
    """How many of what was gathered have which reason."""
    return select(rows.c.reason, func.count().label("how_many")).group_by(rows.c.reason)


def example(asked: Asked, then: Then) -> Any:
    """The customers that would get it, by their ids."""
    is_reached = level_of(asked.rules.promotions_a_week, then) == REACHED
    free = (not_(each) for _, several in _obstacles(asked, then) for each in several)
    return select(_C.id).where(*matched(asked, then), *free, is_reached).order_by(_C.id)


def recipients(campaign_id: int, rows: Any, size: AudienceCount, seed: int, *, after: int | None) -> Any:
    """The rows of recipients of what was gathered, in the order of their turns.

    With ``after``, the last id there is (SQLite), they come in the order of customers instead, each with the
    id of its turn: indexes that are written in their own order need a tenth of the pages.
    """
    chosen = rows.c
    place = func.row_number().over(order_by=(_shuffled(chosen.customer_id, seed), chosen.customer_id))
    placed = (
        select(chosen.customer_id, chosen.contact_id, place.label("place"))
        .where(chosen.reason == literal_column("0"))
        .subquery("placed")
    )
    # Every so-manieth of a random order is a random sample, and its turns come evenly.
    turn = (placed.c.place * literal(size.holdout, BigInteger)) % literal(max(size.sendable, 1), BigInteger)
    found = select(
        literal(campaign_id, BigInteger),
        placed.c.customer_id,
        placed.c.contact_id,
        turn < literal(size.holdout, BigInteger),
        literal_column("'new'"),
        literal_column("0"),
    )
    if after is None:
        return found.order_by(placed.c.place)
    return found.add_columns(literal(after, BigInteger) + placed.c.place).order_by(placed.c.customer_id)


def _shuffled(key: Any, seed: int) -> Any:
    """A number for each key that looks random and is the same for the same seed, on both databases.

    Raising to the fifth power is one-to-one modulo this prime, and no product leaves 64 bits.
    """
    prime: Any = literal_column(str(_PRIME))
    base = ((key % prime) * literal_column(str(_SPREAD)) + literal_column(str(seed % _PRIME))) % prime
    square = base * base % prime
    return square * square % prime * base % prime


def _against(asked: Asked, then: Then) -> Any:
    """The first reason that holds beside their contacts, as its place in ``REASONS``; 0: none does."""
    obstacles = _obstacles(asked, then)
    if not obstacles:
        return literal_column("0")
    cases: Any = ((or_(*several), literal_column(str(REASONS.index(why)))) for why, several in obstacles)
    return case(*cases, else_=literal_column("0"))


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
