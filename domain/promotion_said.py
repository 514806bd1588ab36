"""The steps of a promotion as a manager types them: «۲۴ تا ۵٪، ۴۸ تا ۸٪», «۱۰+۱، ۲۴+۳», «۲ قلم ۴٪».

What is not understood is refused, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from domain.amounts import AskBack, typed_amount
from domain.money import BASIS_POINTS, ZERO, Money, MoneyUnit, Rate
from domain.money_errors import AmountTooLarge, NotAnAmount
from domain.numerals import of_digits, plainly
from domain.promotion_errors import BudgetNotUnderstood, RateNotUnderstood, StepsNotUnderstood
from domain.promotion_rules import (
    BasketPercent,
    Bonus,
    BonusMode,
    LinePercent,
    Measure,
    OrderTier,
    Over,
    PromotionKind,
    PromotionStep,
    Rule,
    Tier,
    TierMode,
)

LONGEST = 300
MOST_UNITS = 1_000_000
_SEPARATORS = re.compile(r"[،؛;\n]+|,(?!\d{3}(?!\d))")
_RATE = re.compile(r"([0-9]{1,3}(?:[.٫/][0-9]{1,2})?)\s*(?:%|٪|درصد|percent)")
_BONUS = re.compile(r"([0-9]{1,6})\s*\+\s*([0-9]{1,6})(?:\s*(?:عدد|تا|بسته))?")
_UNITS = re.compile(
    r"(?:از )?([0-9][0-9,٬]*)\s*(?:عدد|تا|بسته|دانه|pieces|or more)?\s*(?:به بالا|به بعد|و بیشتر)?"
)
_ITEMS = re.compile(r"([0-9]{1,3})\s*(?:قلم|کالا|نوع|items?)(?: متفاوت| مختلف)?(?: به بالا)?")
_PIECES = re.compile(r"([0-9][0-9,٬]*)\s*(?:عدد|تا|بسته|دانه|pieces)")
_AROUND = " .:=-—→<>()"
_EDGES = re.compile(r"^(?:از|و|خرید|بالای|برای)\s+|\s+(?:به بالا|به بعد|و بیشتر|خرید|و|تخفیف)$")
_SLICES = re.compile(r"هر پله جدا(?:گانه)?|پله پله|incremental")
_GROUP = re.compile(r"(?:همه )?(?:کالاها )?روی هم|جمعا|together")
_ONCE = re.compile(r"(?:فقط )?(?:یک|1) ?بار|once")


def steps_said(kind: PromotionKind, text: str, unit: MoneyUnit = MoneyUnit.TOMAN) -> Rule:
    """The rule of that kind with those steps; ``unit`` is meant where an amount names none."""
    plain = plainly(text[: LONGEST + 1])
    if len(plain) > LONGEST:
        raise StepsNotUnderstood(kind)
    try:
        return _READERS[kind](plain, unit)
    except (KeyError, ValueError, NotAnAmount, AmountTooLarge):
        raise StepsNotUnderstood(kind) from None


def rate_said(text: str) -> Rate:
    """«۱۵٪», «۱۵ درصد», «۱۵»: more than nothing and less than the whole."""
    # A sign before the number is no dash: «-۵» is no rate.
    plain = plainly(text[:40]).strip(_AROUND.replace("-", ""))
    found = _RATE.fullmatch(plain) or _RATE.fullmatch(f"{plain}%")
    try:
        rate = _rate(found[1]) if found else None
    except ValueError:
        rate = None
    if rate is None or rate.basis_points == BASIS_POINTS:
        raise RateNotUnderstood
    return rate


def budget_said(text: str, unit: MoneyUnit = MoneyUnit.TOMAN) -> Money | int:
    """«۵۰ میلیون» is money, «۲۰۰ عدد» are units."""
    plain = plainly(text[:80]).strip(_AROUND)
    try:
        if found := _PIECES.fullmatch(plain):
            return _units(found[1])
        return _amount(plain, unit)
    except (ValueError, NotAnAmount, AmountTooLarge):
        raise BudgetNotUnderstood from None


def _parts(plain: str) -> list[str]:
    parts = [each.strip(_AROUND) for each in _SEPARATORS.split(plain)]
    return [each for each in parts if each]


def _tier(plain: str, unit: MoneyUnit) -> Rule:
    mode = TierMode.INCREMENTAL if _SLICES.search(plain) else TierMode.ALL_UNITS
    over = Over.GROUP if _GROUP.search(plain) else Over.LINE
    rated = [_rated(each) for each in _parts(_GROUP.sub(" ", _SLICES.sub(" ", plain)))]
    try:
        steps = tuple(PromotionStep(at=_units(_whole(_UNITS, said)), rate=rate) for said, rate in rated)
        measure = Measure.QUANTITY
    except ValueError:
        steps = tuple(PromotionStep(at=_amount(said, unit).rials, rate=rate) for said, rate in rated)
        measure = Measure.AMOUNT
    return Tier(steps=_some(steps), measure=measure, mode=mode, over=over)


def _order(plain: str, unit: MoneyUnit) -> Rule:
    mode = TierMode.INCREMENTAL if _SLICES.search(plain) else TierMode.ALL_UNITS
    rated = [_rated(each) for each in _parts(_SLICES.sub(" ", plain))]
    steps = tuple(PromotionStep(at=_amount(said, unit).rials, rate=rate) for said, rate in rated)
    return OrderTier(steps=_some(steps), mode=mode)


def _line(plain: str, _unit: MoneyUnit) -> Rule:
    found = _RATE.fullmatch(_EDGES.sub("", plain.strip(_AROUND)))
    if found is None:
        raise ValueError
    return LinePercent(rate=_rate(found[1]))


def _bonus(plain: str, _unit: MoneyUnit) -> Rule:
    """Several steps are a ladder, one alone comes again and again unless it is said to come once."""
    is_once = _ONCE.search(plain) is not None
    steps = []
    for each in _parts(_ONCE.sub(" ", plain)):
        found = _BONUS.fullmatch(each)
        if found is None:
            raise ValueError
        steps.append(PromotionStep(at=_units(found[1]), free=_units(found[2])))
    mode = BonusMode.ONCE if is_once else BonusMode.LADDER if len(steps) > 1 else BonusMode.RECURSIVE
    return Bonus(steps=_some(tuple(steps)), mode=mode)


def _basket(plain: str, unit: MoneyUnit) -> Rule:
    """So many different goods, so much money, or both; and the rate."""
    rates = _RATE.findall(plain)
    count, amount = 1, ZERO
    for each in _parts(_RATE.sub(" ، ", plain)):
        said = _EDGES.sub("", each).strip(_AROUND)
        if found := _ITEMS.fullmatch(said):
            count = _units(found[1])
        elif said:
            amount = _amount(said, unit)
    if len(rates) != 1 or (count < 2 and not amount):
        raise ValueError
    return BasketPercent(rate=_rate(rates[0]), least_products=count, least_amount=amount)


_READERS = {
    PromotionKind.TIER: _tier,
    PromotionKind.LINE: _line,
    PromotionKind.BASKET: _basket,
    PromotionKind.ORDER: _order,
    PromotionKind.BONUS: _bonus,
}


def _rated(part: str) -> tuple[str, Rate]:
    """What stands before the rate, and the rate: «۲۴ تا ۵٪»."""
    found = _RATE.search(part)
    if found is None or part[found.end() :].strip(_AROUND) not in ("", "تخفیف", "off"):
        raise ValueError
    return part[: found.start()].strip(_AROUND), _rate(found[1])


def _rate(digits: str) -> Rate:
    rate = Rate(int(Decimal(re.sub(r"[٫/]", ".", digits)) * 100))
    if not 0 < rate.basis_points <= BASIS_POINTS:
        raise ValueError
    return rate


def _whole(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.fullmatch(said)
    if found is None:
        raise ValueError
    return found[1]


def _units(digits: str) -> int:
    count = of_digits(digits)
    if count is None or not 0 < count <= MOST_UNITS:
        raise ValueError
    return count


def _amount(said: str, unit: MoneyUnit) -> Money:
    """An amount too small to be meant is no amount here: nobody is asked back in the middle of steps."""
    found = typed_amount(_EDGES.sub("", said).strip(_AROUND), unit)
    if isinstance(found, AskBack):
        raise NotAnAmount
    return found


def _some(steps: tuple[PromotionStep, ...]) -> tuple[PromotionStep, ...]:
    if not steps:
        raise ValueError
    return tuple(sorted(steps, key=lambda each: each.at))
