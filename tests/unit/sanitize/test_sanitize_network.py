from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("depuis 82.64.12.9.", "82.64.12.9"),
        ("http://51.15.2.33:8080/x", "51.15.2.33"),
        ("ssh root@203.0.113.7", "203.0.113.7"),
        ("adresse IP 8.8.8.8", "8.8.8.8"),
        ("2a01:e0a:12:3450::1", "2a01:e0a:12:3450::1"),
        ("[2001:db8::ff00:42:8329]", "2001:db8::ff00:42:8329"),
    ],
)
def test_public_address_is_found(found: Find, text: str, value: str):
    assert found(text) == [("ip", value)]


@pytest.mark.parametrize(
    "text",
    [
        "192.168.1.254",
        "10.0.0.1 127.0.0.1 169.254.1.1 172.16.3.4",
        "0.0.0.0 255.255.255.0 224.0.0.251",
        "version 120.0.6099.109",
        "Chrome/120.0.99.109",
        "numpy==1.26.4.0",
        "upgrade V8 to 4.4.63.30",
        "v52.14.3.2",
        "section 1.2.3.4",
        "1.2.3.4",
        "1.3.6.1.4.1.311",
        "300.1.2.3",
        "fe80::1",
        "::1",
        "std::vector a::b",
        "12:34:56",
        "2024:01:02",
    ],
)
def test_what_is_no_public_address_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize("mac", ["3c:22:fb:9a:01:7e", "3C-22-FB-9A-01-7E", "3c22.fb9a.017e"])
def test_mac_is_found(found: Find, mac: str):
    assert found(f"ether {mac} up") == [("mac", mac)]


@pytest.mark.parametrize(
    "text", ["ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "aa:bb:cc:dd:ee:ff:11:22"]
)
def test_what_is_no_own_mac_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("postgres://sa:S3cret@db.acme.fr/x", "sa:S3cret"),
        ("https://élodie:çà-va9@git.acme.fr", "élodie:çà-va9"),
        ("redis://:motdepasse9@cache:6379", ":motdepasse9"),
        ("mongodb+srv://u:p%40ss@cluster0.mongodb.net", "u:p%40ss"),
    ],
)
def test_credentials_in_url_are_found(found: Find, text: str, value: str):
    assert found(text) == [("credentials", value)]


@pytest.mark.parametrize(
    "text",
    [
        "https://user:password@host",
        "https://${USER}:${PASS}@host",
        "ssh://git@host.fr:22/x",
        "http://a:80/@b",
    ],
)
def test_url_without_credentials_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("/home/jdupont/projets", "jdupont"),
        ("cd /home/élodie", "élodie"),
        ("/Users/Zoé/Library", "Zoé"),
        ("C:\\Users\\jdupont\\Documents", "jdupont"),
        ("C:\\Users\\Jean Dupont\\Documents", "Jean Dupont"),
        ("C:\\\\Users\\\\Jérôme\\\\x", "Jérôme"),
        ("c:/users/jdupont/x", "jdupont"),
        ("/c/Users/jdupont/x", "jdupont"),
        ("file:///home/jdupont/x.pdf", "jdupont"),
        ("C:\\Documents and Settings\\jdupont\\x", "jdupont"),
    ],
)
def test_user_in_path_is_found(found: Find, text: str, value: str):
    assert found(text) == [("user", value)]


@pytest.mark.parametrize(
    "text",
    [
        "C:\\Users\\Public\\Documents",
        "/home/user/x",
        "/home/ubuntu",
        "https://acme.fr/home/index.html",
        "https://acme.fr/Users/list",
        "GET /users/42",
        "/home/$USER/x",
        "C:\\Users\\%USERNAME%\\x",
        "/home/<nom>/x",
        "/home/user12/x",
        "/home/index.js",
    ],
)
def test_path_without_a_person_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("amqp://bot:Kx9trame@mq:5672/", "bot:Kx9trame"),
        ("https://oauth2:glpatX9k2@gitlab.acme.fr/x.git", "oauth2:glpatX9k2"),
        ("sftp bot:Kx9trame@ftp.acme.fr", "bot:Kx9trame@ftp.acme.fr"),
        ("proxy = bot:Kx9trame@proxy.acme.fr:3128", "bot:Kx9trame@proxy.acme.fr"),
        ("ssh://bot:Kx9trame@10.0.0.3:22", "bot:Kx9trame"),
        ("http --auth bot:Kx9trame GET /x", "bot:Kx9trame"),
        ("curl --user 'bot:Kx9 trame' x", "bot:Kx9 trame"),
        ("curl --proxy-user bot:Kx9trame x", "bot:Kx9trame"),
        ("mysql://bot:Kx9%23trame@db:3306/x", "bot:Kx9%23trame"),
        ("curl -sSu bot:Kx9trame https://a.fr", "bot:Kx9trame"),
        ("curl -ubot:Kx9trame x", "bot:Kx9trame"),
        ("bot:Kx9trame@198.51.100.7", "bot:Kx9trame"),
        ("smb://ACME;bot:Kx9trame@nas/x", "ACME;bot:Kx9trame"),
        ('DATABASE_URL="postgres://bot:Kx9trame@db/x"', "bot:Kx9trame"),
        ("ftp://bot:Kx9trame@ftp.acme.fr", "bot:Kx9trame"),
    ],
)
def test_user_and_password_in_one_are_found(found: Find, text: str, value: str):
    assert ("credentials", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "docker pull nginx:1.25@sha256:abc",
        "npm:react@18.2.0",
        "mailto:bob99@acme.fr:",
        "git@github.com:acme/x.git",
        "http://localhost:8080/@vite/client",
        "https://medium.com:443/@bob",
        "localhost:5432",
        "user:pass@host:80",
        "-u user",
        "--user 1000:1000",
        "sort -u a:b",
        "docker run -u 1000:1000 x",
        "image:v1.2.3@registry",
        "x[..., -sequence_length:].clone()",
    ],
)
def test_what_is_no_user_and_password_is_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "credentials"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ip=82.64.12.9", "82.64.12.9"),
        ("client_ip=82.64.12.9", "82.64.12.9"),
        ("src=82.64.12.9 dst=10.0.0.1", "82.64.12.9"),
        ("host:82.64.12.9:8080", "82.64.12.9"),
        ('"ip":"82.64.12.9"', "82.64.12.9"),
        ("SRC=82.64.12.9 SPT=443", "82.64.12.9"),
        ("rhost=82.64.12.9", "82.64.12.9"),
        ("X-Forwarded-For: 82.64.12.9, 10.0.0.1", "82.64.12.9"),
        ("82.64.12.0/24", "82.64.12.0"),
        ("server=82.64.12.9;", "82.64.12.9"),
        ("from /82.64.12.9:443", "82.64.12.9"),
        ("HOST='82.64.12.9'", "82.64.12.9"),
        ("82.64.12.9-82.64.12.40", "82.64.12.9"),
        ("82.64.12.9-82.64.12.40", "82.64.12.40"),
        ("IP publique=82.64.12.9", "82.64.12.9"),
        ("remote_addr=82.64.12.9", "82.64.12.9"),
        ("?ip=82.64.12.9&x", "82.64.12.9"),
        ("nameserver=9.9.9.9", "9.9.9.9"),
    ],
)
def test_public_address_is_found_in_logs_and_settings(found: Find, text: str, value: str):
    assert ("ip", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "numpy==1.26.4.40",
        "version=82.64.12.9",
        "chromium=99.0.45.120",
        "driver>=82.64.12.9",
        "pkg=82.64.12.9",
        "x~=82.64.12.9",
        "src=192.168.1.4",
        "zip=82.64.12.9",
        "/v82/82.64.12.9/",
        "release=82.64.12.9",
        "tip=82.64.12.9",
        "build-82.64.12.9",
    ],
)
def test_four_numbers_after_an_equals_sign_are_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "ip"] == []
