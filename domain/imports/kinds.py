"""Every kind of file that is taken."""

from domain.imports.books import SHEETS_OF_BOOKS
from domain.imports.columns import SHEETS_OF_GOODS

SHEETS = {**SHEETS_OF_GOODS, **SHEETS_OF_BOOKS}
