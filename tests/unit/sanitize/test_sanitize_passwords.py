from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mon mot de passe est Azerty123!", "Azerty123!"),
        ("mon mot de passe c'est soleil.", "soleil"),
        ("mdp : Été-2024", "Été-2024"),
        ("MOT DE PASSE : chaton9", "chaton9"),
        ("Mot de passe\u00a0: Lyon#69", "Lyon#69"),
        ("Mot de passe :\nLyon#69", "Lyon#69"),
        ("**Mot de passe :** Lyon#69", "Lyon#69"),
        ("le mot de passe du wifi c’est « Chat noir 9 »", "Chat noir 9"),
        ("phrase secrète : cheval-agrafe-7", "cheval-agrafe-7"),
        ("my password is hunter2", "hunter2"),
        ("My password is sunshine.", "sunshine"),
        ("the password for the VPN is P@ss w", "P@ss"),
        ("password: `tr0ub4dor&3`", "tr0ub4dor&3"),
        ('"password": "S3cret!"', "S3cret!"),
        ("DB_PASSWORD=S3cret", "S3cret"),
        ("spring.datasource.password=S3cret", "S3cret"),
        ("password = 'S3cret'", "S3cret"),
        ("Server=db;User Id=sa;Password=S3cret;", "S3cret"),
        ("<password>S3cret</password>", "S3cret"),
        ("avec le mot de passe Lyon-1515 Les données", "Lyon-1515"),
        ("| mot de passe | Lyon#69 |", "Lyon#69"),
        ("mysql -u root -pS3cret base", "S3cret"),
        ("mysql --password=S3cret", "S3cret"),
        ("sshpass -p 'S3cret x' ssh h", "S3cret x"),
        ("PGPASSWORD=S3cret psql -h db", "S3cret"),
        ("code PIN : 4821", "4821"),
        ("le digicode est 45B78", "45B78"),
        ("Code d’accès\u00a0: 7391", "7391"),
        ('<add key="SmtpPassword" value="Echo-Falaise3" />', "Echo-Falaise3"),
        ("<property name='password'\n  value = 'Été-Falaise3'/>", "Été-Falaise3"),
        ("Password for 'abenoit': granit_56", "granit_56"),
        ("Mot de passe pour « abénoit » : granit_56", "granit_56"),
    ],
)
def test_password_is_found(found: Find, text: str, value: str):
    assert ("password", value) in found(text)


def test_user_and_password_of_curl(found: Find):
    assert found("curl -u jdupont:S3cret https://x.fr") == [("credentials", "jdupont:S3cret")]


@pytest.mark.parametrize(
    "text",
    [
        "Mot de passe oublié ? Cliquez ici.",
        "Le mot de passe est obligatoire.",
        "le mot de passe doit contenir 12 caractères",
        "the password is required",
        "Your password has expired",
        "password must be at least 8 characters",
        "password: str",
        "def f(password: str) -> None: pass",
        "password = get_password()",
        "password = self.password",
        "password = os.environ['PW']",
        "password=$DB_PASSWORD",
        "password: ${PASSWORD}",
        "password: <your password>",
        "password = hashed_password",
        "if not password:\n    return 401",
        "if password == other:",
        "PASSWORD=********",
        "try:\n    run()\nexcept E:\n    pass",
        "le code postal",
        "mkdir -p dossier",
        "le ping répond en 40 ms",
        "mot de passe : ",
        '"password": "string?"',
        "'Password Hashing': ('password_algos', 1)",
        "from .decorators import password_option as password_option",
        "| password | 1396 | 100.00% |",
        "popd|pwd|read|readonly",
        "Gestionnaire de mots de passe",
        "class User(BaseModel):\n    password: SecretStr\n    name: str",
        "user.password = SecretBytes(raw)",
        "password: HiddenText | None = None",
        "pwd: ModuleType",
        '<input type="password" value="Mot de passe" />',
        '<string key="password" value="Passwort vergessen"/>',
        "PW: ${POSTGRES_PASSWORD:?err}",
        "mysql -h db -u root -p\nEnter password:",
    ],
)
def test_talk_about_passwords_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        'password = ""; login = "login9"; handle = None',
        '{"password":"","name":"Projet2"}',
        '{"password": "", "name": "Projet Alpha2"}',
        "password: '', user: 'admin2'",
    ],
)
def test_empty_password_hides_nothing_behind_it(found: Find, text: str):
    assert found(text) == []
