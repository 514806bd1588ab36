"""The question that an amount typed too small asks back (rule R1.3)."""

from __future__ import annotations

from domain.amounts import AskBack
from screens.language import Language, Words


def did_you_mean(asked: AskBack, _: Language) -> Words:
    """«منظورتان ۲۵۰٬۰۰۰ تومان است؟»: whoever shows it puts its own buttons under it."""
    return _("Did you mean {amount} toman?", amount=asked.meant)
