"""The outbox's statements, built once."""

from types import ModuleType
from typing import Any

from sqlalchemy import (
    Exists,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.notifications import MOST_TELLINGS, MessageClass
from storage.built import built
from storage.tables.base import Instant, Key
from storage.tables.messages import delivery_attempts, notifications
from storage.tables.people import contacts, identities, reaches, staff


def _put(dialect: ModuleType) -> Any:
    return built(dialect.insert(notifications).on_conflict_do_nothing(index_elements=["key"]))


def _is_behind_another() -> Exists:
    """Whether something older waits for the same person."""
    older = notifications.alias("older")
    return exists().where(
        text("older.state = 'new'"),
        older.c.due_at <= _AT,
        older.c.id < notifications.c.id,
        or_(
            older.c.contact_id == notifications.c.contact_id,
            older.c.staff_id == notifications.c.staff_id,
            older.c.identity_id == notifications.c.identity_id,
        ),
    )


def _claim() -> Any:
    waiting = and_(text("state = 'new'"), notifications.c.due_at <= _AT)
    lost = and_(
        text("state = 'sending'"),
        notifications.c.leased_until < _AT,
        notifications.c.message_class <= int(MessageClass.NOTICE),
        notifications.c.attempts < MOST_TELLINGS,
    )
    due = (
        select(notifications.c.id)
        .where(or_(waiting, lost), ~_is_behind_another())
        .order_by(notifications.c.message_class, notifications.c.due_at, notifications.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    return (
        update(notifications)
        .where(notifications.c.id.in_(due))
        .values(
            state="sending",
            leased_until=bindparam("until"),
            lease=bindparam("token"),
            attempts=notifications.c.attempts + 1,
        )
        .returning(notifications.c.id)
    )


def _tellings() -> Any:
    person = or_(
        and_(notifications.c.contact_id.is_not(None), identities.c.contact_id == notifications.c.contact_id),
        and_(notifications.c.staff_id.is_not(None), identities.c.staff_id == notifications.c.staff_id),
        identities.c.id == notifications.c.identity_id,
    )
    attempt = (
        select(func.max(delivery_attempts.c.id))
        .where(delivery_attempts.c.notification_id == notifications.c.id)
        .scalar_subquery()
    )
    language = func.coalesce(contacts.c.language, staff.c.language, identities.c.language, "fa")
    return (
        select(
            notifications,
            attempt.label("attempt_id"),
            reaches.c.platform,
            reaches.c.bot_id,
            reaches.c.chat_id,
            language.label("reader_language"),
        )
        .select_from(
            notifications.outerjoin(identities, person)
            .outerjoin(
                reaches, and_(reaches.c.identity_id == identities.c.id, reaches.c.blocked_at.is_(None))
            )
            .outerjoin(contacts, contacts.c.id == notifications.c.contact_id)
            .outerjoin(staff, staff.c.id == notifications.c.staff_id)
        )
        .where(notifications.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(notifications.c.message_class, notifications.c.due_at, notifications.c.id)
        .order_by(reaches.c.seen_at.desc().nulls_last())
    )


_AT = bindparam("at", type_=Instant())
PUT = {"sqlite": _put(sqlite), "postgresql": _put(postgresql)}
CLAIM = built(_claim())
ATTEMPT = built(insert(delivery_attempts))
TELLINGS = built(_tellings())
END_ATTEMPT = built(update(delivery_attempts).where(delivery_attempts.c.id == bindparam("attempt")))
CONCLUDE = built(
    update(notifications)
    .where(
        notifications.c.id == bindparam("told"),
        notifications.c.lease == bindparam("token"),
        text("state = 'sending'"),
    )
    .values(
        state=bindparam("state"),
        leased_until=null(),
        lease=null(),
        due_at=func.coalesce(bindparam("again", type_=Instant()), notifications.c.due_at),
        attempts=notifications.c.attempts - bindparam("uncounted", type_=Integer()),
    )
)
NEXT = built(select(func.min(notifications.c.due_at)).where(text("state = 'new'")))
NEWER = built(
    select(notifications.c.id)
    .where(
        notifications.c.id > bindparam("id"),
        notifications.c.subject_id == bindparam("subject"),
        notifications.c.kind.in_(bindparam("kinds", expanding=True)),
        or_(
            notifications.c.contact_id == bindparam("contact", type_=Key),
            notifications.c.staff_id == bindparam("staff", type_=Key),
            notifications.c.identity_id == bindparam("identity", type_=Key),
        ),
    )
    .limit(1)
)
