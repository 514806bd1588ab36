"""What was said and then taken back: «۳ تا، نه صبر کن ۵ تا», «ببخشید منظورم …», «به جای ۴ تا ۸ تا»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from domain.written.order import Line, Op
from domain.written.phrases import Phrases
from domain.written.reading import spans, trimmed
from domain.written.runs import names
from domain.written.words import MEASURES, UNITS


class Takes(IntEnum):
    """Whether a part takes back what was said before it: it does not, it may, it surely does."""

    NOTHING = 0
    PERHAPS = 1
    BACK = 2


_BACK = Phrases(
    "نه ببخشید", "ببخشید نه", "نه وایسا", "نه وایسین", "نه صبر کن", "نه صبر کنید", "نه اشتباه شد",
    "اشتباه شد", "اشتباه گفتم", "اشتباه نوشتم", "اشتباه زدم", "ببخشید اشتباه شد", "ببخشید اشتباه گفتم",
    "ببخشید اشتباه نوشتم",
    "نه اشتباه گفتم", "یا نه", "یا نه اصلا", "نه اصلا", "اصلا نه",
    "دستم خورد", "ببخشید دستم خورد", "منظورم", "ببخشید منظورم", "نه منظورم", "نخیر", "اصلاح میکنم", "نه یعنی",
    "حواسم نبود", "ببخشید حواسم نبود",
)  # fmt: skip
_WAIT = Phrases("وایسا", "وایسین", "صبر کن", "صبر کنید", "یه لحظه", "ی لحظه")
_NO, _SORRY, _OR = "نه", "ببخشید", "یا"
_INSTEAD = Phrases("به جای", "بجای", "به جا")
_FROM = "از"
_MAKE = frozenset({"بکن", "بکنید", "بکنین", "بشه", "بشود", "کنید", "کن"})


def taken_back(words: Sequence[str]) -> list[tuple[list[str], Takes]]:
    """The words cut where what stands before is taken back; an empty part is one of these words alone."""
    found: list[tuple[list[str], Takes]] = [([], Takes.NOTHING)]
    ends = frozenset(span.end for span in spans(words))
    at = 0
    while at < len(words):
        length = _BACK.at(words, at)
        takes = Takes.BACK if length else Takes.NOTHING
        if words[at] == _OR and at + length >= len(words):
            # «دارید یا نه؟» takes nothing back.
            length, takes = 0, Takes.NOTHING
        length = length or _WAIT.at(words, at)
        if not length and words[at] in (_NO, _SORRY) and _may_take_back(words, at, ends):
            is_no = words[at] == _NO and at + 1 < len(words)
            length, takes = 1, Takes.BACK if is_no else Takes.PERHAPS
        if length:
            found.append(([], takes))
            at += length
        else:
            found[-1][0].append(words[at])
            at += 1
    cut = [each for part, takes in found for each in _amount_apart(part, takes)]
    return cut if cut[0][0] else cut[1:] or cut


def _amount_apart(words: list[str], takes: Takes) -> list[tuple[list[str], Takes]]:
    """«نه پنج تا کرم هم شش تا»: the first is what holds of the thing before, the rest is another thing."""
    every = spans(words) if takes is Takes.BACK else ()
    if len(every) < 2 or every[0].start or names(words[every[-1].end :]):
        return [(words, takes)]
    return [(words[: every[0].end], takes), (words[every[0].end :], Takes.NOTHING)]


def _may_take_back(words: Sequence[str], at: int, ends: frozenset[int]) -> bool:
    """At the beginning or behind a quantity; «نه» is nine as well."""
    if at not in ends and names(words[:at]):
        return False
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_measured = follows in UNITS or (follows in MEASURES and follows != "رنگ")
    return words[at] != _NO or not is_measured


def is_rejected(words: Sequence[str], named: str) -> bool:
    """«مینوسا نه»: that one, which was named last, is not meant."""
    said = trimmed(words)
    return len(said) > 1 and said[-1] == _NO and not spans(words) and set(said[:-1]) <= set(named.split())


def without_old(words: Sequence[str]) -> tuple[list[str], bool]:
    """Without the quantity that held until now: «به جای ۴ تا ۸ تا», «از ۲ کارتن بکن ۳ کارتن»."""
    every = spans(words)
    if len(every) < 2:
        return list(words), False
    for n, span in enumerate(every):
        following = words[span.end : every[n + 1].start if n + 1 < len(every) else len(words)]
        instead = next((m for m in (1, 2) if _instead(words, span.start - m) == m), 0)
        is_from = (
            span.start and words[span.start - 1] == _FROM and bool(_MAKE.intersection(following))
            and n + 1 < len(every)
        )  # fmt: skip
        if (instead and not names(following)) or (is_from and not names(following)):
            start = span.start - (instead or 1)
            return [*words[:start], *words[span.end :]], True
    return list(words), False


def _instead(words: Sequence[str], at: int) -> int:
    return _INSTEAD.at(words, at) if at >= 0 else 0


def amend(found: list[Line], line: Line, takes: Takes) -> bool:
    """Let a line change those above it that it speaks of; whether that is all it does.

    What is set, or not wanted after all, may stand above in the same message. What takes the place of the
    line above is told by beginning like it or by being a part of a name; where that is not sure, both are
    asked.
    """
    if line.op in (Op.SET, Op.REMOVE) and line.phrase:
        return _changed(found, line)
    if not takes or not found or line.op is not Op.ADD or found[-1].op is not Op.ADD:
        return False
    if takes is Takes.BACK and _changed(found, replace(line, op=Op.SET)):
        return True
    last, said, was = found[-1], line.phrase.split(), found[-1].phrase.split()
    is_like = bool(said) and bool(was) and (said[0] == was[0] or len(set(said) & set(was)) * 2 >= len(said))
    if takes is Takes.BACK and (is_like or line.quantity is None or len(said) == 1):
        if not is_like:
            line = replace(line, phrase=" ".join([*_but_last(was), *said]), is_vague=True)
        if line.quantity is None:
            line = replace(line, quantity=last.quantity, unit=last.unit)
        found[-1] = line
        return True
    is_same = (line.quantity, line.unit) == (last.quantity, last.unit)
    if takes is Takes.BACK or is_like or is_same or len(said) == 1:
        found[-1] = replace(last, is_vague=True)
    return False


def _but_last(words: Sequence[str]) -> list[str]:
    """The name without its last word, sizes aside: the mark stands there."""
    kept = [word for word in words if not word[0].isdigit()]
    return kept[:-1] if len(kept) > 1 else kept


def _changed(found: list[Line], line: Line) -> bool:
    wanted = set(line.phrase.split())
    meant = [
        n for n, each in enumerate(found)
        if each.op is Op.ADD and each.quantity is not None and wanted <= set(each.phrase.split())
    ]  # fmt: skip
    if not meant:
        return False
    if len(meant) == 1 and line.op is Op.REMOVE and line.quantity is None:
        del found[meant[0]]
        return True
    if len(meant) == 1 and line.op is Op.SET and line.quantity is not None:
        now = replace(found[meant[0]], quantity=line.quantity, unit=line.unit, loose=None, again=None)
        found[meant[0]] = replace(now, is_vague=line.is_vague)
        return True
    for n in meant if line.quantity is not None or line.op is Op.REMOVE else ():
        found[n] = replace(found[n], is_vague=True)
    return False
