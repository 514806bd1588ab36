"""Looking for what does not hold in the books, and keeping what was found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.orders import OPEN
from domain.truths import Truth, Violation
from storage.credit import Credit
from storage.tables.claims import violations
from storage.tables.credit import credit_decisions
from storage.tables.orders import orders
from storage.truth_queries import TRUTHS

MOST_OF_ONE = 200
"""So many of one kind are named; more of them have one cause."""


class Truths:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, now: datetime) -> tuple[Violation, ...]:
        """Everything that does not hold now. Only reads."""
        found: list[Violation] = []
        for truth in TRUTHS:
            rule, subject, query = truth()
            rows = await self._connection.execute(query.limit(MOST_OF_ONE))
            found += [
                Violation(
                    rule=rule.value,
                    subject=subject,
                    subject_id=row.id,
                    facts={"wanted": int(row.wanted), "found": int(row.found)},
                )
                for row in rows
            ]
        return (*found, *await self._undecided(now))

    async def _undecided(self, now: datetime) -> list[Violation]:
        """Customers above their limit by an open order on which nothing was ever decided."""
        decided = select(credit_decisions.c.id).where(credit_decisions.c.order_id == orders.c.id).exists()
        doubtful = await self._connection.scalars(
            select(orders.c.customer_id)
            .distinct()
            .where(
                orders.c.credit_rials > 0,
                orders.c.status.in_([each.value for each in OPEN]),
                ~decided,
            )
        )
        credit = Credit(self._connection)
        found = []
        for customer_id in doubtful.all():
            standing = await credit.standing(customer_id, now)
            if standing.exposure > standing.total_limit:
                facts = {"wanted": standing.total_limit.rials, "found": standing.exposure.rials}
                found.append(
                    Violation(
                        rule=Truth.EXPOSURE.value, subject="customer", subject_id=customer_id, facts=facts
                    )
                )
        return found

    async def keep(self, found: Collection[Violation], now: datetime) -> tuple[Violation, ...]:
        """Write down what is new, and mark what holds again; the new ones."""
        rows = await self._connection.execute(select(violations).where(violations.c.mended_at.is_(None)))
        known = {(row.rule, row.subject, row.subject_id): row.id for row in rows}
        new = [each for each in found if each.name not in known]
        if new:
            await self._connection.execute(
                insert(violations),
                [
                    {
                        "rule": each.rule,
                        "subject": each.subject,
                        "subject_id": each.subject_id,
                        "facts": dict(each.facts),
                        "found_at": now,
                    }
                    for each in new
                ],
            )
        mended = [known[name] for name in known.keys() - {each.name for each in found}]
        if mended:
            await self._connection.execute(
                update(violations).where(violations.c.id.in_(mended)).values(mended_at=now)
            )
        return tuple(new)

    async def list_open(self) -> tuple[Violation, ...]:
        """What was found and does not hold yet."""
        rows = await self._connection.execute(
            select(violations).where(violations.c.mended_at.is_(None)).order_by(violations.c.id)
        )
        return tuple(
            Violation(rule=row.rule, subject=row.subject, subject_id=row.subject_id, facts=row.facts)
            for row in rows
        )
