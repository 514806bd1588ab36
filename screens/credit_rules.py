"""What holds for everybody's credit, as finance keeps it (CRD-01)."""

from __future__ import annotations

from domain.credit import CreditLimit, CreditPolicy
from domain.credit_books import BookOrder
from domain.credit_rules import BOUNDS, CreditRules, GroupLimit, Rule
from screens.callbacks.credit import AskCompanyLimit, AskGroupLimit, AskRule, OpenCreditBook, OpenCreditRules
from screens.home import home_button
from screens.language import Language, Words
from screens.screen import ALONE, Button, Screen, shortened

GROUPS_SHOWN = 20


def rules(found: CreditRules, _: Language) -> Screen:
    lines = [
        _("⚙️ Rules of credit"),
        _("Without a limit of their own or of their group: {limit}", limit=_limit_words(found.company, _)),
        *(
            _("{group}: {limit}", group=each.name, limit=_limit_words(each.limit, _))
            for each in found.groups[:GROUPS_SHOWN]
        ),
        *(_rule_line(rule, found.policy, _) for rule in Rule),
    ]
    back = Button(_.label("⬅️ Back"), OpenCreditBook(order=BookOrder.DEBT, page=1))
    return Screen(
        "\n".join(lines), (*(_setting(found, _) if found.may_change else ()), (back, home_button(_)))
    )


def _limit_words(limit: CreditLimit | None, _: Language) -> Words:
    if limit is None or limit.total is None:
        return _("not set")
    return _("{amount} toman", amount=limit.total) if limit.total else _("cash only")


def _rule_line(rule: Rule, policy: CreditPolicy, _: Language) -> Words:
    match rule:
        case Rule.OVERDUE:
            return _("Days overdue until credit stops: {days}", days=policy.overdue_days)
        case Rule.OVERDUE_BEST:
            return _("The same for group A: {days}", days=policy.overdue_days_best)
        case Rule.PERCENT:
            return _("A manager decides up to {percent}% of the limit", percent=policy.most_percent)
    return _("Working hours for an answer: {hours}", hours=policy.decide_hours)


def _setting(found: CreditRules, _: Language) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(_.label("✏️ Limit of the company"), AskCompanyLimit()),),
        *((_group(each, _),) for each in found.groups[:GROUPS_SHOWN]),
        (
            Button(_.label("✏️ Days overdue"), AskRule(rule=Rule.OVERDUE)),
            Button(_.label("✏️ Days, group A"), AskRule(rule=Rule.OVERDUE_BEST)),
        ),
        (
            Button(_.label("✏️ Percent"), AskRule(rule=Rule.PERCENT)),
            Button(_.label("✏️ Hours"), AskRule(rule=Rule.HOURS)),
        ),
    )


def _group(each: GroupLimit, _: Language) -> Button:
    label = _.label("✏️ Limit of {group}", group=each.name)
    return Button(shortened(label, ALONE), AskGroupLimit(group_id=each.group_id))


def shared_limit_question(group: str | None, _: Language) -> Screen:
    if group is None:
        text = _("The limit of everybody who has no other? For example “50 million”; 0 means cash only.")
    else:
        text = _("The limit of “{group}”? For example “50 million”; 0 means cash only.", group=group)
    return _asking(text, _)


def rule_question(rule: Rule, _: Language) -> Screen:
    first, last = BOUNDS[rule]
    return _asking(_("Please write a number from {first} to {last}.", first=first, last=last), _)


def _asking(text: Words, _: Language) -> Screen:
    return Screen(text, ((Button(_.label("⬅️ Back"), OpenCreditRules()), home_button(_)),))
