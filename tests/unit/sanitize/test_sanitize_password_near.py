"""Passwords some way off the word that announces them, told by their looks."""

from collections.abc import Callable

import pytest

from raise_finetune.dataset.sanitize import Sanitizer
from raise_finetune.dataset.sanitize.rules.password_shape import built, likely, unmistakable

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # further on in the sentence
        ("le mdp de la vm n'a pas bougé c'est simu!2030", ["simu!2030"]),
        ("The password we all use on the shared workstation is still Bunsen42.", ["Bunsen42"]),
        ("le mot de passe du compte svc (Bu1ld&Go) sera changé", ["Bu1ld&Go"]),
        ("the password was changed from Otter2023 to Otter2024", ["Otter2023", "Otter2024"]),
        ("Le mot de passe est passé de Ronce2029 à Ronce2030.", ["Ronce2029", "Ronce2030"]),
        ("mdp du LDAP : l'ancien Frêne_11, le nouveau Frêne_22", ["Frêne_11", "Frêne_22"]),
        ("I forgot my password, either Juniper11 or Juniper12.", ["Juniper11", "Juniper12"]),
        ("nobody ever changed the default password, so Welcome1! still works", ["Welcome1!"]),
        ("mdp de l'admin du banc Tournesol7", ["Tournesol7"]),
        ("Le mot de passe a changé. Le nouveau est le suivant : hX7-prune", ["hX7-prune"]),
        ("C'est quoi le mdp de l'imprimante ? Encre*Noire5", ["Encre*Noire5"]),
        ("login / mot de passe = visiteur / Visite_89", ["Visite_89"]),
        ("mot de passe tout en minuscules : soleil", ["soleil"]),
        ("password is all lower case, no spaces: greenbottle", ["greenbottle"]),
        ("mdp azerty\n", ["azerty"]),
        ("mdp 471100", ["471100"]),
        ("Passphrase: copper horse under nine bridges", ["copper horse under nine bridges"]),
        # before it
        ("I typed Juniper12 but it says wrong password", ["Juniper12"]),
        ("tapez 7718A au digicode puis sonnez", ["7718A"]),
        # below
        ("password for the test rig, please rotate:\nFalcon-Ridge7", ["Falcon-Ridge7"]),
        ("Le mot de passe, à ne pas transférer :\n\nGirafe_Lente8\n", ["Girafe_Lente8"]),
        (
            "passwords:\n  1. stage: st4ging-Owl\n  2. demo: d3mo-Owl\n",
            ["st4ging-Owl", "d3mo-Owl"],
        ),
        ("tu as le mdp du serveur ?\noui c'est L1cence#go", ["L1cence#go"]),
        (
            "Comptes du banc :\n  lecture / Banc_0p3r\n  essais / Banc_Mnt9\n",
            ["Banc_0p3r", "Banc_Mnt9"],
        ),
        (
            "user    password      role\nops     0ps-Heron     admin\nview    v1ew-Heron    reader",
            ["0ps-Heron", "v1ew-Heron"],
        ),
        ('expect "Password:"\nsend "C3dar-auto\\r"', ["C3dar-auto"]),
        ("mot de passe du jour « pluie-4512 ».", ["pluie-4512"]),
        ("mot de passe de l’été «\u202fpluie-4512\u202f»", ["pluie-4512"]),
        (
            "j’ai essayé Cigale17, Cigale18 et Cigale19 comme mots de passe",
            ["Cigale17", "Cigale18", "Cigale19"],
        ),
        ("le mot de passe du banc ?\n— marmotte78, tout attaché", ["marmotte78"]),
    ],
)
def test_password_off_its_cue_is_found(found: Find, text: str, values: list[str]):
    assert [value for kind, value in found(text) if kind == "password"] == values


@pytest.mark.parametrize(
    "text",
    [
        "Le mot de passe est traité par SYS-REQ-0231 et EXG_SEC_014.",
        "Gestion des mots de passe\nSSS-SEC-0045\nVoir ICD-0012-B",
        "Mots de passe :\n- 12 caractères minimum\n- 1 majuscule\n",
        "The password is in 1Password, vault Lab2, item rig-controller-03.",
        "Password managers: 1Password, KeePass2",
        "le mot de passe, on en parle en B212 avec Python3.11",
        "who has the password for the Cisco2960?\nask Build2 team, ticket OPS-884",
        "Le mdp a été créé en Q3-2024, il expire à 23h59.",
        "the password prompt of Debian12",
        "mot de passe du serveur titan12",
        "password hash: see evt_pwd_2 in mod_4.py",
        "passphrase: stored in the vault of the team",
        "mot de passe 2024",
        'password\n"tool_call_id": "call_GR0G7yEEoqy8MsHCJn4zgUAw"\n',
        "password:\n    user: Otter2024\n    port: port8080\n",
        "inner.update(password.translate(_trans_36))",
        "login,password_hash\nbob,Peb8le!",
        "SELECT password, name FROM t WHERE x = 'Peb8le!'",
        "tests pass in node18, then pass Token2 on",
        "Identifiants : LC-12 / PC-02",
        "pin 1204 of the FPGA",
        "entre 1000 et 2000 essais par mot de passe",
        "mot de passe du poste « Windows 11 »",
        "essayé en v2.3.1, en v2.4.0, le champ mot de passe reste vide",
    ],
)
def test_what_only_stands_near_a_cue_is_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "password"] == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le code de la salle serveurs est le 5830.", "5830"),
        ("Code du local technique : 9920", "9920"),
        ("code boîte à clés 3306", "3306"),
        ("Code d'accès bâtiment C : B4471", "B4471"),
        ("the keypad code for the clean room is 4471#", "4471#"),
        ("La combinaison du coffre est 48-12-77.", "48-12-77"),
        ("puk 55120934", "55120934"),
    ],
)
def test_code_of_a_place_is_found(found: Find, text: str, value: str):
    assert found(text) == [("password", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Le code d'erreur de la porte est 4471.",
        "le code du projet est P2024",
        "the source code of room 2 is in door_v2.c",
        "la porte fait 2040 mm",
        "code postal de la salle : 75011",
    ],
)
def test_code_of_no_place_is_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("unzip -P b1rchwood logs.zip", "b1rchwood"),
        ("zip -P b1rchwood logs.zip a.log", "b1rchwood"),
        ("7z x -pb1rchwood plans.7z", "b1rchwood"),
        ("mongo -u admin -p M0ss-db", "M0ss-db"),
        ("plink -ssh tester@10.1.2.3 -pw G0rse-rdp", "G0rse-rdp"),
        ("net use Z: \\\\10.2.3.4\\plans Plan0*31 /user:atelier", "Plan0*31"),
        ("net use P: \\\\10.2.3.4\\partage /user:atelier P@rtage31", "P@rtage31"),
        ('$env:DB_PASS = "P0plar-win"', "P0plar-win"),
        ("SSID LAB-5G, WPA2 key 9xq7-trunk-0", "9xq7-trunk-0"),
        ("Wi-Fi invité : SSID MECA-Guest, clé : hirondelle-2044", "hirondelle-2044"),
        ("SSID : MECA\nClé : hirondelle-2044", "hirondelle-2044"),
        ("root/toor: the box logs in with root/toor", "toor"),
        ("[pw s3rviceAcct]", "s3rviceAcct"),
        ("smbclient //10.0.0.7/data -U 'plans%S0rbier77'", "S0rbier77"),
    ],
)
def test_password_of_a_tool_is_found(found: Find, text: str, value: str):
    assert ("password", value) in found(text)


@pytest.mark.parametrize("word", ["Usine#12", "T0pinambour", "gr4f4na", "P@rtage31", "adm!nas8"])
def test_word_that_is_a_password_anywhere(word: str):
    assert unmistakable(word)


@pytest.mark.parametrize("word", ["Bunsen42", "Carotte-18", "Banc_0p3r", "pivoine2031"])
def test_word_that_was_made_up_for_a_password(word: str):
    assert built(word)
    assert not unmistakable(word) or "0" in word


@pytest.mark.parametrize(
    "word",
    [
        "SW-REQ-0012", "NODE-01", "PN-4471-02", "ISO27001", "v2.3.1", "120ms", "14h30", "l1cache",
        "Python3.11", "KeePass2", "France2Connect", "evt_pwd_ok2", "plan2.pdf", "issue#42",
        "call_GR0G7yEEoqy8MsHCJn4zgUAw", "toolu_01A09q90qw90lq917835lq9",
        "Debian12", "0x80070005", "4f7a92bc81de0c3f", "jane2@acme.fr", "a/b2/c3", "utilisateur12",
    ],
)  # fmt: skip
def test_word_that_is_something_else(word: str):
    assert not likely(word)


def test_nothing_is_left_once_they_are_masked(sanitizer: Sanitizer):
    text = (
        "mdp : l'ancien Ronce_2029, le nouveau Ronce_2030\n\nMots de passe :\n"
        "- GLPI : Crevette!12\n- Nagios : B1gorneau\n- autre : à venir\n"
    )
    (group,) = sanitizer.sanitize([[text]])
    assert group.texts == [
        "mdp : l'ancien <PASSWORD_1>, le nouveau <PASSWORD_2>\n\nMots de passe :\n"
        "- GLPI : <PASSWORD_3>\n- Nagios : <PASSWORD_4>\n- autre : à venir\n"
    ]
    assert not sanitizer.scan(group.texts)


@pytest.mark.parametrize(
    "text",
    [
        "Password\nX1!abcdef\nI typed Juniper12 but it says wrong password\nHeron=22",
        "le mdp maintenant Mesange45 mdp=Mesange46!",
        "password=<password> | M. Jean-Baptiste Delarivière, 06 12 34 56 78 B1gorneau",
    ],
)
def test_what_is_masked_brings_nothing_else_into_reach(sanitizer: Sanitizer, text: str):
    (group,) = sanitizer.sanitize([[text]])
    assert not sanitizer.scan(group.texts)
