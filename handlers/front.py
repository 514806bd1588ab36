"""Which screen is home: it depends on who comes."""

from __future__ import annotations

from domain.actors import Actor, Stranger
from domain.staff import Staff
from screens.home import home, no_centre
from screens.language import Language
from screens.registration import half_way, request_waits, welcome
from screens.screen import Screen
from screens.staff import staff_home
from services import begun
from services.registration import pending_request
from services.staff import workload
from storage.unit_of_work import UnitOfWork


async def home_of(uow: UnitOfWork, actor: Actor, company: str, _: Language) -> Screen:
    """The main menu of a customer or of staff; how far an applicant has come; or the greeting."""
    match actor.person:
        case Staff() as staff:
            return staff_home(staff, await workload(uow, staff), _)
        case Stranger():
            request = await pending_request(uow, actor)
            if request is not None:
                return request_waits(request, _)
            return half_way(_) if await begun.find(uow, actor) else welcome(company, _)
    return home(actor, _) if actor.customer else no_centre(_)
