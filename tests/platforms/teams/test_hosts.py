from __future__ import annotations

import pytest

from bot.platforms.teams.hosts import ServiceHosts


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:443/teams",
        "https://SMBA.trafficmanager.net/amer/",
        "https://smba.infra.gcc.teams.microsoft.com/gcc/",
    ],
)
def test_the_hosts_of_teams_are_trusted(url: str) -> None:
    assert ServiceHosts().trusts(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://me:secret@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://smba.trafficmanager.net/?next=1",
        "https://smba.trafficmanager.net./",
        "https://169.254.169.254/",
        "https://10.0.0.1/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "https://smba.trafficmanager.net:99999/",
        "https://smbа.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "",
        None,
        5,
    ],
)
def test_no_other_address_is_trusted(url: object) -> None:
    assert not ServiceHosts().trusts(url)


def test_an_operators_own_host_may_be_added_over_https() -> None:
    hosts = ServiceHosts(["bots.example.gov"])

    assert hosts.trusts("https://bots.example.gov/teams/")
    assert not hosts.trusts("http://bots.example.gov/teams/")


def test_this_computer_is_trusted_only_where_it_is_listed() -> None:
    assert ServiceHosts(["127.0.0.1:3978"]).trusts("http://127.0.0.1:3978/")
    assert not ServiceHosts(["127.0.0.1:3978"]).trusts("http://127.0.0.1:80/")


def test_a_private_address_stays_foreign_even_when_it_is_listed() -> None:
    assert not ServiceHosts(["10.0.0.1", "169.254.169.254"]).trusts("https://169.254.169.254/")
