"""Who stands behind an account of a messenger: one statement, and the actor made of its row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, select

from domain.actors import Actor, Identity, Rights, Stranger
from domain.customers import Contact, Customer, CustomerKind
from domain.staff import Role, Staff
from storage.built import built
from storage.tables.orders import orders
from storage.tables.people import contact_roles, contacts, customers, identities, reaches, staff


def _who() -> Any:
    """The account, the person behind it, and the customer they act for: the chosen one, or the first."""
    return (
        select(
            identities.c.id,
            identities.c.name,
            identities.c.language,
            identities.c.contact_id,
            identities.c.staff_id,
            contacts.c.name.label("contact_name"),
            contacts.c.mobile,
            contacts.c.language.label("contact_language"),
            contacts.c.is_active.label("contact_is_active"),
            staff.c.name.label("staff_name"),
            staff.c.role,
            staff.c.mobile.label("staff_mobile"),
            staff.c.language.label("staff_language"),
            staff.c.is_active.label("staff_is_active"),
            customers.c.id.label("customer_id"),
            customers.c.external_ref,
            customers.c.name.label("customer_name"),
            customers.c.kind,
            customers.c.group_id,
            customers.c.national_id,
            contact_roles.c.may_order,
            contact_roles.c.may_see_balance,
            contact_roles.c.may_approve,
            reaches.c.seen_at,
            reaches.c.blocked_at,
            _draft_lines().label("draft_lines"),
        )
        .select_from(
            identities.outerjoin(contacts, contacts.c.id == identities.c.contact_id)
            .outerjoin(staff, staff.c.id == identities.c.staff_id)
            .outerjoin(
                contact_roles,
                contact_roles.c.contact_id == identities.c.contact_id,
            )
            .outerjoin(customers, and_(customers.c.id == contact_roles.c.customer_id, customers.c.is_active))
            .outerjoin(
                reaches,
                and_(
                    reaches.c.platform == identities.c.platform,
                    reaches.c.bot_id == bindparam("bot_id"),
                    reaches.c.chat_id == bindparam("chat_id"),
                ),
            )
        )
        .where(identities.c.platform == bindparam("platform"), identities.c.user_id == bindparam("user_id"))
        .order_by(
            customers.c.id.is_(None),
            (customers.c.id == func.coalesce(identities.c.customer_id, 0)).desc(),
            customers.c.id,
        )
        .limit(1)
    )


def _draft_lines() -> Any:
    """Nearly every screen shows how much is in the basket: it costs no statement of its own."""
    return (
        select(orders.c.line_count)
        .where(
            orders.c.contact_id == identities.c.contact_id,
            orders.c.customer_id == customers.c.id,
            orders.c.status == literal_column("'draft'"),
        )
        .order_by(orders.c.changes.is_(None), orders.c.id)
        .limit(1)
        .correlate(identities, customers)
        .scalar_subquery()
    )


WHO = built(_who())


def actor_of(row: Any, platform: str, user_id: int, chat_id: int) -> Actor:
    identity = Identity(id=row.id, platform=platform, user_id=user_id, chat_id=chat_id, name=row.name)
    if row.staff_id is not None and row.staff_is_active:
        person = Staff(
            id=row.staff_id,
            name=row.staff_name,
            role=Role(row.role),
            mobile=row.staff_mobile,
            language=row.staff_language,
        )
        return Actor(identity=identity, person=person, language=row.staff_language)
    if row.contact_id is None or not row.contact_is_active:
        return Actor(identity=identity, person=Stranger(), language=row.language)
    contact = Contact(
        id=row.contact_id, name=row.contact_name, mobile=row.mobile, language=row.contact_language
    )
    if row.customer_id is None:
        return Actor(identity=identity, person=contact, language=contact.language)
    return Actor(
        identity=identity,
        person=contact,
        customer=Customer(
            id=row.customer_id,
            external_ref=row.external_ref,
            name=row.customer_name,
            kind=CustomerKind(row.kind),
            group_id=row.group_id,
            national_id=row.national_id,
        ),
        rights=Rights(
            may_order=row.may_order, may_see_balance=row.may_see_balance, may_approve=row.may_approve
        ),
        language=contact.language,
        draft_lines=row.draft_lines or 0,
    )
