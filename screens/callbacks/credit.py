"""Buttons of credit: an order over the limit, whoever decides on it, and what finance sees and sets."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from domain.credit_books import BookOrder
from domain.credit_rules import Rule
from screens.callbacks.base import Count, Id, Nonce, Version


class PayDifference(CallbackData, prefix="cr.split"):
    """What is too much is paid in cash, the rest as before (S1.23); the version is the one that was shown."""

    order_id: Id
    version: Version


class PayAllCash(CallbackData, prefix="cr.cash"):
    """All of it is paid in cash."""

    order_id: Id
    version: Version


class CutBasket(CallbackData, prefix="cr.cut"):
    """The lines of the basket, to be made less until it fits."""

    page: Count


class CutLine(CallbackData, prefix="cr.less"):
    """That many of the product are left in the basket."""

    product_id: Id
    quantity: Count
    page: Count


class AskApproval(CallbackData, prefix="cr.ask"):
    """Place it held, and ask somebody to decide: the nonce is the one of the summary."""

    order_id: Id
    version: Version
    nonce: Nonce


class ExplainCredit(CallbackData, prefix="cr.how"):
    """How one's remaining credit comes about (S3.2)."""


class OpenApprovals(CallbackData, prefix="ap"):
    """The orders that wait for a decision."""

    page: Count


class OpenApproval(CallbackData, prefix="ap.o"):
    """The card of one of them, as everything is now (S1.24)."""

    order_id: Id


class OpenApprovalStatement(CallbackData, prefix="ap.led"):
    """What moved the account of who ordered, with the way back to the order."""

    order_id: Id


class OpenApprovalLines(CallbackData, prefix="ap.lines"):
    order_id: Id
    page: Count


class ApproveOrder(CallbackData, prefix="ap.yes"):
    """Let it through; ``seen`` is a number for all that the card showed."""

    order_id: Id
    seen: Id


class AskPrepayment(CallbackData, prefix="ap.pre"):
    """Ask how much of it is to be paid before."""

    order_id: Id
    seen: Id


class ApproveWithDifference(CallbackData, prefix="ap.over"):
    """Let it through when what is above the limit is paid before."""

    order_id: Id
    seen: Id


class AskRefusal(CallbackData, prefix="ap.no?"):
    """Ask for a word to the customer."""

    order_id: Id


class RefuseOrder(CallbackData, prefix="ap.no"):
    """Refuse it without a word."""

    order_id: Id


class ReferOrder(CallbackData, prefix="ap.fin"):
    """Leave it to finance."""

    order_id: Id


class WriteToBuyer(CallbackData, prefix="ap.say"):
    order_id: Id


class OpenCreditBook(CallbackData, prefix="cr.book"):
    """All customers who owe, in that order."""

    order: BookOrder
    page: Count


class SendCreditBook(CallbackData, prefix="cr.file"):
    """The same as a file."""

    order: BookOrder


class OpenCreditCard(CallbackData, prefix="cr.of"):
    """One customer's credit, for our people."""

    customer_id: Id


class FindDebtor(CallbackData, prefix="cr.find"):
    """Ask for a name."""


class LimitPart(StrEnum):
    TOTAL = "all"
    OPEN = "open"
    TEMPORARY = "temp"


class AskLimit(CallbackData, prefix="cr.lim"):
    """Ask for a new limit."""

    customer_id: Id
    part: LimitPart


class DropLimit(CallbackData, prefix="cr.inh"):
    """The customer's own limits go: those of the group or the company hold."""

    customer_id: Id


class AskStop(CallbackData, prefix="cr.stop"):
    """Ask why credit is stopped."""

    customer_id: Id


class AskRelease(CallbackData, prefix="cr.free"):
    """Ask why one stop is released."""

    hold_id: Id


class TakeMeantLimit(CallbackData, prefix="cr.meant"):
    """The small amount was understood rightly: what counts is what was typed, not the button."""


class TakeMeantPrepayment(CallbackData, prefix="ap.meant"):
    """The same, for what is to be paid before."""


class OpenCreditRules(CallbackData, prefix="cr.co"):
    """What holds for everybody: the limits of the company and of groups, and the rules."""


class AskCompanyLimit(CallbackData, prefix="cr.co.lim"):
    """Ask for the limit of those who have none of their own."""


class AskGroupLimit(CallbackData, prefix="cr.gr.lim"):
    """The same for one group."""

    group_id: Id


class AskRule(CallbackData, prefix="cr.rule"):
    """Ask for one number of the rules."""

    rule: Rule
