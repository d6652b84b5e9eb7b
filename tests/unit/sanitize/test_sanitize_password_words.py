"""Passwords of letters alone, where what stands around them says that they are one."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


def passwords(found: Find, text: str) -> list[str]:
    return [value for kind, value in found(text) if kind == "password"]


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("Login is rigop, password is sunflower.", "sunflower"),
        ("my password is butterscotch everywhere", "butterscotch"),
        ("Le mot de passe est marguerite, sans majuscule.", "marguerite"),
        ("L'ancien mot de passe était Coquelicot.", "Coquelicot"),
        ("La clé wifi de la salle d'essais est bonjourlesgens.", "bonjourlesgens"),
        ("Log in as tbench with password marmalade and start the capture.", "marmalade"),
        ("Connecte-toi en essai_hydro avec le mot de passe hirondelle.", "hirondelle"),
        ("the NAS (user backup2, password walnuts) is full", "walnuts"),
        ('Open the archive with password "lemon tree".', "lemon tree"),
        ("Le mot de passe « petite souris » marche encore.", "petite souris"),
        ("I have set the admin password to lighthouse.", "lighthouse"),
        ("On a changé le mot de passe en libellule.", "libellule"),
        ("mdp gitlab = mirabelle", "mirabelle"),
        ("[database]\nusername = mtrent\npassword = oakleaf\nport = 5432", "oakleaf"),
        ("user=hkline pwd=swordfish host=sim04", "swordfish"),
        ("ansible_ssh_pass: nightjar\nansible_port: 22", "nightjar"),
        ("| tool | user | password |\n|---|---|---|\n| Jenkins | citool | magpie |", "magpie"),
        (
            "INSERT INTO t (login, mot_de_passe) VALUES ('fdurieux', 'pamplemousse');",
            "pamplemousse",
        ),
    ],
)
def test_words_that_are_told_are_found(found: Find, text: str, password: str):
    assert passwords(found, text) == [password]


def test_a_password_below_a_user_name_alone_is_found(found: Find):
    text = "Here are the creds for staging:\n  veridian_ro\n  kPz!88wqLm\n"
    assert passwords(found, text) == ["kPz!88wqLm"]


@pytest.mark.parametrize(
    "text",
    [
        "The password is plaintext. The password is wrong. Password is case sensitive.",
        "Your password is about to expire. The password is secondary. The password is mandatory.",
        "Le mot de passe est obligatoire. Le mot de passe est caduc. Le mot de passe est vide.",
        "Le mot de passe était erroné. Le mot de passe est bidon. Le mot de passe est haché.",
        "Login with password fails. Sign in as root with password authentication.",
        "as admin with password reset; user bob with password expired cannot log in",
        "Connexion en local avec mot de passe obligatoire.",
        "the password to authenticate, the password to continue. We set the password to expire.",
        "def f(x):\n    login = name\n    password = value\n    return password",
        "data = [\n]\npassword = keyring\n",
        "val dbPass: String\nuser_pass: string\nlogin_pass: required",
        "| user | password | role |\n|---|---|---|\n| required | required | optional |",
        '"the password "must be longer" error", the password "remember me" box',
    ],
)
def test_what_is_said_of_a_password_is_left(found: Find, text: str):
    assert passwords(found, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"password": "Password", "password.required": "Password is required"',
        '"password_label": "Mot de passe", "password": "Passwort"',
        '"passwordConfirm": "Confirmez le mot de passe", "password_hint": "Indice"',
        "const password = 'Password used to generate key';",
    ],
)
def test_texts_of_a_screen_are_left(found: Find, text: str):
    assert passwords(found, text) == []
