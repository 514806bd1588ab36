"""From the basket to the final look: how it is paid, what comes as a bonus, and on which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_urlsafe

from domain.actors import Actor
from domain.basket import Basket, Renewal, Step, Summary, TermChoice
from domain.catalogue import Offer
from domain.checkout import Placing, TermTotal, digest, placing
from domain.errors import NoDeliveryDay, NotFound, OutletNotChosen
from domain.gifts import BonusChoices, BonusQuestion, ShortBonus, ShortGoods, ShortWish
from domain.money import ZERO, Money
from domain.orders import Order, units_now
from domain.terms import Term, allowed_term
from services import credit, terms
from services.basket import find_basket, onward, save_draft
from services.calendar import delivery_plan
from services.catalogue import similar
from services.quotes import Rules, priced, rules_for
from storage.unit_of_work import UnitOfWork

NONCE_BYTES = 16
Change = Callable[[BonusChoices], BonusChoices]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A basket as it would be placed at this moment; without a ``term`` nobody can say what it comes to."""

    basket: Basket
    choice: TermChoice
    term: Term | None
    placing: Placing | None

    def digest(self, day: date | None) -> str:
        """One word for all that would be placed for that day."""
        assert self.placing is not None
        return digest(self.placing.lines, self.placing.quote, self.term, day)


async def look(uow: UnitOfWork, actor: Actor, basket: Basket, now: datetime) -> Look:
    """Today's prices, promotions and stock, and whether the draft's term is still allowed."""
    rules = await rules_for(uow, basket, now)
    basket, offers = await priced(uow, actor, basket, rules, now)
    allowed = await terms.allowed(uow, basket.draft.customer_id)
    term = allowed_term(allowed, basket.draft.term)
    if term is None:
        return Look(basket=basket, choice=_totals(basket, allowed, rules, offers), term=None, placing=None)
    basket = replace(basket, draft=replace(basket.draft, term=replace(term, id=0)))
    quote = rules.quote(basket.draft, offers, term.settlement)
    return Look(
        basket=basket,
        choice=TermChoice(basket=basket, totals=(TermTotal(term=term, quote=quote),)),
        term=replace(term, id=0),
        placing=placing(basket.draft, quote, offers, basket.own_units),
    )


def _totals(
    basket: Basket, allowed: tuple[Term, ...], rules: Rules, offers: Mapping[int, Offer]
) -> TermChoice:
    return TermChoice(
        basket=basket,
        totals=tuple(
            TermTotal(term=term, quote=rules.quote(basket.draft, offers, term.settlement)) for term in allowed
        ),
    )


async def choose_term(uow: UnitOfWork, actor: Actor, now: datetime) -> Step:
    """How the basket can be paid, with each total; whoever has one way only is asked for the day at once."""
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    allowed = await terms.allowed(uow, basket.draft.customer_id)
    if len(allowed) == 1:
        return await onward(uow, basket, now)
    rules = await rules_for(uow, basket, now)
    basket, offers = await priced(uow, actor, basket, rules, now)
    return _totals(basket, allowed, rules, offers)


async def set_term(uow: UnitOfWork, actor: Actor, term_id: int, now: datetime) -> Step:
    """It is paid so; the day follows. A term that is not allowed any more leads back to the question."""
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    allowed = await terms.allowed(uow, basket.draft.customer_id)
    term = next((each for each in allowed if each.id == term_id), None)
    if term is None:
        return await choose_term(uow, actor, now)
    return await onward(uow, await _paid(uow, basket, term, now), now)


async def pay_by(uow: UnitOfWork, actor: Actor, term: Term, now: datetime) -> Step:
    """The same, for a term that grew out of an allowed one (S1.23); the final look follows."""
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    await _paid(uow, basket, term, now)
    return await summarise(uow, actor, now)


async def _paid(uow: UnitOfWork, basket: Basket, term: Term, now: datetime) -> Basket:
    draft = replace(basket.draft, term=replace(term, id=0))
    if draft == basket.draft:
        return basket
    return replace(basket, draft=await save_draft(uow, draft, basket.draft, now))


async def settle_bonus(uow: UnitOfWork, actor: Actor, wish: ShortGoods, now: datetime) -> Step:
    """What is wanted instead of bonus units that are not there; the final look, or the next question."""
    if wish.wish is not ShortWish.SIMILAR:
        wish = replace(wish, other_id=None)
    return await _said(uow, actor, lambda said: said.with_wish(wish), now)


async def pick_bonus(
    uow: UnitOfWork, actor: Actor, promotion_id: int, product_id: int, units: int, now: datetime
) -> Step:
    """So many of the bonus units that may be chosen are of that product."""
    return await _said(uow, actor, lambda said: said.with_chosen(promotion_id, product_id, units), now)


async def unpick_bonus(uow: UnitOfWork, actor: Actor, promotion_id: int, now: datetime) -> Step:
    """Choose once more from the beginning."""
    return await _said(uow, actor, lambda said: said.without_chosen(promotion_id), now)


async def _said(uow: UnitOfWork, actor: Actor, change: Change, now: datetime) -> Step:
    basket = await find_basket(uow, actor)
    basket.draft.require_lines()
    draft = replace(basket.draft, bonus_choices=change(basket.draft.bonus_choices))
    if draft != basket.draft:
        await save_draft(uow, draft, basket.draft, now)
    return await summarise(uow, actor, now)


async def summarise(
    uow: UnitOfWork, actor: Actor, now: datetime, day: date | None = None, renewal: Renewal | None = None
) -> Step:
    """The final look at the active draft: today's prices, the day, and a fresh nonce for exactly these.

    Without a ``day`` the draft's own stays while it can be kept, or else the first possible one is taken.
    Before it comes what is still to be said: how it is paid, and what of the bonus goods.
    """
    was = await find_basket(uow, actor)
    seen = await look(uow, actor, was, now)
    draft = seen.basket.draft
    plan = await delivery_plan(uow, draft.outlet_id, now)
    if plan.has_others and not draft.is_outlet_chosen:
        raise OutletNotChosen
    days = plan.days(now)
    chosen = day or (draft.deliver_on if draft.deliver_on in days else next(iter(days), None))
    if chosen is None or chosen not in days:
        raise NoDeliveryDay
    draft = replace(draft, deliver_on=chosen)
    if seen.placing is None or seen.placing.question is not None:
        basket = replace(seen.basket, draft=await _kept(uow, draft, was.draft, now))
        if seen.placing is None or seen.placing.question is None:
            return replace(seen.choice, basket=basket)
        return await _with_substitute(uow, actor, seen.placing.question, basket, now)
    draft = replace(draft, nonce=token_urlsafe(NONCE_BYTES), quote_digest=seen.digest(chosen))
    saved = await save_draft(uow, draft, was.draft, now)
    summary = Summary(
        basket=replace(seen.basket, draft=saved),
        plan=plan,
        lines=seen.placing.lines,
        is_late=plan.is_late(chosen, now),
        renewal=renewal,
    )
    return replace(summary, credit_after=await _credit_after(uow, actor, summary, now))


async def _kept(uow: UnitOfWork, draft: Order, was: Order, now: datetime) -> Order:
    return draft if draft == was else await save_draft(uow, draft, was, now)


async def _with_substitute(
    uow: UnitOfWork, actor: Actor, question: BonusQuestion, basket: Basket, now: datetime
) -> BonusQuestion:
    """The nearest of its like that is there and costs no more than the bonus that was promised."""
    if not isinstance(question, ShortBonus):
        return question
    try:
        promised, shelf = await similar(uow, question.product_id, actor, now)
    except NotFound:
        return question
    most, taken = promised.price or ZERO, units_now(basket.draft.lines)
    fits = (
        offer
        for offer in shelf.offers
        if offer.price is not None
        and offer.price <= most
        and offer.stock.available - taken.get(offer.product.id, 0) >= question.missing
    )
    return replace(question, substitute=next(fits, None))


async def _credit_after(uow: UnitOfWork, actor: Actor, summary: Summary, now: datetime) -> Money | None:
    """What is left of the credit with that order; only for whoever may see it, and where it uses any."""
    order = summary.order
    amount = order.term.credit_part(order.payable) if order.term else ZERO
    if not amount or order.term is None or not actor.rights.may_see_balance:
        return None
    found = await credit.preview(
        uow,
        order.customer_id,
        amount,
        now,
        on_account=order.term.is_on_account,
        instead_of=summary.basket.original,
    )
    left = found.limit - found.with_order
    return left if left >= ZERO else None
