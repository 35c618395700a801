"""The container files: what they promise an IT department, and that they fit the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from bot.platforms.slack.installing import INSTALL_PATH
from bot.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from tests.project import ROOT

DOCKER = ROOT / "deploy" / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))[
        "services"
    ]
    return loaded


def test_everything_that_the_image_copies_exists_and_is_let_through() -> None:
    allowed = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = [
        words for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE) for words in line.split()[:-1]
    ]

    assert copied
    for path in copied:
        assert (ROOT / path).exists()
        assert path.split("/")[0] in allowed


def test_every_lock_that_the_image_installs_is_there_and_checked_by_its_hashes() -> None:
    locks = re.search(r"for lock in ([\w ]+); do pip install --require-hashes", DOCKERFILE)

    assert locks is not None
    assert all((ROOT / "requirements" / f"{lock}.txt").is_file() for lock in locks[1].split())


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.MULTILINE)


def test_no_container_can_write_its_root_or_gain_rights(services: dict[str, dict[str, Any]]) -> None:
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_only_the_proxy_can_be_reached_from_outside(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "front" not in services["database"]["networks"]
    assert "back" not in services["proxy"]["networks"]


def test_the_coach_is_given_longer_to_end_than_it_takes(services: dict[str, dict[str, Any]]) -> None:
    assert int(services["coach"]["stop_grace_period"].removesuffix("s")) >= 10


def test_the_proxy_lets_through_what_platforms_call_and_no_more() -> None:
    (paths,) = re.findall(r"@ours path (.+)", (DOCKER / "Caddyfile").read_text(encoding="utf-8"))

    assert set(paths.split()) == {EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, "/api/messages", "/healthz"}


def test_no_secret_is_filled_in() -> None:
    filled = re.findall(
        r"^#? ?((?!AFTERWORD_)\w*(?:TOKEN|SECRET|PASSWORD|Password)\w*)=(.+)$",
        (DOCKER / "example.env").read_text(),
        re.M,
    )

    assert filled == []


def test_the_image_builds() -> None:
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no container engine answers here")

    built = subprocess.run(["docker", "build", "-f", DOCKER / "Dockerfile", ROOT], capture_output=True, check=False)

    assert built.returncode == 0, built.stderr[-2000:]


def test_the_proxy_takes_its_settings() -> None:
    if shutil.which("caddy") is None:
        pytest.skip("no Caddy here")

    looked = subprocess.run(["caddy", "validate", "--config", DOCKER / "Caddyfile"], capture_output=True, check=False)

    assert looked.returncode == 0, looked.stderr
