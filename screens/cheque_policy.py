"""Which drawers' cheques the company takes, by their colour."""

from __future__ import annotations

from collections.abc import Mapping

from domain.drawers import ColourPolicy, DrawerColour, DrawerDecision
from screens.callbacks.instruments import (
    AskColourRule,
    OpenChequeDesk,
    OpenColourPolicy,
    SetColourRule,
)
from screens.cheque_words import colour_label
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.screen import Button, Screen


def decision_word(decision: DrawerDecision, _: Language) -> Words:
    return {
        DrawerDecision.ACCEPT: _("taken"),
        DrawerDecision.MANAGER: _("a manager agrees"),
        DrawerDecision.FINANCE: _("finance decides"),
        DrawerDecision.REFUSE: _("not taken"),
        DrawerDecision.ALERT: _("not taken, managers are told"),
    }[decision]


def colour_policy(table: Mapping[DrawerColour, ColourPolicy], _: Language, *, is_manager: bool) -> Screen:
    """The whole table; a manager may change each line."""
    lines = [_("🎨 Which cheques we take, by the colour of the drawer:")]
    for colour, rule in table.items():
        word = decision_word(rule.decision, _)
        if rule.most_share is not None:
            word = _("{decision}, at most {share} of what is owed", decision=word, share=rule.most_share)
        lines.append(_("{colour}: {decision}", colour=Words(colour_label(colour, _)), decision=word))
    buttons = [Button(colour_label(each, _), AskColourRule(colour=each)) for each in table]
    rows = in_rows(buttons, 3) if is_manager else ()
    back = Button(_.label("⬅️ Back"), OpenChequeDesk())
    return Screen("\n".join(lines), (*rows, (back, home_button(_))))


def rule_question(colour: DrawerColour, _: Language) -> Screen:
    """What shall be done with that colour?"""
    buttons = [
        Button(str(decision_word(each, _)), SetColourRule(colour=colour, decision=each))
        for each in DrawerDecision
    ]
    text = _(
        "What shall be done with cheques of a drawer who is {colour}?", colour=Words(colour_label(colour, _))
    )
    back = Button(_.label("⬅️ Back"), OpenColourPolicy())
    return Screen(text, (*in_rows(buttons, 1), (back, home_button(_))))
