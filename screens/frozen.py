"""After a restore: what would be told, and whether it is (for managers)."""

from __future__ import annotations

import re
from html import unescape

from domain.frozen import FrozenOutbox, Held
from domain.notifications import MessageClass
from screens.callbacks.frozen import ReleaseFrozen, SetFrozenAside
from screens.home import home_button
from screens.language import Language, Many, Words
from screens.notices import told
from screens.screen import Button, Screen, shortened

MOST_LINE = 60
_TAG = re.compile(r"<[^>]*>")


def frozen(found: FrozenOutbox | None, _: Language) -> Screen:
    if found is None:
        return Screen(_("Everything is told as usual."), ((home_button(_),),))
    lines: list[str] = [
        _("🧊 The database was restored, so nothing is told by itself since {at}.", at=found.since),
        _("These messages wait; some of them may have been told after the backup:"),
    ]
    lines += [f"• {_class(each, found.counts[each], _)}" for each in MessageClass if each in found.counts]
    lines += [_("📣 “{name}” was going out; it stays paused", name=name) for name in found.campaigns]
    lines += ["", *(_held(each, _) for each in found.first)] if found.first else []
    buttons = (
        Button(_.label("▶️ Let it go"), ReleaseFrozen()),
        Button(_.label("🗑 Put it aside"), SetFrozenAside()),
    )
    return Screen("\n".join(lines), (buttons, (home_button(_),)))


def _class(what: MessageClass, count: int, _: Language) -> Words:
    many = Many(count)
    match what:
        case MessageClass.REMINDER:
            return _("{count} payment reminders", count=many)
        case MessageClass.SURVEY:
            return _("{count} surveys", count=many)
        case MessageClass.PROMOTION:
            return _("{count} offers", count=many)
    return _("{count} notices of orders and money", count=many)


def _held(each: Held, _: Language) -> Words:
    """Who would read it, and how it begins."""
    plain = unescape(_TAG.sub("", told(each.notification, _).text)).partition("\n")[0]
    return _("{reader}: {text}", reader=each.reader, text=shortened(plain, MOST_LINE))


def thawed(aside: int, _: Language, *, tells: bool) -> Screen:
    if tells:
        text = _("▶️ What waited is told now. Campaigns stay paused until you resume them.")
    else:
        text = _(
            "🗑 {count} messages were put aside. From now on everything is told as usual.", count=Many(aside)
        )
    return Screen(text, ((home_button(_),),))
