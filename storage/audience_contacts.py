"""To whom of a customer a campaign goes, and how far the best of their contacts comes.

SQLite looks the contacts of each customer up by index. PostgreSQL joins those of all customers at once where
there are many: looking each up by itself would take ten times as long.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from storage.segment_queries import Then
from storage.tables.campaigns import campaign_recipients
from storage.tables.people import contact_roles, contacts, customers, identities, preferences, reaches
from storage.tables.push import nudges

WEEK = timedelta(days=7)
_C, _R, _N = customers.c, campaign_recipients.c, nudges.c
_ACTS = and_(contact_roles.c.may_order, contacts.c.is_active)
_WANTS = func.coalesce(preferences.c.promotions, true())
_OPEN_REACH = reaches.c.blocked_at.is_(None)
REACHED = 4
"""How far a contact comes: 0 none, 1 wants nothing, 2 has heard enough, 3 blocked the bot, 4 reached."""


def _persons() -> Any:
    """Each contact that acts for a customer, with each way to reach them."""
    return (
        contact_roles.join(contacts, contacts.c.id == contact_roles.c.contact_id)
        .join(identities, identities.c.contact_id == contacts.c.id)
        .join(reaches, reaches.c.identity_id == identities.c.id)
        .outerjoin(preferences, preferences.c.contact_id == contacts.c.id)
    )


def _told(then: Then) -> Any:
    return and_(not_(_R.is_holdout), _R.sent_at > then.now - WEEK, _R.state.in_(("sent", "uncertain")))


_COMING = and_(not_(_R.is_holdout), _R.sent_at.is_(None), _R.state.in_(("new", "leased", "sending")))


def _step(has_heard: Any, reached: Any = REACHED) -> Any:
    return case((not_(_WANTS), 1), (has_heard, 2), (not_(_OPEN_REACH), 3), else_=reached)


# Looked up for one customer


def _heard(most: int, then: Then) -> Any:
    """The contact has heard as much as may be in a week, or is about to."""
    counted = select(func.count()).where(_R.contact_id == contacts.c.id).correlate(contacts)
    nudged = select(func.count()).where(_N.contact_id == contacts.c.id, _N.sent_at > then.now - WEEK)
    heard = counted.where(_told(then)).scalar_subquery() + counted.where(_COMING).scalar_subquery()
    return heard + nudged.correlate(contacts).scalar_subquery() >= most


def level_of(most: int, then: Then) -> Any:
    """How far the best contact of a customer comes."""
    best = select(func.max(_step(_heard(most, then)))).select_from(_persons())
    best = best.where(contact_roles.c.customer_id == _C.id, _ACTS).correlate(customers)
    return func.coalesce(best.scalar_subquery(), 0)


def best_text(most: int, then: Then) -> Any:
    """How far the best contact of a customer comes, and who it is: one text, None without any (SQLite alone).

    Of those who can be told it is who was seen last. Level, moment and person are one text, of which the
    greatest is taken: to sort a few rows for each customer would cost more than all the rest. An instant is
    26 characters there.
    """
    reached: Any = literal_column(f"'{REACHED}' || reaches.seen_at || '|' || contacts.id", String)
    # There a text is greater than any number.
    best = select(func.max(_step(_heard(most, then), reached))).select_from(_persons())
    return best.where(contact_roles.c.customer_id == _C.id, _ACTS).correlate(customers).scalar_subquery()


def level_in(best: Any) -> Any:
    return cast(func.coalesce(func.substr(best, 1, 1), "0"), Integer)


def contact_in(best: Any) -> Any:
    return cast(func.substr(best, 29), BigInteger)


# Joined for all of them


def _all_heard(most: int, then: Then) -> Any:
    """Everybody who has heard as much as may be in a week, or is about to."""
    sent = select(_R.contact_id).where(or_(_told(then), _COMING))
    nudged = select(_N.contact_id).where(_N.sent_at > then.now - WEEK)
    every = union_all(sent, nudged).subquery("every")
    return (
        select(every.c.contact_id).group_by(every.c.contact_id).having(func.count() >= most).subquery("heard")
    )


def best_of(whom: Any, most: int, then: Then) -> Any:
    """For each of those customers how far their best contact comes, and who that is (PostgreSQL alone)."""
    heard = _all_heard(most, then)
    # Only theirs are looked at: where there are a million, most are not asked about.
    persons = _persons().join(whom, whom.c.id == contact_roles.c.customer_id)
    persons = persons.outerjoin(heard, heard.c.contact_id == contacts.c.id)
    acting = (
        select(
            contact_roles.c.customer_id,
            contacts.c.id.label("contact_id"),
            reaches.c.seen_at,
            _step(heard.c.contact_id.is_not(None)).label("step"),
        )
        .select_from(persons)
        .where(_ACTS)
        .subquery("acting")
    )
    level = func.coalesce(acting.c.step, 0)
    return (
        select(whom.c.id, whom.c.against, acting.c.contact_id, level.label("level"))
        .select_from(whom.outerjoin(acting, acting.c.customer_id == whom.c.id))
        .ext(distinct_on(whom.c.id))
        .order_by(whom.c.id, level.desc(), acting.c.seen_at.desc(), acting.c.contact_id)
        .subquery("best")
    )
