"""What became of goods that somebody wished for."""

from domain.notifications import Notification
from domain.requested_goods import GoodsAnswer
from screens.callbacks.catalogue import OpenCatalogue, OpenProduct
from screens.home import home_button
from screens.language import Language
from screens.notices import notice
from screens.screen import Button, Screen


@notice("goods_answered")
def goods_answered(notification: Notification, _: Language) -> Screen:
    facts = notification.facts
    text, product_id = str(facts["text"]), facts["product_id"]
    shop = Button(_.label("🛒 New order"), OpenCatalogue())
    if facts["answer"] == GoodsAnswer.HAS_NOT:
        said = _("About “{text}”, which you asked for: we will not get it for now.", text=text)
        return Screen(said, ((shop, home_button(_)),))
    if isinstance(product_id, int):
        shop = Button(_.label("🛒 Look and order"), OpenProduct(product_id=product_id))
    said = _("🎉 “{text}”, which you asked for, is here.", text=text)
    return Screen(said, ((shop, home_button(_)),))
