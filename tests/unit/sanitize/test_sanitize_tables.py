"""Passwords and names whose cue is the name of their column."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "passwords"),
    [
        (
            "| outil | mot de passe |\n|---|---|\n| Ci | Peb8le! |\n| Req | Gr3y-DNG |\n",
            ["Peb8le!", "Gr3y-DNG"],
        ),
        ("tool | password\n---|---\nci | `Peb8le!`\n", ["Peb8le!"]),
        ('login;MdP;site\nbob;Peb8le!;Brest\nzoé;"Gr;av3l";Brest', ["Peb8le!", "Gr;av3l"]),
        ('"user","db_password"\n"bob","Peb8le!"\n', ["Peb8le!"]),
        ("password,user\r\nPeb8le!,bob\r\n", ["Peb8le!"]),
        ("user\tpwd (prod)\tn\nbob\tPeb8le!\t1\n", ["Peb8le!"]),
        (
            "INSERT INTO u (login, password) VALUES ('bob', 'Peb8le!'), ('zoe', 'Gr''av,3l');",
            ["Peb8le!", "Gr''av,3l"],
        ),
        ("insert into u (pwd)\nvalues ('Peb8le!')", ["Peb8le!"]),
        ("nom,mdp\nada,12345678", ["12345678"]),
        ("mdp,nom\r\n12345678,ada\r\n", ["12345678"]),
        ("nom,mdp,site\nada,12345678,Brest\nbob,20260105,Dole", ["12345678", "20260105"]),
        ("nom,mdp du banc\nA1,Tournesol-18\nA2,Tournesol-19", ["Tournesol-18", "Tournesol-19"]),
        ("nom,mdp du banc\n,Tournesol-18", ["Tournesol-18"]),
        ("compte,mdp,tokens\nada,Tournesol-18,4000", ["Tournesol-18"]),
        ("Voici le mdp :\nTour,nesol-18", ["Tour,nesol-18"]),
        ("site;login;mdp\nDole;adm;Pignon-88\nBrest;adm;Été-89", ["Pignon-88", "Été-89"]),
    ],
)
def test_passwords_of_a_column_are_found(found: Find, text: str, passwords: list[str]):
    assert [value for kind, value in found(text) if kind == "password"] == passwords


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nom,prenom,ville\nTavernier,Odalric,Dole\nKerbrat,Maëlys,Brest", 4),
        ("| Last name | Phone |\n|---|---|\n| Thornbury | x |", 1),
        ("Nom\tCourriel\nTavernier\tx\nKERBRAT\ty", 2),
        ("INSERT INTO p (id, last_name, first_name) VALUES (1, 'Thornbury', 'Isolde');", 2),
    ],
)
def test_names_of_a_column_are_found(found: Find, text: str, names: int):
    assert [kind for kind, _ in found(text)] == ["person"] * names


@pytest.mark.parametrize(
    "text",
    [
        "| Nom | Mot de passe |\n|---|---|\n| Capteur | requis |\n| Moteur | AES-256 |",
        "| method | password |\n|---|---|\n| GET | required |\n| PUT | N/A |\n| DEL | ******** |",
        "nom,quantité\nCapteur,12\nMoteur,40",  # of things
        "nom,mdp\nCapteur,2026\nMoteur,12000",  # neither years nor counts
        "Give me your name, password, and email.\nThen use foo, bar2!, baz",
        "a, password, b\n\nc, Peb8le!, d",  # another paragraph
        "a,password\nb;Peb8le!",  # another table
        "login,password_hash\nbob,Peb8le!",
        "login   password_hash\nbob   Peb8le-18",
        "user, password\nIl faut, ensuite, relancer2! le service",  # fewer columns
        "SELECT password, name FROM t WHERE x = 'Peb8le!'",
        "step,password,count\n1,123456,1234567",
        "n,étape,mot de passe,itérations\n1,a,20260105,9",
        "| s | password |\n|---|---|\n| TLS | sha256 |\n| SSH | aes-128 |\n| m | menu-2 |",
        '[\n    "login",\n    "password",\n    "plant",\n    "Pignon-88",\n]',
        "matricule;désignation\n44120-A;Pompe HP",
        "Équipement;Matricule\nPompe;44120",
    ],
)
def test_other_columns_are_left(found: Find, text: str):
    assert found(text) == []


def test_a_placeholder_in_a_column_is_left(found: Find):
    assert found("login;password\nbob;<PASSWORD_1>\n") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Le digicode c'est 45A12, puis 7B31 au portail.", ["45A12", "7B31"]),
        ("Code alarme 4410, coffre 291407.", ["4410", "291407"]),
        ("the gate code is 4471, then 8812 for the lift", ["4471", "8812"]),
        ("code porte 1234 et garage 5678B", ["1234", "5678B"]),
        ("The password is Gneiss7x and then it's Marble22y.", ["Gneiss7x", "Marble22y"]),
        ("mdp : Gneiss7x, ensuite Marbre22y", ["Gneiss7x", "Marbre22y"]),
    ],
)
def test_a_second_code_is_found(found: Find, text: str, codes: list[str]):
    assert [value for kind, value in found(text) if kind == "password"] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Le code PIN est 1234. Puis 5678 lignes.", ["1234"]),
        ("Le code d'accès est 4410 puis 2500 €", ["4410"]),
        ("the password has 8 characters, then 1234 tries", []),
        ("Taper le mot de passe 12 fois puis 4444", []),
        ("Le mot de passe est demandé, puis Windows11 redémarre.", []),
        ("Au bâtiment, porte 1234 et garage 5678", []),
    ],
)
def test_other_numbers_after_then_are_left(found: Find, text: str, codes: list[str]):
    assert [value for kind, value in found(text) if kind == "password"] == codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("le réseau s'appelle AtelierB.", []),
        ("Le serveur du labo s'appelle Rose.", []),
        ("ici le wifi s'appelle Orion", []),
        ("La branche qui s’appelle Orion", []),
        ("Le chef du projet s'appelle Zorglub Bidule.", ["Zorglub Bidule"]),
        ("Le voisin s'appelle Zorglub", ["Zorglub"]),
        ("Odile Garance, née Tavernier, signe.", ["Odile Garance", "Tavernier"]),
        ("une idée née Le 12 mars", []),
    ],
)
def test_what_is_called_so_is_a_person_or_a_thing(found: Find, text: str, names: list[str]):
    assert [value for kind, value in found(text) if kind == "person"] == names
