"""`bonak import`: files into the database and templates out, with a progress bar on the error stream."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.config import Settings
from bot.languages import read_languages
from bot.starting import FAILED, ready_settings, say
from domain.imports.errors import ImportRefused
from domain.imports.rows import ImportKind
from screens import imports as screens
from screens.language import Language
from services.imports import running as wishes
from services.imports.sheets import write_aside, write_template
from services.imports.taking import Report, Stage
from storage.unit_of_work import open_store

app = typer.Typer(
    help="Bring goods, customers, open accounts, promotions and names in from Excel or CSV files.",
    no_args_is_help=True,
)

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx or .csv file.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Check everything and write nothing.")]


@app.command("products")
def products(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Products with their categories, brands, packs, and base prices."""
    _import(ImportKind.PRODUCTS, file, is_dry=dry_run)


@app.command("customers")
def customers(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Customers, each with an outlet and the person who orders."""
    _import(ImportKind.CUSTOMERS, file, is_dry=dry_run)


@app.command("prices")
def prices(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Prices of products, in the base list or in that of a group."""
    _import(ImportKind.PRICES, file, is_dry=dry_run)


@app.command("stock")
def stock(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """How many units of each product there are."""
    _import(ImportKind.STOCK, file, is_dry=dry_run)


@app.command("invoices")
def invoices(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Invoices of your own books, each with what is still owed of it."""
    _import(ImportKind.INVOICES, file, is_dry=dry_run)


@app.command("cheques")
def cheques(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Cheques that you hold, or that have come back."""
    _import(ImportKind.CHEQUES, file, is_dry=dry_run)


@app.command("balances")
def balances(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """What customers owe, or have with you, beyond those invoices and cheques."""
    _import(ImportKind.BALANCES, file, is_dry=dry_run)


@app.command("promotions")
def promotions(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Promotions by their codes, with steps, days and budgets."""
    _import(ImportKind.PROMOTIONS, file, is_dry=dry_run)


@app.command("aliases")
def aliases(file: FileArgument, *, dry_run: DryOption = False) -> None:
    """Other names of brands, by which people look for their products."""
    _import(ImportKind.ALIASES, file, is_dry=dry_run)


@app.command("template")
def template(
    kind: ImportKind,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.")] = None,
) -> None:
    """Write an Excel file with the headers, an example, and notes on every column."""
    path = file or Path(f"{kind.value}.xlsx")
    language = read_languages()["fa"]
    try:
        write_template(kind, path, language)
    except OSError as error:
        say(f"{path} cannot be written: {error}")
        raise typer.Exit(FAILED) from None
    _print(screens.template_line(str(path), language))


def _import(kind: ImportKind, path: Path, *, is_dry: bool) -> None:
    """Exits with 1 when anything was set aside, so that a script notices."""
    settings = ready_settings()
    language = read_languages()["fa"]
    try:
        report = asyncio.run(_run(settings, kind, path, language, is_dry=is_dry))
    except ImportRefused as no:
        _print(screens.refused_line(no, language))
        raise typer.Exit(FAILED) from None
    if report.bad:
        raise typer.Exit(FAILED)


async def _run(settings: Settings, kind: ImportKind, path: Path, _: Language, *, is_dry: bool) -> Report:
    store = open_store(settings.database_url)
    try:
        with _bar(_) as bar:
            report, layout, table = await wishes.import_file(
                store, kind, path, datetime.now(UTC), is_dry=is_dry, progress=bar
            )
    finally:
        await store.close()
    _print("\n".join(_lines(report, _)))
    if report.bad and not is_dry:
        aside = path.with_name(f"{path.stem}.errors.xlsx")
        try:
            write_aside(aside, layout, table, report.errors, _)
        except OSError:
            _print(screens.aside_failed_line(str(aside), _))
        else:
            _print(screens.aside_line(str(aside), _))
    return report


def _lines(report: Report, _: Language) -> Iterator[str]:
    yield screens.counts_line(
        report.kind,
        {"new": report.new, "changed": report.changed, "same": report.same, "bad": report.bad},
        _,
    )
    if report.is_dry:
        yield screens.dry_line(_)
    yield from screens.added_lines(report.added, _)
    if report.unknown_headers:
        yield screens.unknown_line(report.unknown_headers, _)
    yield from screens.error_lines(report.errors, _)


def _print(text: str) -> None:
    """The report is the output that was asked for; a terminal that lacks a letter shows a mark."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    typer.echo(text)


class _Bar:
    """One line a stage, as far as it has come."""

    def __init__(self, progress: Progress, _: Language) -> None:
        self._progress, self._language = progress, _
        self._tasks: dict[Stage, TaskID] = {}

    def __call__(self, stage: Stage, done: int, of: int) -> None:
        if stage not in self._tasks:
            words = screens.stage_word(stage.value, self._language)
            self._tasks[stage] = self._progress.add_task(words, total=max(of, 1))
        self._progress.update(self._tasks[stage], completed=done if of else 1)


@contextmanager
def _bar(_: Language) -> Iterator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield _Bar(progress, _)
