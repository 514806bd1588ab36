"""What is told to somebody who waited for stock."""

from domain.catalogue import Unit
from domain.notifications import Notification
from screens.callbacks.basket import AddToBasket
from screens.callbacks.catalogue import OpenProduct
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import SHARING, Button, Screen, shortened
from screens.units import counted


@notice("stock_alert")
def stock_alert(notification: Notification, _: Language) -> Screen:
    text = _("🔔 “{name}” is in stock again.", name=str(notification.facts["label"]))
    product_id, quantity = notification.subject_id, notification.facts.get("quantity")
    look = Button(_.label("🛒 Look and order"), OpenProduct(product_id=product_id))
    if not isinstance(quantity, int):
        return Screen(text, ((look, home_button(_)),))
    units = counted(quantity, Unit(str(notification.facts["unit"])), _)
    put = Button(
        shortened(_.label("🛒 {quantity} into the basket", quantity=units), SHARING),
        AddToBasket(product_id=product_id, quantity=quantity),
    )
    return Screen(text, ((look,), (put, home_button(_))))
