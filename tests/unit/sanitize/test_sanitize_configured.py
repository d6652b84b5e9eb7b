"""Passwords in configuration, and codes that open something."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]

BCRYPT = "$2b$12$" + "Xk3vQ9pLw7ZrT1nB5mYc8e" * 2 + "aH4sD6fG0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("requirepass Bas4lt-redis", "Bas4lt-redis"),
        ("keytool -list -storepass ch4ngedit", "ch4ngedit"),
        ("-deststorepass 'été-Chaud9'", "été-Chaud9"),
        ('ConvertTo-SecureString "Qu4rtz!Dome" -AsPlainText', "Qu4rtz!Dome"),
        ("ConvertTo-SecureString -String 'Éclair-77' -Force", "Éclair-77"),
        ("net user builder Qu4rry.9 /add", "Qu4rry.9"),
        ('    psk="copper kettle 12"', "copper kettle 12"),
        ("wpa-psk 'forêt noire'", "forêt noire"),
        ("echo 'Marble-55' | sudo -S reboot", "Marble-55"),
        ('echo "root:T0urmaline" | chpasswd', "T0urmaline"),
        ("db.example.org:5432:models:reader:p0rphyry", "p0rphyry"),
        ("snmp-server community Pl4nt-RO RO", "Pl4nt-RO"),
        ("rocommunity atelier-7", "atelier-7"),
        ("username netadmin password 7 0822455D0A16", "0822455D0A16"),
        ("enable secret 9 tR4vertine", "tR4vertine"),
        ("db_pass: Bas4lt", "Bas4lt"),
        ("ansible_become_pass: 'Bas4lt#9'", "Bas4lt#9"),
        ('"dbPass": "Bas4lt#9",', "Bas4lt#9"),
        ("smtp_pw => 'Bas4lt#9'", "Bas4lt#9"),
        ("<pass>Bas4lt#9</pass>", "Bas4lt#9"),
        ("<db_pass>Bas4lt#9</db_pass>", "Bas4lt#9"),
    ],
)
def test_password_of_a_service_or_device_is_found(found: Find, text: str, value: str):
    assert ("password", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "requirepass: bool = False",
        "keytool -storepass:env STOREPASS",
        "ConvertTo-SecureString $plain -AsPlainText",
        "net user builder /delete",
        "net user builder * /add",
        "psk: Optional[str] = None",
        'echo "done" | tee build.log',
        "echo 'hello' | sudo tee /etc/motd",
        "localhost:5432:models:reader:",
        "snmp-server community public RO",
        "snmp-server enable traps",
        "service password-encryption",
        "secret 5 ans de prison; password 2 champs",
        "render_pass: 'main-1'",
        "bypass: Bas4lt#9",
        "user_pass: true",
        "db_pass: ${DB_PASS}",
        "db_pass: changeme",
        "db_pass: str = Field(min_length=8)",
    ],
)
def test_setting_without_a_password_is_left(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0",
        "$6$rounds=5000$gT5fR2dE$" + "Xk3vQ9pLw7ZrT1nB5mYc8e" * 4,
        "$apr1$gT5fR2dE$hx5rVt7rPNoS4wqbXKX7m0",
        BCRYPT,
        "$argon2id$v=19$m=65536,t=3,p=4$gT5fR2dEQ9pLw7Zr$Xk3vQ9pLw7ZrT1nB5mYc8eaH4sD6fG0",
        "{SSHA}gT5fR2dEQ9pLw7ZrXk3vQ9pLw7ZrT1nB",
    ],
)
def test_hash_of_a_password_is_found(found: Find, value: str):
    assert found(f"jdoe {value}\n") == [("secret", value)]


@pytest.mark.parametrize("text", ["awk '{print $1$2}'", "costs $6.50 or $12$", "{SHA} is a scheme"])
def test_dollars_and_braces_are_left(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("W269N-WFGWX-YVC9B-4J6C9-T83GX", "W269N-WFGWX-YVC9B-4J6C9-T83GX"),
        ("Clé d’activation : AB12-CD34-EF56", "AB12-CD34-EF56"),
        ("licence key AB12C-DE34F-GH56I", "AB12C-DE34F-GH56I"),
        ("TOTP secret: KRSX G5CT MVRX EZLU", "KRSX G5CT MVRX EZLU"),
        ("Clé de la double authentification : JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"),
        ("Codes de récupération : 4f7a-92bc, 81de-0c3f", "4f7a-92bc, 81de-0c3f"),
        ("backup codes: 1234 5678; 8765 4321", "1234 5678; 8765 4321"),
        (
            "Clé de récupération BitLocker : "
            "318054-050402-481272-539088-113817-635008-643544-062557",
            "318054-050402-481272-539088-113817-635008-643544-062557",
        ),
    ],
)
def test_key_seed_and_backup_code_are_found(found: Find, text: str, value: str):
    assert found(text) == [("secret", value)]


@pytest.mark.parametrize(
    "text",
    [
        "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
        "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
        "Licence : Apache-2.0",
        "license: LGPL-2.1-only",
        "TOTP secret: see the vault",
        "OTP via AUTHENTIFICATION",
        "the 2FA code is sent from your bank that very day",
        "Codes de secours : voir la procédure",
        "BitLocker: 318055-050403-481273-539089-113818-635009-643545-062558",
    ],
)
def test_template_and_licence_name_are_left(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CVV : 913", "913"),
        ("cryptogramme 482", "482"),
        ("code de sécurité de la carte : 7714", "7714"),
        ("the security code is 271", "271"),
    ],
)
def test_code_of_a_card_is_found(found: Find, text: str, value: str):
    assert found(text) == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "le cryptogramme a trois chiffres",
        "CVC 12",
        "CVV 100 €",
        "le cours CSC 4504",
        "capteur CVC 210",
    ],
)
def test_card_code_without_digits_of_its_own_is_left(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mdp : Mouette2023!, maintenant c'est Mouette2024!.", ["Mouette2023!", "Mouette2024!"]),
        ("Le mdp c’est pas Sapin88, c’est Sapin89!", ["Sapin88", "Sapin89!"]),
        ("My password was Walrus#19 and now it's Walrus#20", ["Walrus#19", "Walrus#20"]),
        ("pour le wifi invité c'est Tulipe-Rouge-44", ["Tulipe-Rouge-44"]),
        ("Wi-Fi : Invites / bienvenue2024", ["bienvenue2024"]),
        ("wifi invités, clé bienvenue2024", ["bienvenue2024"]),
        ("guest wifi, the key Welcome_2024", ["Welcome_2024"]),
        ("Wi-Fi de la salle d'été -> Mélèze-2031", ["Mélèze-2031"]),
        ("The database password's Walrus#19", ["Walrus#19"]),
        ("Password (case sensitive): MillPond_08", ["MillPond_08"]),
        ("le mot de passe par défaut est SIEMENS-1", ["SIEMENS-1"]),
        ("the admin pw is now r0ver&Out", ["r0ver&Out"]),
    ],
)
def test_password_told_in_passing_is_found(found: Find, text: str, values: list[str]):
    assert found(text) == [("password", value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "Pour le wifi c'est le service informatique.",
        "le wifi c'est Livebox-A3F2",
        "Le mdp c'est pas compliqué à changer.",
        "Il était trop court, maintenant c'est mieux.",
        "version 3 ou alors v4.2",  # no password near
        "Le mot de passe est chiffré, ou alors SHA-256 selon la version.",
        "wifi is 802.11ac only",
        "wifi : WPA2 / WPA3-SAE",
        "Wi-Fi : 802.11ac / 802.11ax",
        "Wi-Fi : 2.4 GHz / 5 GHz",
        "le wifi, la clé est dans le tiroir",
        "PW=12.5 ; pw: float64",
        "The password's length matters.",
        '<password encrypted="true"/>',
        "CREATE USER reporting WITH PASSWORD :'pw'",
    ],
)
def test_talk_without_a_password_is_left(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ('{"auth": "Y2k6aGVyb24tMTk3Nw=="}', "secret", "Y2k6aGVyb24tMTk3Nw=="),
        (
            "https://acc.example.net/m.zip?sv=2022&sig=aB3dE5fG7hJ9kL1mN2pQ4rS6%3D",
            "secret",
            "aB3dE5fG7hJ9kL1mN2pQ4rS6%3D",
        ),
        ("sqlplus scott/Tiger3@orcl", "credentials", "scott/Tiger3"),
        ("jdbc:oracle:thin:modèle/P1ate@orcl:1521", "credentials", "modèle/P1ate"),
        ("ls ~okelly/public_html", "user", "okelly"),
        ("/Users/Hakim Z/Documents", "user", "Hakim Z"),
    ],
)
def test_login_of_a_tool_is_found(found: Find, text: str, kind: str, value: str):
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        '{"auth": "basic"}',
        "?sig=0&sv=2",
        "~root/bin et ~/bin",
        "/Users/Shared/Data",
        "sqlplus /nolog",
    ],
)
def test_setting_of_a_tool_is_left(found: Find, text: str):
    assert found(text) == []
