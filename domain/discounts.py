"""Discounts: which of a stage's promotions are granted, and what is cut again (rule R5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.grants import Cart, Grant, lower
from domain.money import BASIS_POINTS, Rate
from domain.pricing import Limits
from domain.promotions import Promotion
from domain.proposals import proposal


def granted(promotions: Sequence[Promotion], cart: Cart) -> list[Grant]:
    """What the promotions of one stage give, taken off the amounts of the cart.

    They come by priority. Of one exclusivity group, each line gets what is best for it; of promotions on the
    whole order, the best one is given. What does not stack stops the stage for the lines that it is on.
    """
    given: list[Grant] = []
    closed: set[int] = set()
    for rivals in contests(promotions):
        proposals = [
            grant for each in rivals if (grant := proposal(each, cart, closed)) is not None and grant.amount
        ]
        for grant in winners(proposals):
            cart.take(grant)
            given.append(grant)
            if grant.promotion is not None and not grant.promotion.is_stackable:
                closed |= grant.parts.keys()
    return given


def contests(promotions: Iterable[Promotion]) -> list[list[Promotion]]:
    """By priority; the promotions of one exclusivity group stand together, where its first one stands."""
    rivals: dict[str | int, list[Promotion]] = {}
    for promotion in sorted(promotions, key=lambda each: (-each.priority, each.id)):
        rivals.setdefault(promotion.exclusivity_group or promotion.id, []).append(promotion)
    return list(rivals.values())


def winners(proposals: list[Grant]) -> list[Grant]:
    """Of rivals, the best for the customer; of equal ones, the first."""
    if len(proposals) < 2:
        return proposals
    if any(grant.is_on_order for grant in proposals):
        return [max(proposals, key=lambda grant: grant.amount)]
    best: dict[int, Grant] = {}
    for grant in proposals:
        for product_id, part in grant.parts.items():
            if product_id not in best or part > best[product_id].parts[product_id]:
                best[product_id] = grant
    for grant in proposals:
        grant.parts = {key: part for key, part in grant.parts.items() if best[key] is grant}
        grant.bases = {key: grant.bases[key] for key in grant.parts}
    return [grant for grant in proposals if grant.parts]


def cut(grants: Sequence[Grant], cart: Cart, limits: Limits, free: dict[int, int]) -> None:
    """Take back what breaks a limit, from the last grant backwards (rule R5.1, step 7).

    ``free`` is how many units of each product are given with its own line: they cost too.
    """
    if limits.margin_floor is not None:
        for product_id, line in cart.lines.items():
            if line.cost is not None and cart.nets[product_id] < cart.gross[product_id]:
                cost = line.cost.rials * (line.quantity + free.get(product_id, 0))
                _raise_to(least_net(cost, limits.margin_floor), product_id, grants, cart)
    if limits.most_discount is not None:
        gross = sum(cart.gross.values())
        most = gross * limits.most_discount.basis_points // BASIS_POINTS
        excess = sum(grant.amount for grant in grants) - most
        for grant in reversed(grants):
            if excess > 0:
                before, taken = dict(grant.parts), min(excess, grant.amount)
                lower(grant, taken)
                excess -= taken
                for product_id, part in grant.parts.items():
                    cart.nets[product_id] += before[product_id] - part


def least_net(cost: int, floor: Rate) -> int:
    """The least for which something of that cost may be sold, so that the floor of it is left as margin."""
    return -(-cost * BASIS_POINTS // (BASIS_POINTS - floor.basis_points))


def most_free(gross: int, unit_cost: int, quantity: int, floor: Rate) -> int:
    """How many units can be free with a line at its full price, the margin floor kept."""
    if not unit_cost:
        return quantity * BASIS_POINTS
    return max(0, gross * (BASIS_POINTS - floor.basis_points) // (unit_cost * BASIS_POINTS) - quantity)


def _raise_to(least: int, product_id: int, grants: Sequence[Grant], cart: Cart) -> None:
    short = least - cart.nets[product_id]
    for grant in reversed(grants):
        if short <= 0:
            return
        part = min(short, grant.parts.get(product_id, 0))
        if part:
            grant.parts[product_id] -= part
            grant.rates.pop(product_id, None)
            cart.nets[product_id] += part
            short -= part
