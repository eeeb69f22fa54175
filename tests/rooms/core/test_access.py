"""Who may open a page: exactly one rule on each, and only this machine is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from frankpledge.core.access import Rule, open_on_loopback, rules_of
from frankpledge.core.addresses import is_loopback
from frankpledge.core.checks import addresses, one_rule_for_every_address, only_on_loopback

REPOSITORY = Path(__file__).resolve().parents[3]


def test_every_address_has_exactly_one_rule() -> None:
    found = addresses()
    assert len(found) >= 10
    assert {route: len(rules_of(pattern.callback)) for route, pattern in found} == {route: 1 for route, _ in found}
    assert one_rule_for_every_address() == []


def test_a_view_without_a_rule_or_with_two_is_told() -> None:
    def view() -> HttpResponse:
        return HttpResponse()

    assert rules_of(view) == ()
    assert rules_of(open_on_loopback(view)) == (Rule.OPEN_ON_LOOPBACK,)
    assert len(rules_of(open_on_loopback(view))) == 2


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.4", False),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.20", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_which_addresses_are_this_machine(address: str, is_own: bool) -> None:
    assert is_loopback(address) is is_own


@pytest.mark.parametrize("address", ["10.1.2.3", "203.0.113.9", "", "::"])
def test_another_machine_is_refused_with_the_next_step(client: Client, home: Path, address: str) -> None:
    answer = client.get("/areas/", REMOTE_ADDR=address)
    assert answer.status_code == 403
    assert "own machine only" in answer.content.decode()
    assert "HTML, Word or PDF" in answer.content.decode()


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_a_server_in_front_of_us_is_refused_because_everybody_would_look_local(
    client: Client, home: Path, name: str
) -> None:
    assert client.get("/areas/", headers={name: "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example.org", "169.254.1.1", "127.0.0.1.example.org"])
def test_another_host_name_is_refused(client: Client, home: Path, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "address that ./run printed" in answer.content.decode()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8123", "[::1]:8000"])
def test_this_machine_is_answered_under_each_of_its_names(client: Client, home: Path, host: str) -> None:
    assert client.get("/areas/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("FRANKPLEDGE_ADDRESS", "0.0.0.0", "0.0.0.0"),
        ("FRANKPLEDGE_ADDRESS", "192.168.0.10", "192.168.0.10"),
        ("FRANKPLEDGE_ALLOWED_HOSTS", "localhost,csp.example.gov.uk", "csp.example.gov.uk"),
        ("FRANKPLEDGE_PRODUCTION", "1", "FRANKPLEDGE_PRODUCTION"),
    ],
)
def test_settings_refuse_another_address_and_production(tmp_path: Path, name: str, value: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import frankpledge.config.settings"],
        cwd=REPOSITORY,
        env={**os.environ, "FRANKPLEDGE_HOME": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert told in last
    assert "no accounts yet" in last
    assert "./run" in last


def test_the_system_check_refuses_what_settings_may_not_hold(settings: Any) -> None:
    assert only_on_loopback() == []
    settings.ALLOWED_HOSTS = ["localhost", "*"]
    settings.DEBUG = True
    assert [fault.id for fault in only_on_loopback()] == ["frankpledge.E001", "frankpledge.E002"]
