"""The languages in which the bot speaks, read once from the compiled catalogues."""

import gettext
from collections.abc import Mapping
from pathlib import Path

from screens.language import Language

LOCALES = Path(__file__).parents[1] / "locales"


def read_languages() -> Mapping[str, Language]:
    """Persian from its catalogue; English is what the msgids say."""
    return {
        "fa": Language("fa", gettext.translation("messages", LOCALES, ["fa"])),
        "en": Language("en", gettext.NullTranslations()),
    }
