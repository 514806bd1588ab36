"""What an example is: a name («basket.added», «basket.basket: empty») and what makes its screen."""

from __future__ import annotations

from collections.abc import Callable

from screens.language import Language
from screens.screen import Answer

Example = tuple[str, Callable[[Language], Answer]]
"""The name begins with the module and the function that draw it; after a colon stands the case."""
