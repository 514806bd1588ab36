"""So many of a product, in the words of its unit."""

from domain.catalogue import Unit
from screens.language import Language


def counted(count: int, unit: Unit, _: Language) -> str:
    """«۲۴ عدد», «۱۰ بسته»: fit for a button and, holding nothing to quote, for text."""
    match unit:
        case Unit.PACK:
            return _.label("{count} packs", count=count)
        case Unit.BOTTLE:
            return _.label("{count} bottles", count=count)
        case Unit.TUBE:
            return _.label("{count} tubes", count=count)
    return _.label("{count} pieces", count=count)
