"""Home folder, key, database, day, accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, connection

from frankpledge.config.database import database
from frankpledge.config.home import home_folder, secret_key
from frankpledge.core.clock import today
from frankpledge.core.models import User
from frankpledge.core.prose import as_html
from frankpledge.engine.faults import UsageFault


def test_home_is_beside_the_project_unless_it_is_named(tmp_path: Path) -> None:
    assert home_folder({}, tmp_path) == tmp_path / "var"
    named = home_folder({"FRANKPLEDGE_HOME": str(tmp_path / "else" / "where")}, tmp_path)
    assert named == tmp_path / "else" / "where"
    assert named.stat().st_mode & 0o777 == 0o700


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    first = secret_key(tmp_path)
    assert len(first) >= 50
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_key_cut_short_is_told_and_never_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("short")
    with pytest.raises(RuntimeError, match="Delete it and start again"):
        secret_key(tmp_path)


def test_records_are_in_the_home_folder_by_default(tmp_path: Path) -> None:
    kept = database("", tmp_path)
    assert kept["ENGINE"] == "django.db.backends.sqlite3"
    assert kept["NAME"] == tmp_path / "site.sqlite3"
    assert "WAL" in kept["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    kept = database("postgres://ann:p%40ss@db.example:6543/csp?sslmode=require", tmp_path)
    assert kept == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "csp",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }
    assert database("postgresql:///csp", tmp_path)["HOST"] == ""


@pytest.mark.parametrize("address", ["mysql://x/y", "postgres://host", "nonsense"])
def test_another_address_is_refused_with_what_to_write(tmp_path: Path, address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgres://USER"):
        database(address, tmp_path)


def test_the_demonstration_has_its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    assert today(demonstration=True) == date(2018, 6, 30)
    assert today() > date(2020, 1, 1)
    monkeypatch.setenv("FRANKPLEDGE_TODAY", "2019-01-02")
    assert today(demonstration=True) == today() == date(2019, 1, 2)
    monkeypatch.setenv("FRANKPLEDGE_TODAY", "yesterday")
    with pytest.raises(UsageFault, match="not a date"):
        today()


@pytest.mark.django_db
def test_accounts_exist_though_nobody_signs_in_yet() -> None:
    made = User.objects.create(email="Ann@Example.org", name="Ann Other")
    assert User.objects.get_by_natural_key("ann@example.ORG") == made
    with pytest.raises(IntegrityError):
        User.objects.create(email="ann@example.org", name="The same")


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    assert connection.introspection.table_names()


def test_raw_html_in_prose_is_shown_not_obeyed() -> None:
    assert "<script>" not in as_html("Hello <script>alert(1)</script> *there*")
    assert "javascript:" not in as_html("[x](javascript:alert(1))").replace("(javascript:", "")
