"""Passwords and user names that code gives to functions."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    "call",
    [
        "server.login('jdupont', 'Zk8#pQw2')",
        'requests.get(url, auth=("jdupont", "Zk8#pQw2"))',
        "auth = ('jdupont', 'Zk8#pQw2')",
        "HTTPBasicAuth('jdupont', 'Zk8#pQw2')",
        'new NetworkCredential("jdupont", "Zk8#pQw2", "ACME")',
        'DriverManager.getConnection("jdbc:oracle:thin:@db:1521", "jdupont", "Zk8#pQw2")',
        'new UsernamePasswordCredentials(\n    "jdupont",\n    "Zk8#pQw2"\n)',
        'oracledb.connect("jdupont", "Zk8#pQw2")',
    ],
)
def test_user_and_password_are_found(found: Find, call: str):
    assert sorted(found(call)) == [("password", "Zk8#pQw2"), ("user", "jdupont")]


def test_user_of_a_service_stays(found: Find):
    assert found('cx_Oracle.connect("reqs", "Zk8#pQw2")') == [("password", "Zk8#pQw2")]


@pytest.mark.parametrize(
    "call",
    [
        'login("alice", "password")',
        'login("jdupont", getenv("SMTP_PASSWORD"))',
        'auth=("PLAIN", "SCRAM-SHA-256")',
        'connect("clicked()", "onClick2")',
        'connect("broker.local", "client-01A")',
        'authenticate("user", "/api/v2/token")',
        'login("jdupont", "a whole sentence 2")',
    ],
)
def test_other_arguments_are_left(found: Find, call: str):
    assert found(call) == NOTHING
