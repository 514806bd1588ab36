"""On which terms customers may pay: their own, or else their group's, or else the company's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import NotFound
from domain.money import Rate
from domain.terms import CustomerTerms, Term, TermKind
from storage.built import built
from storage.tables.base import Key
from storage.tables.people import customers
from storage.tables.pricing import payment_terms

_T = payment_terms.c
_CUSTOMER = bindparam("customer", type_=Key)
_OF = case((_T.customer_id.is_not(None), 0), (_T.group_id.is_not(None), 1), else_=2).label("of")
_FITS = or_(
    _T.customer_id == customers.c.id,
    _T.group_id == customers.c.group_id,
    and_(_T.customer_id.is_(None), _T.group_id.is_(None)),
)
_ALLOWED = built(
    select(
        customers.c.name, _OF, _T.id, _T.code, _T.kind, _T.days,
        _T.discount_basis_points, _T.cash_basis_points, _T.rest_kind,
    )
    .select_from(customers.outerjoin(payment_terms, _FITS))
    .where(customers.c.id == _CUSTOMER)
    .order_by(_OF, _T.position, _T.id)
)  # fmt: skip


class Terms:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_customer(self, customer_id: int) -> CustomerTerms:
        """What was agreed with that customer, their group or by the company: the nearest that there is."""
        rows = (await self._connection.execute(_ALLOWED, {"customer": customer_id})).all()
        if not rows:
            raise NotFound
        nearest = takewhile(lambda row: row.of == rows[0].of, rows)
        return CustomerTerms(
            customer_id=customer_id,
            customer_name=rows[0].name,
            terms=tuple(_term(row) for row in nearest if row.id is not None),
            own=rows[0].of == 0,
        )

    async def put(
        self, terms: Sequence[Term], *, customer_id: int | None = None, group_id: int | None = None
    ) -> None:
        """From now on exactly these, in this order; none at all leaves it to the group or the company.

        Named is a customer, or a group, or neither: then these are the company's own.
        """
        owner = (_same(_T.customer_id, customer_id), _same(_T.group_id, group_id))
        await self._connection.execute(delete(payment_terms).where(*owner))
        if terms:
            rows = [
                {"customer_id": customer_id, "group_id": group_id, "position": position, **_columns(term)}
                for position, term in enumerate(terms)
            ]
            await self._connection.execute(insert(payment_terms), rows)


def _same(column: Any, value: int | None) -> Any:
    return column.is_(None) if value is None else column == value


def _term(row: Any) -> Term:
    return Term(
        id=row.id,
        code=row.code,
        kind=TermKind(row.kind),
        days=row.days,
        discount=Rate(row.discount_basis_points),
        cash=Rate(row.cash_basis_points),
        rest=TermKind(row.rest_kind) if row.rest_kind else None,
    )


def _columns(term: Term) -> dict[str, Any]:
    return {
        "code": term.code,
        "kind": term.kind.value,
        "days": term.days,
        "discount_basis_points": term.discount.basis_points,
        "cash_basis_points": term.cash.basis_points,
        "rest_kind": term.rest.value if term.rest else None,
    }
