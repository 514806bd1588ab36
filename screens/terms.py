"""How something is paid, in words; and the terms of a customer as finance keeps them (CUS-05)."""

from __future__ import annotations

from domain.money import Money
from domain.terms import CustomerTerms, Term, TermKind, TermPart, made
from screens.callbacks.credit import OpenCreditCard
from screens.callbacks.terms import AddTerm, AskTerm, DropOwnTerms, OpenTerms, RemoveTerm
from screens.home import home_button
from screens.language import Language
from screens.screen import ALONE, SHARING, Button, Screen, shortened

OFFERED = (
    made(TermKind.CASH_PRE),
    made(TermKind.COD),
    made(TermKind.CHEQUE, 30),
    made(TermKind.CHEQUE, 45),
    made(TermKind.CHEQUE, 60),
    made(TermKind.ACCOUNT, 7),
    made(TermKind.ACCOUNT, 21),
    made(TermKind.CONSIGNMENT, 30),
)
"""What is agreed most often is one tap away; everything else is typed."""


def term_words(term: Term, _: Language) -> str:
    """«چک ۴۵ روزه», «۴۰٪ نقد + چک ۴۵ روزه»; plain text, for buttons and messages alike."""
    if term.kind is not TermKind.MIXED:
        return kind_words(term.kind, term.days, _)
    assert term.rest is not None
    rest = kind_words(term.rest, term.days, _)
    if not term.cash.basis_points:
        return _.label("{amount} toman in cash + {rest}", amount=term.down, rest=rest)
    if term.down:
        return _.label(
            "{share} and {amount} toman in cash + {rest}", share=term.cash, amount=term.down, rest=rest
        )
    return _.label("{share} in cash + {rest}", share=term.cash, rest=rest)


def kind_words(kind: TermKind, days: int, _: Language) -> str:
    """One way to pay, with its days where it has some."""
    match kind:
        case TermKind.CASH_PRE:
            return _.label("cash")
        case TermKind.COD:
            return _.label("cash on delivery")
        case TermKind.CHEQUE if days:
            return _.label("cheque of {days} days", days=days)
        case TermKind.CHEQUE:
            return _.label("cheque of the day")
        case TermKind.ACCOUNT:
            return _.label("open account of {days} days", days=days)
        case TermKind.CONSIGNMENT:
            return _.label("on consignment for {days} days", days=days)
        case TermKind.MIXED:
            return _.label("mixed")


def term_with_discount(term: Term, _: Language) -> str:
    """«نقد (۴٪ تخفیف)»."""
    words = term_words(term, _)
    if not term.discount.basis_points:
        return words
    return _.label("{term} ({rate} discount)", term=words, rate=term.discount)


def part_words(part: TermPart, _: Language) -> str:
    """«نقد: ۴٬۲۳۴٬۳۳۶»."""
    amount: Money = part.amount
    return _.label("{term}: {amount}", term=kind_words(part.kind, part.days, _), amount=amount)


def terms(found: CustomerTerms, may_change: bool, _: Language) -> Screen:
    """The terms of one customer; finance alone adds and removes."""
    text = [_("🧾 Payment terms of {customer}", customer=found.customer_name)]
    text += [
        _("{at}. {term}", at=at, term=term_with_discount(term, _)) for at, term in enumerate(found.terms, 1)
    ]
    if not found.terms:
        text.append(_("Nothing was agreed: they pay in cash on delivery."))
    elif not found.own:
        text.append(
            _("These hold for the whole group or company. The first change makes terms of their own.")
        )
    rows: list[tuple[Button, ...]] = []
    if may_change:
        rows += [_removal(found, term, _) for term in found.terms if len(found.terms) > 1]
        rows.append((Button(_.label("➕ Add a term"), AskTerm(customer_id=found.customer_id)),))
        if found.own:
            drop = DropOwnTerms(customer_id=found.customer_id)
            rows.append((Button(_.label("↩️ As for everybody"), drop),))
    card = Button(_.label("⬅️ Back"), OpenCreditCard(customer_id=found.customer_id))
    rows.append((card, home_button(_)))
    return Screen("\n".join(text), tuple(rows))


def _removal(found: CustomerTerms, term: Term, _: Language) -> tuple[Button, ...]:
    label = _.label("🗑 {term}", term=term_with_discount(term, _))
    return (Button(shortened(label, ALONE), RemoveTerm(customer_id=found.customer_id, term_id=term.id)),)


def term_question(found: CustomerTerms, _: Language) -> Screen:
    """Which term is added: one of the usual ones, or what is typed."""
    text = _(
        "Which term is added for {customer}? Choose one, or write it, for example:\n"
        "“cheque 75 days”, “cash 4%”, “40% cash, the rest cheque 45 days”",
        customer=found.customer_name,
    )
    buttons = [
        Button(
            shortened(term_words(term, _), SHARING),
            AddTerm(customer_id=found.customer_id, kind=term.kind, days=term.days),
        )
        for term in OFFERED
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    back = Button(_.label("⬅️ Back"), OpenTerms(customer_id=found.customer_id))
    return Screen(text, (*rows, (back, home_button(_))))
