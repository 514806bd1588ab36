from __future__ import annotations

from datetime import datetime

from domain.company import Company
from domain.money import CurrencyUnit
from storage.unit_of_work import Store


async def test_the_letterhead_is_kept_and_changed(store: Store, now: datetime) -> None:
    company = Company(name="پخش آرمان‌طب", phone="021-88001122", currency_unit=CurrencyUnit.IRR_NEW)
    async with store.unit_of_work() as uow:
        assert await uow.company.get("نام دیگر") == Company(name="نام دیگر")
        await uow.company.put(Company(name="x"), now)
        await uow.company.put(company, now)
    async with store.reading() as uow:
        assert await uow.company.get("نام دیگر") == company


async def test_a_decision_of_the_company_has_a_usual_value(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        assert await uow.company.decided("receipts.second_person_from", 5) == 5
        await uow.company.decide("receipts.second_person_from", 10**12, now)
        await uow.company.decide("receipts.second_person_from", None, now)
    async with store.reading() as uow:
        assert await uow.company.decided("receipts.second_person_from", 5) is None
