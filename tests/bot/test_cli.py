"""The command line: each command does its work, or says in one line why it cannot."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import __main__ as cli
from domain.imports.rows import ImportKind
from handlers.staff import INVITE
from sandbox.state import TOKEN
from services.imports.reading import read_table
from storage.schema import migrate
from storage.unit_of_work import open_store
from tests.builders.sheets import a_csv
from tests.services.importing import PRODUCTS, SHAMPOO, rows_of

ROOT = Path(__file__).parents[2]
PATIENCE = 180
BAD = ("1026", "ماسک", "پوست", "", "", 12, "ابت")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("BONAK_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a migrated database, which the settings name."""
    url = f"sqlite+aiosqlite:///{folder}/bonak.db"
    monkeypatch.setenv("BONAK_DATABASE_URL", url)
    asyncio.run(migrate(url))
    return url


def bonak(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def rows(url: str, table: str) -> list[dict[str, object]]:
    async def read() -> list[dict[str, object]]:
        store = open_store(url)
        try:
            return [dict(row) for row in await rows_of(store, table)]
        finally:
            await store.close()

    return asyncio.run(read())


# Starting


def test_help_names_every_command() -> None:
    said = bonak("--help").output
    assert all(command in said for command in ("run", "migrate", "import", "staff", "doctor"))


def test_without_a_token_nothing_starts() -> None:
    result = bonak("run")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [cli.NOBODY_TO_BE]


@pytest.mark.parametrize("command", ["run", "migrate", "staff invite manager", "import stock x"])
def test_a_wrong_setting_stops_every_command_in_one_line(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAK_PEOPLE_AT_ONCE", "many")
    result = bonak(*command.split())
    assert result.exit_code == 2
    assert re.fullmatch(r"BONAK_PEOPLE_AT_ONCE: [^\n]+\n", result.stderr)


def test_a_misspelled_setting_is_told(folder: Path) -> None:
    (folder / ".env").write_text("BONAK_TELEGRAM_TOKN=1:A\n")
    assert bonak("run").stderr.startswith("BONAK_TELEGRAM_TOKN in .env is no setting")


@pytest.mark.parametrize("command", ["run", "staff invite manager", "import stock x.csv"])
def test_a_database_that_was_not_migrated_is_told(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAK_TELEGRAM_TOKEN", TOKEN)
    result = bonak(*command.split())
    assert result.exit_code == 1
    assert result.stderr == "✗ Database: there is nothing in it yet. Run: bonak migrate\n"
    assert not (folder / "data").exists()


def test_migrate_makes_the_database_and_may_be_repeated(folder: Path) -> None:
    for _ in range(2):
        assert bonak("migrate").exit_code == 0
    assert (folder / "data" / "bonak.db").exists()


def test_migrate_says_when_the_database_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONAK_DATABASE_URL", "postgresql+asyncpg://u:canary@127.0.0.1:1/x")
    result = bonak("migrate")
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
    assert "canary" not in result.stderr


def test_the_doctor_says_what_to_do_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONAK_TELEGRAM_API", "http://127.0.0.1:1")
    result = bonak("doctor")
    assert result.exit_code == 1
    assert "✗ Database: there is nothing in it yet. Run: bonak migrate" in result.stdout
    assert result.stdout.splitlines()[-1] == "2 things are wrong."


# Invites


def test_an_invite_without_a_messenger_is_what_to_send(database: str) -> None:
    said = bonak("staff", "invite", "warehouse", "--days", "1").stdout
    assert re.fullmatch(rf"Send this to the bot, once: /start {INVITE}[\w-]{{22}}\n", said)
    (kept,) = rows(database, "staff_invites")
    assert kept["role"] == "warehouse"
    assert said.strip().rpartition(INVITE)[2] not in str(kept)


def test_an_unknown_role_is_refused(database: str) -> None:
    assert bonak("staff", "invite", "king").exit_code == 2
    assert rows(database, "staff_invites") == []


# Imports


def test_an_import_reports_in_persian_and_sets_bad_rows_aside(database: str, folder: Path) -> None:
    path = a_csv(folder / "کالاها.csv", PRODUCTS, SHAMPOO, BAD)
    result = bonak("import", "products", str(path))
    assert result.exit_code == 1
    assert "کالاها: ۱ تازه، ۰ تغییرکرده، ۰ بدون تغییر، ۱ ردیف خطادار." in result.stdout
    assert "دسته‌های تازه: «مراقبت مو»" in result.stdout
    assert "ردیف ۳، ستون «قیمت (تومان)»: عدد نیست: «ابت»" in result.stdout
    aside = read_table(folder / "کالاها.errors.xlsx")
    assert [row[0] for row in aside] == ["کد", "1026"]
    assert [row["code"] for row in rows(database, "products")] == ["1024"]


def test_a_trial_writes_neither_rows_nor_files(database: str, folder: Path) -> None:
    path = a_csv(folder / "x.csv", (*PRODUCTS, "رنگ"), SHAMPOO, BAD)
    result = bonak("import", "products", str(path), "--dry-run")
    assert "این فقط آزمایش بود؛ چیزی نوشته نشد." in result.stdout
    assert "این ستون‌ها شناخته نشد و خوانده نشد: «رنگ»" in result.stdout
    assert rows(database, "products") == []
    assert {each.name for each in folder.iterdir()} <= {"x.csv", "bonak.db", "bonak.db-wal", "bonak.db-shm"}


def test_the_same_file_again_changes_nothing(database: str, folder: Path) -> None:
    path = a_csv(folder / "x.csv", PRODUCTS, SHAMPOO)
    for said in ("۱ تازه", "۱ بدون تغییر"):
        result = bonak("import", "products", str(path))
        assert result.exit_code == 0
        assert said in result.stdout


def test_a_file_that_is_refused_says_why(database: str, folder: Path) -> None:
    path = a_csv(folder / "x.csv", ("کد کالا", "قیمت"), ("1", 5))
    result = bonak("import", "prices", str(path))
    assert result.exit_code == 1
    said = "چیزی وارد نشد. واحد پول معلوم نیست: «قیمت». در سرستون «قیمت (تومان)» یا «قیمت (ریال)» بنویسید."
    assert said in result.stdout
    assert rows(database, "prices") == []


@pytest.mark.parametrize("kind", [each.value for each in ImportKind])
def test_a_template_can_be_imported_as_it_is(kind: str, database: str, folder: Path) -> None:
    assert bonak("import", "template", kind).exit_code == 0
    assert bonak("import", kind, str(folder / f"{kind}.xlsx")).exit_code == 0


def test_a_template_that_cannot_be_written_says_so(folder: Path) -> None:
    result = bonak("import", "template", "stock", str(folder / "none" / "x.xlsx"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
