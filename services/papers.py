"""Who sells and who buys, as documents print them."""

from __future__ import annotations

from domain.accounts import Sides
from storage.unit_of_work import UnitOfWork


async def sides(uow: UnitOfWork, customer_id: int, company: str) -> Sides:
    """Both letterheads; whoever asks has been checked before."""
    return Sides(
        seller=await uow.company.get(company),
        buyer=await uow.parties.get(customer_id),
    )
