"""What is told after we could not be reached: where it stands, and buttons that work (row A-12)."""

from datetime import datetime

from domain.notifications import Notification
from screens.basket import basket_button
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Screen


@notice("resumed")
def resumed(notification: Notification, _: Language) -> Screen:
    facts = notification.facts
    lines = int(str(facts["lines"]))
    since, until = (datetime.fromisoformat(str(facts[name])) for name in ("since", "until"))
    said = []
    if lines:
        said.append(_("🛒 Your basket has {count} items and has not been ordered yet.", count=lines))
    if facts["is_asked"]:
        said.append(_("✍️ What we asked last still waits for your answer: write it here."))
    said.append(
        _(
            "We could not be reached from {since} to {until}; a button tapped in that time has done nothing.",
            since=since,
            until=until,
        )
    )
    if facts["is_lost"]:
        said.append(_("What was written more than a day ago did not arrive either: please write it again."))
    rows = ((basket_button(lines, _),),) if lines else ()
    return Screen("\n\n".join(said), (*rows, (home_button(_),)))
