"""When goods come to an outlet."""

from datetime import datetime

from domain.calendar import DeliveryPlan, today_in_tehran
from storage.unit_of_work import UnitOfWork


async def delivery_plan(uow: UnitOfWork, outlet_id: int, now: datetime) -> DeliveryPlan:
    return await uow.calendars.delivery_plan(outlet_id, today_in_tehran(now))
