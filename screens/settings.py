"""One's own account: messages (S0.6), hours, favourite categories, colleagues, centres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.catalogue import Category
from domain.customers import Colleague, Customer, Preferences
from screens.callbacks.settings import (
    ChooseCentre,
    OpenCentres,
    OpenColleagues,
    OpenHours,
    OpenInterests,
    OpenSettings,
    Right,
    SwitchHours,
    SwitchInterest,
    SwitchRight,
    SwitchTopic,
    Topic,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import turning
from screens.screen import ALONE, SHARING, Button, Screen, shortened

A_PAGE = 8
"""So many categories are offered at once."""


def settings(wanted: Preferences, _: Language, *, is_manager: bool) -> Screen:
    """S0.6, with what else can be settled about oneself."""
    text = "\n".join(
        (
            _("Which messages shall we send you?"),
            _("✅ Order status (always on)"),
            _marked(_("Reminders of due dates"), _, is_on=wanted.reminders),
            _marked(_("Offers and discounts"), _, is_on=wanted.promotions),
            _marked(_("A survey after each delivery"), _, is_on=wanted.surveys),
            *((_("🔕 We send you no surveys."),) if wanted.no_surveys else ()),
            _("Hours: {hours}", hours=_hours(wanted.hours, _)),
        )
    )
    return Screen(
        text,
        (
            (
                _switch(Topic.PROMOTIONS, _, is_on=wanted.promotions),
                Button(_.label("Hours"), OpenHours()),
                Button(_.label("Favourite categories"), OpenInterests(page=1)),
            ),
            (
                _switch(Topic.REMINDERS, _, is_on=wanted.reminders),
                _switch(Topic.SURVEYS, _, is_on=wanted.surveys),
            ),
            (_switch(Topic.NO_SURVEYS, _, is_on=wanted.no_surveys),),
            (
                *((Button(_.label("👥 Colleagues"), OpenColleagues()),) if is_manager else ()),
                Button(_.label("🏬 My centres"), OpenCentres()),
            ),
            (home_button(_),),
        ),
    )


def _marked(name: Words, _: Language, *, is_on: bool) -> str:
    return _("✅ {name}", name=name) if is_on else _("⬜️ {name}", name=name)


def _switch(topic: Topic, _: Language, *, is_on: bool) -> Button:
    """The label says what the tap will do."""
    match topic, is_on:
        case Topic.PROMOTIONS, True:
            label = _.label("Offers: off")
        case Topic.PROMOTIONS, False:
            label = _.label("Offers: on")
        case Topic.REMINDERS, True:
            label = _.label("Due dates: off")
        case Topic.REMINDERS, False:
            label = _.label("Due dates: on")
        case Topic.SURVEYS, True:
            label = _.label("Surveys: off")
        case Topic.SURVEYS, False:
            label = _.label("Surveys: on")
        case Topic.NO_SURVEYS, True:
            label = _.label("🔔 Surveys again")
        case _:
            label = _.label("🔕 No surveys at all")
    return Button(label, SwitchTopic(topic=topic, on=int(not is_on)))


def _hours(spans: Iterable[tuple[int, int]], _: Language) -> Words:
    words = [_("{first} to {last}", first=first, last=last) for first, last in _joined(spans)]
    together = words[0]
    for each in words[1:]:
        together = _("{some} and {more}", some=together, more=each)
    return together


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch are one: 9 to 13 and 13 to 16 are 9 to 16."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def hours(wanted: Preferences, spans: Sequence[tuple[int, int]], _: Language) -> Screen:
    """A tap takes a span in or out."""
    return Screen(
        _("When may our messages come? Now: {hours}", hours=_hours(wanted.hours, _)),
        (
            *((_span(span, _, is_on=span in wanted.hours),) for span in spans),
            (Button(_.label("⬅️ Back"), OpenSettings()), home_button(_)),
        ),
    )


def _span(span: tuple[int, int], _: Language, *, is_on: bool) -> Button:
    first, last = span
    label = _ticked(_.label("{first} to {last}", first=first, last=last), _, is_on=is_on)
    return Button(label, SwitchHours(first=first, last=last, on=int(not is_on)))


def interests(wanted: Preferences, categories: Sequence[Category], page: int, _: Language) -> Screen:
    """Favourite categories, a page of them; a tap takes one in or out. Pages count from 1."""
    pages = max(1, -(-len(categories) // A_PAGE))
    page = min(max(page, 1), pages)
    shown = categories[(page - 1) * A_PAGE : page * A_PAGE]
    turns = turning(page, pages, lambda to: OpenInterests(page=to), _)
    return Screen(
        _("Which categories interest you most?"),
        (
            *((_interest(each, page, _, is_on=each.id in wanted.category_ids),) for each in shown),
            *((turns,) if turns else ()),
            (Button(_.label("⬅️ Back"), OpenSettings()), home_button(_)),
        ),
    )


def _interest(category: Category, page: int, _: Language, *, is_on: bool) -> Button:
    label = _ticked(category.name, _, is_on=is_on)
    return Button(
        shortened(label, ALONE), SwitchInterest(category_id=category.id, on=int(not is_on), page=page)
    )


def _ticked(name: str, _: Language, *, is_on: bool) -> str:
    return _.label("✅ {name}", name=name) if is_on else _.label("⬜️ {name}", name=name)


def colleagues(people: Sequence[Colleague], _: Language) -> Screen:
    """Who acts for the centre, and what each may do; managers are not switched by each other."""
    lines: list[str] = [_("The people of your centre:")]
    rows: list[tuple[Button, ...]] = []
    for each in people:
        lines.append(_colleague_line(each, _))
        if not each.role.may_approve:
            rows.append(_rights(each, _))
    return Screen("\n".join(lines), (*rows, (Button(_.label("⬅️ Back"), OpenSettings()), home_button(_))))


def _colleague_line(each: Colleague, _: Language) -> str:
    if each.role.may_approve:
        return _("👤 {name}: manages the centre", name=each.name)
    match each.role.may_order, each.role.may_see_balance:
        case True, True:
            return _("👤 {name}: orders and sees the account", name=each.name)
        case True, False:
            return _("👤 {name}: orders", name=each.name)
        case False, True:
            return _("👤 {name}: sees the account", name=each.name)
    return _("👤 {name}: no rights", name=each.name)


def _rights(each: Colleague, _: Language) -> tuple[Button, ...]:
    role = each.role
    order = _ticked(_.label("Orders: {name}", name=each.name), _, is_on=role.may_order)
    balance = _ticked(_.label("Account: {name}", name=each.name), _, is_on=role.may_see_balance)
    return (
        _right(role.contact_id, Right.ORDER, order, is_on=role.may_order),
        _right(role.contact_id, Right.BALANCE, balance, is_on=role.may_see_balance),
    )


def _right(contact_id: int, right: Right, label: str, *, is_on: bool) -> Button:
    return Button(
        shortened(label, SHARING), SwitchRight(contact_id=contact_id, right=right, on=int(not is_on))
    )


def centres(customers: Sequence[Customer], active_id: int, _: Language) -> Screen:
    """For which centre do you speak?"""
    rows = tuple(
        (
            Button(
                shortened(_ticked(each.name, _, is_on=each.id == active_id), ALONE),
                ChooseCentre(customer_id=each.id),
            ),
        )
        for each in customers
    )
    text = _("For which centre do you speak from now on?")
    return Screen(text, (*rows, (Button(_.label("⬅️ Back"), OpenSettings()), home_button(_))))
