"""The word of the week on what was looked for and not found."""

from collections.abc import Sequence

from domain.notifications import Notification
from screens.callbacks.requested_goods import OpenWishes
from screens.callbacks.search_misses import OpenMisses
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen


@notice("search_week")
def search_week(notification: Notification, _: Language) -> Screen:
    misses, wishes = notification.facts["misses"], notification.facts["wishes"]
    assert isinstance(misses, Sequence)
    assert isinstance(wishes, int)
    text: list[str] = []
    if misses:
        text.append(_("🔎 Searches without a result this week:"))
    for at, each in enumerate(misses, 1):
        text.append(
            _(
                "{at}. {text} — {times} times, {customers} customers",
                at=at,
                text=each["text"],
                times=each["times"],
                customers=each["customers"],
            )
        )
    if wishes:
        text.append(_("🛎 Requested goods this week: {count}", count=wishes))
    row = (
        Button(_.label("🔎 Look through them"), OpenMisses(page=1)),
        Button(_.label("🛎 Requested goods"), OpenWishes(page=1)),
    )
    return Screen("\n".join(text), (row, (home_button(_),)))
