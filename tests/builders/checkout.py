"""A customer with terms, credit and promotions, on the way to an order."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actors import Actor
from domain.basket import Step, Summary, TermChoice
from domain.catalogue import Product
from domain.credit import CreditLimit
from domain.money import Rate, of_toman
from domain.promotion_rules import Bonus, Tier
from domain.promotions import Promotion
from domain.terms import Term, TermKind, made
from services import checkout
from storage.unit_of_work import UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer
from tests.builders.pricing import SHAMPOO_STEPS, TEN_AND_ONE, on
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

CASH = made(TermKind.CASH_PRE, discount=Rate(400))
CHEQUE = made(TermKind.CHEQUE, 45)
ACCOUNT = made(TermKind.ACCOUNT, 21)
MIXED = made(TermKind.MIXED, 45, Rate(400), Rate(4_000), TermKind.CHEQUE)
LIMIT = of_toman(150_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The pharmacy of the scripts, its goods and the promotions on them."""

    buyer: Actor
    shampoo: Product
    toothpaste: Product
    gloves: Product
    tier: Promotion
    bonus: Promotion

    @property
    def customer_id(self) -> int:
        return self.buyer.require_customer().id

    @property
    def basket(self) -> dict[Product, int]:
        """What S1.15 shows."""
        return {self.shampoo: 24, self.toothpaste: 40, self.gloves: 10}


async def a_shop(
    uow: UnitOfWork, *terms: Term, limit: CreditLimit | None = None, toothpaste: int = 500
) -> Shop:
    """With so many toothpastes on the shelf; who agreed on nothing pays by cheque."""
    buyer = await a_buyer(uow, may_see_balance=True)
    customer_id = buyer.require_customer().id
    await uow.terms.put(terms or (CHEQUE,), customer_id=customer_id)
    await uow.credit.put_limit(limit or CreditLimit(total=LIMIT), NOW, customer_id=customer_id)
    shampoo = await a_product(uow, name="شامپو ضدشوره آوین ۲۵۰", toman=148_000, carton=24)
    paste = await a_product(uow, name="خمیردندان سپیدتن ۱۰۰", toman=96_000, on_hand=toothpaste)
    gloves = await a_product(uow, name="دستکش لاتکس M", toman=265_000, vat=0)
    tier = await a_kept_promotion(uow, Tier(steps=SHAMPOO_STEPS), on(shampoo.id))
    bonus = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), on(paste.id))
    return Shop(buyer=buyer, shampoo=shampoo, toothpaste=paste, gloves=gloves, tier=tier, bonus=bonus)


async def pay(uow: UnitOfWork, shop: Shop, term: Term) -> Step:
    """Choose that term of those that are offered."""
    choice = await checkout.choose_term(uow, shop.buyer, NOW)
    assert isinstance(choice, TermChoice)
    chosen = next(each.term for each in choice.totals if each.term.is_same(term))
    return await checkout.set_term(uow, shop.buyer, chosen.id, NOW)


async def final_look(uow: UnitOfWork, shop: Shop) -> Summary:
    shown = await checkout.summarise(uow, shop.buyer, NOW)
    assert isinstance(shown, Summary)
    return shown
