"""`python -m benchmarks.documents`: how long a statement of 1,000 entries takes as PDF and as a workbook."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from statistics import median
from time import perf_counter

from bot.languages import read_languages
from screens.paper import Form
from screens.statement_pages import statement_page
from services.rendering import draw, forget
from tests.builders.documents import STATEMENT, long_statement

ENTRIES = 1_000
MOST_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Medians; each statement is another one, so that nothing is remembered from the one before."""

    entries: int
    pdf_s: float
    workbook_s: float
    pdf_kb: int


def measure_documents(entries: int = ENTRIES, rounds: int = 5) -> Documents:
    language = read_languages()["fa"]
    # The first document loads the libraries and the fonts, as the first one of a day does.
    for form in Form:
        draw(statement_page(STATEMENT, language), form)
    took: dict[Form, list[float]] = {form: [] for form in Form}
    size = 0
    for number in range(rounds):
        statement = long_statement(entries)
        statement = replace(
            statement,
            lines=tuple(replace(line, what=f"{line.what} ({number})") for line in statement.lines),
        )
        for form in Form:
            forget()
            began = perf_counter()
            made = draw(statement_page(statement, language), form)
            took[form].append(perf_counter() - began)
            size = len(made) if form is Form.PDF else size
    return Documents(
        entries=entries,
        pdf_s=round(median(took[Form.PDF]), 3),
        workbook_s=round(median(took[Form.EXCEL]), 3),
        pdf_kb=size // 1024,
    )


def said(measured: Documents) -> str:
    return (
        f"statement of {measured.entries} entries: {measured.pdf_s:.2f} s as PDF (at most {MOST_SECONDS:g}),"
        f" {measured.workbook_s:.2f} s as a workbook"
    )


def main() -> None:
    measured = measure_documents()
    print(said(measured), asdict(measured))
    sys.exit(measured.pdf_s > MOST_SECONDS)


if __name__ == "__main__":
    main()
