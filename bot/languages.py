"""The languages in which the bot speaks, read once from the compiled catalogues."""

import gettext
from collections.abc import Mapping
from pathlib import Path

from domain.money import MoneyUnit
from screens.language import Language

LOCALES = Path(__file__).parents[1] / "locales"


def read_languages(money_unit: MoneyUnit = MoneyUnit.TOMAN) -> Mapping[str, Language]:
    """Persian from its catalogue; English is what the msgids say."""
    return {
        "fa": Language("fa", gettext.translation("messages", LOCALES, ["fa"]), money_unit),
        "en": Language("en", gettext.NullTranslations(), money_unit),
    }
