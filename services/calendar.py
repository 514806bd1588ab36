"""When goods come to an outlet."""

from datetime import datetime

from domain.calendar import DeliveryPlan, today_in_tehran
from domain.holidays import holidays
from storage.unit_of_work import UnitOfWork


async def delivery_plan(
    uow: UnitOfWork, outlet_id: int, now: datetime, *, of: int | None = None
) -> DeliveryPlan:
    """How goods come to that outlet, which must be of that customer if one is named."""
    return await uow.calendars.delivery_plan(outlet_id, today_in_tehran(now), of=of)


async def seed_holidays(uow: UnitOfWork) -> int:
    """Write the known public holidays into an empty table, for staff to keep; how many that were."""
    if await uow.calendars.has_holidays():
        return 0
    days = holidays()
    await uow.calendars.put_holidays(days)
    return len(days)
