from services.calendar import seed_holidays
from storage.unit_of_work import Store


async def test_a_company_begins_with_the_public_holidays_and_keeps_its_own_changes(store: Store) -> None:
    async with store.unit_of_work() as uow:
        assert await seed_holidays(uow) > 80
    async with store.unit_of_work() as uow:
        assert await seed_holidays(uow) == 0
