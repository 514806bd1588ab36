"""Promotions, their versions and budgets, and what of them is left."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import ChangedMeanwhile, NotFound
from domain.pricing import Buyer, Limits
from domain.promotion_facts import promotion_facts
from domain.promotions import NO_CAP, BudgetAlert, Cap, Given, Promotion, Quotas, Used, gone_percent
from storage import promotion_rows as rows
from storage.tables.pricing import promotion_versions, promotions

_P = promotions.c


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """All that a quote for one customer asks of the company: the live promotions, the buyer, the limits."""

    buyer: Buyer
    promotions: tuple[Promotion, ...] = ()
    limits: Limits = NO_LIMITS


class Promotions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def offered(self, customer_id: int, on: date, outlet_id: int | None = None) -> Offered:
        """The promotions of that day beside what they ask of the customer, without quotas: one statement."""
        asked = {"customer": customer_id, "on": on, "outlet": outlet_id}
        found = (await self._connection.execute(rows.OFFERED, asked)).all()
        if not found:
            raise NotFound
        buyer = rows.buyer(found[0], customer_id)
        kept = json.loads(found[0].limits) if found[0].limits else None
        return Offered(
            buyer=buyer,
            promotions=tuple(rows.promotion(row) for row in found if row.id is not None),
            limits=rows.limits(kept, buyer.segment),
        )

    async def list_live(self, on: date) -> tuple[Promotion, ...]:
        """Those of that day, whoever they are for."""
        found = await self._connection.execute(rows.LIVE, {"on": on})
        return tuple(rows.promotion(row) for row in found)

    async def quotas(
        self, customer_id: int, several: Iterable[Promotion], now: datetime, *, but_order: int = 0
    ) -> Quotas:
        """What that customer was given of those promotions, ever and in the period of each up to now."""
        by_id = {each.id: each for each in several}
        if not by_id:
            return {}
        asked = {"customer": customer_id, "promotions": sorted(by_id), "but": but_order}
        used: dict[int, Used] = {}
        for row in await self._connection.execute(rows.USED, asked):
            was = used.get(row.promotion_id, Used())
            period = timedelta(days=by_id[row.promotion_id].caps.period_days)
            recent = _more(was.in_period, row) if row.at > now - period else was.in_period
            used[row.promotion_id] = Used(ever=_more(was.ever, row), in_period=recent)
        return used

    async def get(self, promotion_id: int) -> Promotion:
        row = (
            await self._connection.execute(select(*rows.COLUMNS).where(_P.id == promotion_id))
        ).one_or_none()
        if row is None:
            raise NotFound
        return rows.promotion(row)

    async def find_by_code(self, code: str) -> Promotion | None:
        """The promotion that the company's own books call so."""
        row = (await self._connection.execute(select(*rows.COLUMNS).where(_P.code == code))).one_or_none()
        return rows.promotion(row) if row else None

    async def list_all(self, page: int, per_page: int) -> tuple[tuple[Promotion, ...], int]:
        """A page of all that there ever were, the newest first, and how many there are."""
        found = await self._connection.execute(
            select(*rows.COLUMNS).order_by(_P.id.desc()).limit(per_page).offset((page - 1) * per_page)
        )
        count = await self._connection.scalar(select(func.count()).select_from(promotions))
        return tuple(rows.promotion(row) for row in found), int(count or 0)

    async def list_versions(self, wanted: Collection[tuple[int, int]]) -> tuple[Promotion, ...]:
        """Promotions as they read in those versions (id, version), without what was spent since."""
        found = await self._connection.execute(
            rows.VERSIONS, {"promotions": sorted({promotion_id for promotion_id, _version in wanted})}
        )
        return tuple(rows.promotion(row) for row in found if (row.id, row.version) in set(wanted))

    async def create(self, promotion: Promotion, now: datetime, staff_id: int | None = None) -> Promotion:
        """Keep a new one; the same with its id."""
        values = {"code": promotion.code, "state": promotion.state.value, **_values(promotion)}
        values |= {"kind": promotion.kind.value, "created_at": now, "created_by": staff_id, "version": 1}
        key = (await self._connection.execute(insert(promotions).values(**values))).inserted_primary_key
        assert key is not None
        created = replace(promotion, id=int(key[0]), version=1, spent=Given())
        await self._keep_version(created, now, staff_id)
        return created

    async def save(self, promotion: Promotion, now: datetime, staff_id: int | None = None) -> Promotion:
        """Keep what was changed, as the next version; ``ChangedMeanwhile`` when another one was kept before.

        A budget that is set for the first time counts what was given so far.
        """
        had_none = and_(_P.budget_rials.is_(None), _P.budget_units.is_(None))
        rials, units = rows.spent_so_far(promotion.id)
        values = {"state": promotion.state.value, "kind": promotion.kind.value, **_values(promotion)}
        if promotion.budget != NO_CAP:
            values["spent_rials"] = case((had_none, rials), else_=_P.spent_rials)
            values["spent_units"] = case((had_none, units), else_=_P.spent_units)
        kept = await self._connection.execute(
            update(promotions)
            .where(_P.id == promotion.id, _P.version == promotion.version)
            .values(version=promotion.version + 1, alerted_at=None, **values)
            .returning(_P.spent_rials, _P.spent_units)
        )
        row = kept.one_or_none()
        if row is None:
            raise ChangedMeanwhile
        spent = Given(rials=row.spent_rials, units=row.spent_units)
        saved = replace(promotion, version=promotion.version + 1, spent=spent)
        await self._keep_version(saved, now, staff_id)
        return saved

    async def spend(self, given: Mapping[int, Given], now: datetime) -> tuple[BudgetAlert, ...]:
        """Take that from the budgets, in the order of ids; who is told of a budget that runs out.

        Negative amounts give back. Raises ``ChangedMeanwhile`` when somebody else took what was left.
        """
        alerts: list[BudgetAlert] = []
        for promotion_id in await self._budgeted(given):
            more = given[promotion_id]
            asked = {"promotion": promotion_id, "rials": more.rials, "units": more.units, "now": now}
            row = (await self._connection.execute(rows.SPEND, asked)).one_or_none()
            if row is None:
                raise ChangedMeanwhile
            alert = _alert(row, more, now)
            if alert is not None:
                alerts.append(alert)
        return tuple(alerts)

    async def _budgeted(self, given: Mapping[int, Given]) -> tuple[int, ...]:
        """Of those that give or take something, the ones with a budget: others are not written at all.

        So two customers who are given the same promotion wait for each other only where they must.
        """
        ids = sorted(each for each, more in given.items() if more.rials or more.units)
        if not ids:
            return ()
        found = await self._connection.execute(rows.BUDGETED, {"promotions": ids})
        return tuple(row.id for row in found)

    async def _keep_version(self, promotion: Promotion, now: datetime, staff_id: int | None) -> None:
        values = {"promotion_id": promotion.id, "version": promotion.version, **_values(promotion)}
        await self._connection.execute(insert(promotion_versions).values(at=now, staff_id=staff_id, **values))


def _alert(row: Any, more: Given, now: datetime) -> BudgetAlert | None:
    """Somebody is told when the alert's mark was just set, and when the last of the budget was just taken."""
    spent = Given(rials=row.spent_rials, units=row.spent_units)
    percent = gone_percent(Cap(rials=row.budget_rials, units=row.budget_units), spent)
    took = more.rials > 0 or more.units > 0
    if took and (row.alerted_at == now or percent >= 100):
        return BudgetAlert(promotion_id=row.id, version=row.version, name=row.name, percent=percent)
    return None


def _more(was: Given, row: Any) -> Given:
    return Given(
        rials=was.rials + int(row.rials or 0), units=was.units + int(row.units or 0), orders=was.orders + 1
    )


def _values(promotion: Promotion) -> dict[str, Any]:
    return {
        "name": promotion.name,
        "spec": promotion_facts(promotion),
        "starts_on": promotion.starts_on,
        "ends_on": promotion.ends_on,
        "budget_rials": promotion.budget.rials,
        "budget_units": promotion.budget.units,
    }
