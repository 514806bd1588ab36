"""Stock that is promised to an order, given back, or has left with it."""

from collections.abc import Sequence

from domain.orders import Order, OrderLine, units_now
from storage.unit_of_work import UnitOfWork


async def reserve(uow: UnitOfWork, lines: Sequence[OrderLine], instead_of: Sequence[OrderLine] = ()) -> None:
    """Promise what these lines need now; what lines they replace had promised counts, and is given back.

    All in one guarded statement: it is taken whole, or refused whole.
    """
    needed = units_now(lines)
    for product_id, units in units_now(instead_of).items():
        needed[product_id] = needed.get(product_id, 0) - units
    await uow.stock.reserve(needed)


async def release(uow: UnitOfWork, order: Order) -> None:
    await uow.stock.release(units_now(order.lines))


async def ship(uow: UnitOfWork, order: Order) -> None:
    await uow.stock.ship(units_now(order.lines))
