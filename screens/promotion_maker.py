"""Making a promotion step by step: a question for each part, and the summary with an example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.customers import CustomerKind
from domain.pricing import CartLine
from domain.promotion_drafts import Choices, GoodsSort, Part, Preview, PromotionDraft
from domain.promotion_facts import PromotionFault
from domain.promotion_rules import PromotionKind
from screens.callbacks.promotions import (
    AskPart,
    DropDraft,
    GoodsChosen,
    KeepPromotion,
    OpenPromotions,
    PickAnybody,
    PickCustomer,
    PickCustomerKind,
    PickEverything,
    PickGoods,
    PickGroup,
    PickKind,
    PickNoBudget,
    PickOpenEnd,
    PickPromotionDay,
)
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import in_rows
from screens.promotion_words import customer_kind_word, kind_word
from screens.promotions import part_word, said
from screens.screen import ALONE, SHARING, Button, Screen, shortened
from screens.units import counted

KINDS = (
    PromotionKind.TIER,
    PromotionKind.LINE,
    PromotionKind.BONUS,
    PromotionKind.BASKET,
    PromotionKind.ORDER,
)
Rows = tuple[tuple[Button, ...], ...]


def kind_question(_: Language) -> Screen:
    """Which kind of promotion is to be made."""
    buttons = [Button(kind_word(kind, _), PickKind(kind=kind)) for kind in KINDS]
    back = (Button(_.label("⬅️ Back"), OpenPromotions(page=1)), home_button(_))
    return Screen(_("🎁 Which kind of promotion?"), (*in_rows(buttons, 2), back))


def part_question(draft: PromotionDraft, goods: Sequence[str], today: date, _: Language) -> Screen:
    """The question for the part that is missing next."""
    match draft.missing:
        case Part.GOODS:
            return _goods_question(goods, _)
        case Part.STEPS:
            return _asked(_steps(draft.kind, _), (), _)
        case Part.WHO:
            return _who_question(_)
        case Part.FROM:
            days = ((_.label("Today"), today), (_.label("Tomorrow"), today + timedelta(days=1)))
            buttons = tuple(Button(label, _day(day)) for label, day in days)
            return _asked(_("From which day on? Tap, or write a day."), (buttons,), _)
        case Part.UNTIL:
            first = max(draft.starts_on or today, today)
            return _asked(_("Until which day? Tap, or write the last day."), _until(first, _), _)
        case Part.BUDGET:
            text = _(
                "How much may it give in all? Write an amount or a number of pieces: "
                "“50 million”, “200 pieces”."
            )
            return _asked(text, ((Button(_.label("Without a budget"), PickNoBudget()),),), _)
    text = _("What shall the promotion be called? Customers read this name in their basket.")
    return _asked(text, (), _)


def _asked(text: Words, rows: Rows, _: Language) -> Screen:
    return Screen(text, (*rows, (Button(_.label("❌ Cancel"), DropDraft()),)))


def _day(day: date) -> PickPromotionDay:
    return PickPromotionDay(day=day.toordinal())


def _until(first: date, _: Language) -> Rows:
    spans = ((_.label("One week"), 7), (_.label("One month"), 30), (_.label("Three months"), 90))
    buttons = tuple(Button(label, _day(first + timedelta(days=days - 1))) for label, days in spans)
    return buttons, (Button(_.label("Without a last day"), PickOpenEnd()),)


def _goods_question(goods: Sequence[str], _: Language) -> Screen:
    if not goods:
        text = _("On which goods? Write the name of a product, a category or a brand.")
        return _asked(text, ((Button(_.label("All goods"), PickEverything()),),), _)
    text = _("So far: {goods}\nWrite another name, or go on.", goods=_.listed(goods))
    return _asked(text, ((Button(_.label("✅ These"), GoodsChosen()),),), _)


def _steps(kind: PromotionKind, _: Language) -> Words:
    match kind:
        case PromotionKind.TIER:
            return _(
                "Write the steps: “24 pieces 5%, 48 pieces 8%”, or by amount: “10 million 2%”.\n"
                "With “together” all of its goods count together; "
                "with “incremental” each step counts by itself."
            )
        case PromotionKind.BONUS:
            return _("Write the steps: “10+1” or “10+1, 24+3”. With “once” it is given a single time.")
        case PromotionKind.BASKET:
            return _("Write what has to be in the basket, and the rate: “2 items, 10 million, 4%”.")
        case PromotionKind.ORDER:
            return _("Write the amounts and rates: “10 million 2%, 50 million 3%”.")
    return _("How many percent? For example: 5%")


def _who_question(_: Language) -> Screen:
    kinds = [
        Button(shortened(customer_kind_word(kind, _), SHARING), PickCustomerKind(kind=kind))
        for kind in CustomerKind
    ]
    text = _("For whom? Tap, or write the name of a customer or of a group.")
    return _asked(text, ((Button(_.label("Everybody"), PickAnybody()),), *in_rows(kinds, 2)), _)


def choices(found: Choices, _: Language) -> Screen:
    """What a typed name may mean; another name can be written too."""
    rows: list[tuple[Button, ...]] = []
    for sort, icon, named in (
        (GoodsSort.BRAND, "🏷", found.brands),
        (GoodsSort.CATEGORY, "🗂", found.categories),
        (GoodsSort.PRODUCT, "📦", found.products),
    ):
        rows += [(_choice(icon, name, PickGoods(sort=sort, id=each), _),) for each, name in named.items()]
    rows += [(_choice("👥", name, PickGroup(group_id=each), _),) for each, name in found.groups.items()]
    rows += [
        (_choice("🏪", name, PickCustomer(customer_id=each), _),) for each, name in found.customers.items()
    ]
    return _asked(_("Which of these? If it is none, write the name in another way."), tuple(rows), _)


def _choice(icon: str, name: str, tap: PickGoods | PickGroup | PickCustomer, _: Language) -> Button:
    return Button(shortened(f"{icon} {_.plain(name)}", ALONE), tap)


def summary(preview: Preview, _: Language) -> Screen:
    """The whole of it in words, what it gives on real goods, and whether it starts like that."""
    lines = said(preview.deal, _)
    if preview.fault is not None:
        lines.append(_("⚠️ It cannot hold like this: {why}", why=Words(fault_words(preview.fault, _))))
    lines += _example(preview, _)
    edits = [Button(_.label("✏️ {part}", part=part_word(part, _)), AskPart(part=part)) for part in Part]
    label = _.label("✅ Start it") if preview.is_new else _.label("✅ Keep the change")
    start = () if preview.fault else ((Button(label, KeepPromotion()),),)
    drop = (Button(_.label("❌ Cancel"), DropDraft()),)
    return Screen("\n".join(lines), (*start, *in_rows(edits, 3), drop))


def _example(preview: Preview, _: Language) -> list[Words]:
    quote = preview.quote
    if quote is None:
        return []
    goods = _.listed(_ordered(line, _) for line in preview.example)
    lines = []
    if quote.discount:
        lines.append(
            _(
                "For example {goods}: {gross} − {discount} = {net} toman ({rate} off)",
                goods=goods,
                gross=quote.gross,
                discount=quote.discount,
                net=quote.net,
                rate=quote.discount_share,
            )
        )
    if quote.bonus_units:
        lines.append(_("For example {goods}: {free} free", goods=goods, free=quote.bonus_units))
    return lines or [_("For example {goods}: it gives nothing.", goods=goods)]


def _ordered(line: CartLine, _: Language) -> str:
    return f"{counted(line.quantity, line.unit, _)} {line.name}"


def fault_words(fault: PromotionFault, _: Language) -> str:
    match fault:
        case PromotionFault.NAME:
            return _.label("it has no name")
        case PromotionFault.DATES:
            return _.label("its last day comes before its first")
        case PromotionFault.STEPS:
            return _.label("its steps do not rise")
        case PromotionFault.RATE:
            return _.label("its rate is not between 0 and 100 percent")
        case PromotionFault.FREE:
            return _.label("a step gives nothing free")
        case PromotionFault.GOODS:
            return _.label("its bonus goods are not clear")
        case PromotionFault.CAPS:
            return _.label("its limits are not right")
