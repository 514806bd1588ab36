"""What is told about promotions: to managers, that a budget runs out."""

from domain.notifications import Notification
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Screen


@notice("promotion_budget")
def promotion_budget(notification: Notification, _: Language) -> Screen:
    """At 80 percent a warning; at 100 the promotion has stopped itself."""
    name, percent = str(notification.facts["name"]), notification.facts["percent"]
    assert isinstance(percent, int)
    if percent >= 100:
        text = _("🎁 The budget of “{name}” is spent: it gives nothing more from now on.", name=name)
    else:
        text = _("🎁 {percent}% of the budget of “{name}” is gone.", percent=percent, name=name)
    return Screen(text, ((home_button(_),),))
