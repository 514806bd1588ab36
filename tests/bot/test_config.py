"""Settings: a wrong one stops the start with one line that names it and does not repeat what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.config import Settings, WrongSetting, describe, read_settings, unknown_settings

WRONG = (
    ("BONAK_DATABASE_URL", "mysql://canary@db/x"),
    ("BONAK_DATABASE_URL", "postgresql://canary@db/x"),
    ("BONAK_DATABASE_URL", "sqlite+aiosqlite:///"),
    ("BONAK_TELEGRAM_TOKEN", "canary"),
    ("BONAK_TELEGRAM_TOKEN", "123:canary with spaces"),
    ("BONAK_TELEGRAM_API", "canary.example"),
    ("BONAK_TELEGRAM_API", ""),
    ("BONAK_PROXY", "ftp://canary"),
    ("BONAK_SEND_PER_SECOND", "canary"),
    ("BONAK_SEND_PER_SECOND", "-1"),
    ("BONAK_SEND_PER_SECOND", "1001"),
    ("BONAK_SEND_PER_CHAT", "fast"),
    ("BONAK_SEND_PER_GROUP", "-1"),
    ("BONAK_PAID_BROADCASTS", "canary"),
    ("BONAK_PEOPLE_AT_ONCE", "0"),
    ("BONAK_PEOPLE_AT_ONCE", "1.5"),
    ("BONAK_COMPANY", ""),
    ("BONAK_MONEY_UNIT", "canary"),
    ("BONAK_SANDBOX_PORT", "65536"),
    ("BONAK_CLOCK_URL", "canary"),
    ("BONAK_LOG_LEVEL", "canary"),
    ("BONAK_LOG_FORMAT", "xml"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("BONAK_"):
            monkeypatch.delenv(name)
    return tmp_path


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.sqlite_path == Path("data/bonak.db")


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as wrong:
        read_settings()
    said = str(wrong.value)
    assert said.startswith(f"{name}: ")
    assert len(said.splitlines()) == 1
    assert "canary" not in said


def test_every_setting_has_a_wrong_value_in_these_tests() -> None:
    assert {name for name, _value in WRONG} == {name for name, _default, _meaning in describe()}


def test_settings_may_stand_in_a_file(folder: Path) -> None:
    (folder / ".env").write_text("BONAK_COMPANY=پخش نمونه\nBONAK_TELEGRAM_TOKEN=12:AbC\n", encoding="utf-8")
    settings = read_settings()
    assert settings.company == "پخش نمونه"
    assert settings.telegram_token is not None


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("BONAK_LOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.setenv("BONAK_LOG_LEVEL", "error")
    assert read_settings().log_level == "error"


def test_a_wrong_setting_in_the_file_is_named_as_well(folder: Path) -> None:
    (folder / ".env").write_text("BONAK_LOG_LEVEL=loud\n", encoding="utf-8")
    with pytest.raises(WrongSetting, match=r"^BONAK_LOG_LEVEL: "):
        read_settings()


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / ".env").write_bytes(b"BONAK_COMPANY=\xff\xfe\x00")
    with pytest.raises(WrongSetting, match=r"^\.env: "):
        read_settings()
    assert unknown_settings() == ()


@pytest.mark.parametrize("name", ["BONAK_TELEGRAM_TOKEN", "BONAK_PROXY", "BONAK_CLOCK_URL"])
def test_an_empty_setting_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    assert getattr(read_settings(), name.removeprefix("BONAK_").lower()) is None


def test_addresses_end_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONAK_TELEGRAM_API", "http://127.0.0.1:8090/")
    assert read_settings().telegram_api == "http://127.0.0.1:8090"


def test_misspelled_names_in_the_file_are_found(folder: Path) -> None:
    lines = [
        "# BONAK_COMMENT=1",
        "BONAK_TELEGRAM_TOKN=1:A",
        "export BONAK_PROXI=x",
        "bonak_company=پ",
        "OTHER=1",
    ]
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    assert unknown_settings() == ("BONAK_TELEGRAM_TOKN", "BONAK_PROXI")
    assert read_settings().company == "پ"


def test_every_setting_says_what_it_is_for() -> None:
    table = describe()
    assert [name for name, _default, _meaning in table] == [
        f"BONAK_{name}".upper() for name in Settings.model_fields
    ]
    assert all(meaning.endswith((".", ")")) for _name, _default, meaning in table)
    assert ("BONAK_SEND_PER_SECOND", "25", "Messages a second over all chats; 0 is off.") in table


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BONAK_TELEGRAM_TOKEN", "12:canary")
    assert "canary" not in repr(read_settings())
