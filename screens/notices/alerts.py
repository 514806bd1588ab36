"""What is told to somebody who waited for stock."""

from domain.notifications import Notification
from screens.callbacks.catalogue import OpenProduct
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen


@notice("stock_alert")
def stock_alert(notification: Notification, _: Language) -> Screen:
    text = _("🔔 “{name}” is in stock again.", name=str(notification.facts["label"]))
    look = Button(_.label("🛒 Look and order"), OpenProduct(product_id=notification.subject_id))
    return Screen(text, ((look, home_button(_)),))
