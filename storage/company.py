"""The company's own values by their names: its letterhead, and what it decided for itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.company import LETTERHEAD, Company, CompanyPart
from domain.money import CurrencyUnit
from domain.push_rules import PREFIX, PushRules, rules_of
from storage.tables.company import company_settings
from storage.upsert import insert_or

_PREFIX = "letterhead."
_KEPT = company_settings.c


class CompanyKept:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, default_name: str = "") -> Company:
        """The letterhead; ``default_name`` stands there until a name is given."""
        names = [_PREFIX + name for name in LETTERHEAD]
        rows = await self._connection.execute(select(company_settings).where(_KEPT.name.in_(names)))
        kept: dict[str, Any] = {row.name.removeprefix(_PREFIX): row.value for row in rows}
        kept["currency_unit"] = CurrencyUnit(kept.get("currency_unit", CurrencyUnit.IRR_OLD))
        kept["name"] = kept.get("name") or default_name
        return Company(**kept)

    async def put_part(self, part: CompanyPart, value: str, now: datetime, staff_id: int) -> None:
        await self.decide(_PREFIX + part.value, value, now, staff_id)

    async def put(self, company: Company, now: datetime, staff_id: int | None = None) -> None:
        for name, value in asdict(company).items():
            await self.decide(_PREFIX + name, str(value), now, staff_id)

    async def decided(self, name: str, default: Any = None) -> Any:
        """What the company decided under that name (a JSON value), or what is usual."""
        row = (await self._connection.execute(select(_KEPT.value).where(_KEPT.name == name))).one_or_none()
        return default if row is None else row.value

    async def push_rules(self) -> PushRules:
        """What it decided about messages that nobody asked for."""
        rows = await self._connection.execute(select(company_settings).where(_KEPT.name.startswith(PREFIX)))
        return rules_of({row.name.removeprefix(PREFIX): row.value for row in rows})

    async def decide(self, name: str, value: Any, now: datetime, staff_id: int | None = None) -> None:
        kept = {"value": value, "changed_at": now, "changed_by": staff_id}
        put = insert_or(self._connection, company_settings).values(name=name, **kept)
        await self._connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=kept))
