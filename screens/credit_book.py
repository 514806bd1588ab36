"""The whole book of those who owe, and finding one of them by name (CRD-02)."""

from __future__ import annotations

from datetime import date

from domain.credit_books import BookLine, BookOrder, Debtor
from domain.money import ZERO, Money
from screens.callbacks.credit import (
    FindDebtor,
    OpenCreditBook,
    OpenCreditCard,
    OpenCreditRules,
    SendCreditBook,
)
from screens.document_words import page_of
from screens.home import home_button
from screens.language import FullDay, Language, Millions
from screens.pages import titled, turning
from screens.paper import Align, Cell, Column, Form, Page, Paper
from screens.screen import ALONE, Button, Screen, shortened


def _opening(label: str, customer_id: int) -> Button:
    return Button(shortened(label, ALONE), OpenCreditCard(customer_id=customer_id))


def book(
    found: tuple[BookLine, ...], order: BookOrder, page: int, has_more: bool, today: date, _: Language
) -> Screen:
    """The whole book, a page of it; each line opens its customer."""
    pages = page + 1 if has_more else page
    title = _("📚 By debt") if order is BookOrder.DEBT else _("📚 By what is overdue")
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                shortened(_line(each, order, today, _), ALONE), OpenCreditCard(customer_id=each.customer_id)
            ),
        )
        for each in found
    ]
    if pages > 1:
        rows.append(turning(page, pages, lambda to: OpenCreditBook(order=order, page=to), _))
    other = BookOrder.OVERDUE if order is BookOrder.DEBT else BookOrder.DEBT
    label = _.label("⏰ By what is overdue") if other is BookOrder.OVERDUE else _.label("💰 By debt")
    rows.append((Button(label, OpenCreditBook(order=other, page=1)),))
    rows.append(
        (
            Button(_.label("🔎 Find a customer"), FindDebtor()),
            Button(_.label("📊 Excel file"), SendCreditBook(order=order)),
        )
    )
    text = titled(title, page, pages, _) if found else _("No customer owes anything.")
    rows.append((Button(_.label("⚙️ Rules of credit"), OpenCreditRules()), home_button(_)))
    return Screen(text, tuple(rows))


def _line(each: BookLine, order: BookOrder, today: date, _: Language) -> str:
    if order is BookOrder.OVERDUE and each.overdue:
        return _.label(
            "{amount}m · {days} days · {customer}",
            amount=Millions(each.overdue),
            days=each.overdue_days(today),
            customer=each.customer,
        )
    return _.label("{amount}m · {customer}", amount=Millions(each.balance), customer=each.customer)


def book_file(
    found: tuple[BookLine, ...], order: BookOrder, company: str, today: date, _: Language
) -> Screen:
    """The whole book as a workbook."""
    is_by_debt = order is BookOrder.DEBT
    title = _.label("Customers by debt") if is_by_debt else _.label("Customers by what is overdue")
    page = Page(
        title=title,
        company=_.plain(company),
        facts=((_.label("Made on"), _.plain(FullDay(today))),),
        boxes=(),
        columns=(
            Column(title=_.label("Customer"), align=Align.WORDS, width=4),
            *(
                Column(title=each, align=Align.NUMBER)
                for each in (
                    _.label("Balance"),
                    _.label("Overdue"),
                    _.label("Days"),
                    _.label("Uncleared cheques"),
                    _.label("Number of cheques"),
                    _.label("Came back"),
                    _.label("Number of these"),
                )
            ),
        ),
        rows=tuple(_cells(each, today, _) for each in found),
        totals=_total(found, _),
        unit=_.label("Amounts in toman"),
        page_of=page_of(_),
        is_wide=True,
        code=_.code,
    )
    excuse = _("The file could not be made. Please try again.")
    back = Button(_.label("⬅️ Back"), OpenCreditBook(order=order, page=1))
    paper = Paper(name=title, page=page, form=Form.EXCEL, excuse=excuse)
    return Screen(_("📊 {title}", title=title), ((back, home_button(_)),), document=paper)


def _amount(amount: Money, _: Language) -> Cell:
    return Cell(_.plain(amount), amount.counted_in(_.money_unit))


def _number(number: int, _: Language) -> Cell:
    return Cell(_.plain(number), number)


def _cells(each: BookLine, today: date, _: Language) -> tuple[Cell, ...]:
    return (
        Cell(_.plain(each.customer)),
        _amount(each.balance, _),
        _amount(each.overdue, _),
        _number(each.overdue_days(today), _),
        _amount(each.uncleared, _),
        _number(each.uncleared_count, _),
        _amount(each.bounced, _),
        _number(each.bounced_count, _),
    )


def _total(found: tuple[BookLine, ...], _: Language) -> tuple[Cell, ...]:
    return (
        Cell(_.label("Sum")),
        _amount(sum((each.balance for each in found), start=ZERO), _),
        _amount(sum((each.overdue for each in found), start=ZERO), _),
        Cell(""),
        _amount(sum((each.uncleared for each in found), start=ZERO), _),
        _number(sum(each.uncleared_count for each in found), _),
        _amount(sum((each.bounced for each in found), start=ZERO), _),
        _number(sum(each.bounced_count for each in found), _),
    )


def found_debtors(found: tuple[Debtor, ...], _: Language) -> Screen:
    """Several customers have such a name, or none."""
    text = _("Which customer?") if found else _("No customer of that name was found. Please write it again.")
    rows = [
        (
            Button(
                shortened(_.label("{customer}", customer=each.name), ALONE),
                OpenCreditCard(customer_id=each.customer_id),
            ),
        )
        for each in found
    ]
    return Screen(text, (*rows, (_book_button(_), home_button(_))))


def name_question(_: Language) -> Screen:
    return Screen(_("Please write the name of the customer."), ((_book_button(_), home_button(_)),))


def _book_button(_: Language) -> Button:
    return Button(_.label("📚 All customers"), OpenCreditBook(order=BookOrder.DEBT, page=1))
