"""User names in records of systems and above passwords; papers in tables and forms."""

from collections.abc import Callable

import pytest

Found = list[tuple[str, str]]
Find = Callable[[str], Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sAMAccountName: cbalogh\n", "cbalogh"),
        ("Get-ADUser ajaouen -Properties *", "ajaouen"),
        ("Bind failed for uid=omarchetti,ou=people,dc=aerosys", "omarchetti"),
        ("\tAccount Name:\t\tohartnell\n", "ohartnell"),
        ("Nom du compte :\t\témile.x\n\tNom du compte :\t\tolecorre\n", "olecorre"),
        ("User name                    ebalogh\n", "ebalogh"),
        ("New session 412 of user okowalski.", "okowalski"),
        ("sudo: okowalski : TTY=pts/2 ; USER=root", "okowalski"),
        ("su: (to root) ovolkov on pts/1", "ovolkov"),
        ("authentication failure; logname=ovolkov uid=1004", "ovolkov"),
        ("Disconnected from user ezbyszek 10.9.4.2 port 40122", "ezbyszek"),
        ('password authentication failed for user "omarchetti"', "omarchetti"),
        ("Access denied for user 'omarchetti'@'10.4.1.9'", "omarchetti"),
        ("gid=1001(ejensen)", "ejensen"),
        ("$ whoami\nejensen\n", "ejensen"),
        ("psql -U ejensen raise", "ejensen"),
        ("ejensen:x:1001:1001::/srv:/bin/zsh", "ejensen"),
        ("ejensen   4102 12.0  3.1 8123456 512340 pts/0  Sl+  09:10 java", "ejensen"),
        ("Signed in as amundsen_r, but nothing happens", "amundsen_r"),
        ("Connectée en tant que amundsen_r", "amundsen_r"),
        ("Caller: Delphine Roussel (droussel)", "droussel"),
        ("votre identifiant intranet apennec2", "apennec2"),
        ("Identifiant AD à créer : ykerbrat", "ykerbrat"),
        ("mon log c pmartinot", "pmartinot"),
        ("INSERT INTO u (id, login, email) VALUES (1, 'ebonnec', NULL);", "ebonnec"),
    ],
)
def test_user_names_in_records(found: Find, text: str, value: str):
    assert ("user", value) in found(text)
    assert {kind for kind, _ in found(text)} <= {"user", "person", "host"}


@pytest.mark.parametrize(
    ("text", "login", "password"),
    [
        ("DB_USER=capella_app\nDB_PASSWORD=Vert-Galant75", "capella_app", "Vert-Galant75"),
        ("username: modelhub\n  password: Orme-75!", "modelhub", "Orme-75!"),
        (
            "<username>oquentel</username>\n  <password>Orme-75!</password>",
            "oquentel",
            "Orme-75!",
        ),
        ("UID=dooradm;PWD=Oak-Door-5", "dooradm", "Oak-Door-5"),
        ("Le compte générique op_banc (mot de passe Opbanc-9)", "op_banc", "Opbanc-9"),
    ],
)
def test_user_above_a_password(found: Find, text: str, login: str, password: str):
    assert found(text) == [("user", login), ("password", password)]


def test_a_user_name_is_masked_wherever_it_stands(found: Find):
    text = "psql -U kvlasak raise\nkvlasak also owns the bench"
    assert found(text) == [("user", "kvlasak")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Account Name: SYSTEM\nAccount Name: LOCAL SERVICE\nAccount Name: -\n",
        "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin",
        "uid=0(root) gid=0(root) groups=0(root),27(sudo)",
        "Total: 12 files, 3 4102 pts/0",
        "user: Incomplete\n    password: str",
        "username: field.value,\n  password: other.value",
        "Signed in as expected. Log in with your account. Connecté en Wi-Fi.",
        "A Code Object (code_) and a Call (callback); Handles Call (callback)",
        "| User | Story | Password |\n|---|---|---|\n| pilot | US-12 | hidden |\n",
        "sudo: command not found ; psql -U postgres",
        "sudo: terraform : command not found\nsudo: terraform : commande introuvable",
        "Flight Control (fcontrol), Main Bus (mbus), Fuel Quantity (fquant)",
        "Connected as node_03 on the bus. Le capteur est connecté en tant que esclave_01.",
        "Recorded user actions, pass 12/14.",
    ],
)
def test_nobodys_accounts_in_records(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("matricule;nom\n118402;x\n", ["118402"]),
        ("matricule;opérateur;machine\n118402;x;y\n", ["118402"]),
        ("N° passeport\tpays\nEH4471902\tPL\n", ["EH4471902"]),
        ("site,badge\nBrest,B-20418\n", ["B-20418"]),
        ("passeport polonais n° EK4471902", ["EK4471902"]),
        ("Mon numéro de passeport c'est 19DA44718", ["19DA44718"]),
        ("Type de pièce : CNI\nNuméro de la pièce : D2H6862M2", ["D2H6862M2"]),
        ("N° allocataire CAF : 4471902", ["4471902"]),
        ("N° adhérent mutuelle : 00447190", ["00447190"]),
        ("Badge visiteur V-0447", ["V-0447"]),
        ("Staff no. 44719", ["44719"]),
        ("Personalausweisnummer: T22000129", ["T22000129"]),
        ("AHV-Nr. 756.1234.5678.97", ["756.1234.5678.97"]),
    ],
)
def test_papers(found: Find, text: str, values: list[str]):
    assert found(text) == [("id_document", value) for value in values]


def test_plates_of_vehicles_and_a_number_with_a_wrong_key(found: Find):
    assert found("Véhicules : Clio AB-447-CD, fourgon EF-190-GH") == [
        ("plate", "AB-447-CD"),
        ("plate", "EF-190-GH"),
    ]
    assert found("carte vitale 2 89 05 29 232 118 58") == [("nir", "2 89 05 29 232 118 58")]


@pytest.mark.parametrize(
    "text",
    [
        "Badge: build passing\n| Badge | État |\n|---|---|\n| CI | vert |\n",
        "Numéro de la pièce : 33AB1209 du rack",
        "Le véhicule lanceur VL-120 ; véhicule 447-1902-B",
        "vehicle speed VS 120 KM, vehicle bus connector AB123CD",
        "SIN(2x), PAN 1A2B3C4D, SPI is 12000000 Hz ; IPP bus",
        "permis de feu 2024-117, carte n° 4471 du rack 2",
        "Driving cycle of the engine\nDocument number: SRS1234567",
    ],
)
def test_no_papers(found: Find, text: str):
    assert found(text) == []
