"""How long something takes, about."""

from __future__ import annotations

from screens.language import Language, Words

_HALF_MINUTE = 30
_HALVES_AN_HOUR = 120


def about(seconds: int, _: Language) -> Words:
    """«چند ثانیه», «حدود ۵ دقیقه و نیم», «حدود ۲ ساعت و ۱۰ دقیقه»: nobody needs it more exactly."""
    if seconds < _HALF_MINUTE:
        return _("a few seconds")
    halves = round(seconds / _HALF_MINUTE)
    if halves >= _HALVES_AN_HOUR:
        hours, minutes = divmod(round(seconds / 60), 60)
        if not minutes:
            return _("about {hours} hours", hours=hours)
        return _("about {hours} hours and {minutes} minutes", hours=hours, minutes=minutes)
    minutes, half = divmod(halves, 2)
    if not minutes:
        return _("about half a minute")
    if half:
        return _("about {minutes} and a half minutes", minutes=minutes)
    return _("about {minutes} minutes", minutes=minutes)
