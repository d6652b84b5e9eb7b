"""Names that what stands around them tells."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


def people(found: Find, text: str) -> list[str]:
    return [value for kind, value in found(text) if kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "From: Thornbury, Odalric\nSent: 03 March 2025 11:02\nTo: Okwuosa, Zikora",
            ["Thornbury, Odalric", "Okwuosa, Zikora"],
        ),
        (
            "De : KERBLOUCH, Maëlane (EXT)\nÀ : Šubrtová, Zdenka; ÉTCHÉPARE, Peïo\nObjet : revue",
            ["KERBLOUCH, Maëlane", "Šubrtová, Zdenka", "ÉTCHÉPARE, Peïo"],
        ),
        (
            "> To: Okwuosa, Zikora <z.okwuosa@example.org>\n> Subject: review",
            ["Okwuosa, Zikora"],
        ),
    ],
)
def test_people_in_the_head_of_a_mail_are_found(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "From: Frames, Vectors",  # no head
        "From: Requirements, Design\nTo: Everyone\nSubject: baseline",
        "De : Bureau, Études\nObjet : revue",
        "from: London, to: Paris, cc: nobody",
    ],
)
def test_what_is_no_head_of_a_mail_is_left(found: Find, text: str):
    assert people(found, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Outrequin, né le 3 mars 1961", ["Outrequin"]),
        ("Kerblouc'h Maëlane, née le 02/11/1988 à Dole", ["Kerblouc'h Maëlane"]),
        ("Zdenka Šubrtová (Brno), NÉE LE 02/11/1988", ["Zdenka Šubrtová"]),
        ("Zdenka Šubrtová (Brno), née à Brno", ["Zdenka Šubrtová"]),
        ("Odalric Thornbury, born on 3 March 1961", ["Odalric Thornbury"]),
        ("Aurélien Kerblouch, demeurant 12 rue des Lilas, 39100 Dole", ["Aurélien Kerblouch"]),
    ],
)
def test_who_was_born_or_lives_somewhere_is_found(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Le Système, né le 3 mars 2019",
        "la société Valmetal, domiciliée 12 rue des Lilas",
        "L'outil est né en 2019.",
        "On ne le 3 voit pas",
    ],
)
def test_things_that_were_born_or_lie_somewhere_are_left(found: Find, text: str):
    assert people(found, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le chef de projet, Goulwena Abgrâl, a validé.", "Goulwena Abgrâl"),
        ("Goulwena Abgrâl, cheffe de projet, a validé.", "Goulwena Abgrâl"),
        ("our team lead, Zikora Okwuosa, signed", "Zikora Okwuosa"),
        ("Zikora Okwuosa, project manager", "Zikora Okwuosa"),
        ("Interlocuteur technique : Zikora Okwuosa - bureau 12", "Zikora Okwuosa"),
        ("Responsable qualité du lot 3\u00a0: Élouan Guégan", "Élouan Guégan"),
        ("| Vérifié | P. Kergoat | 12/01 |", "P. Kergoat"),
        ("| Établi | Peïo Étchépare | 12/01 |", "Peïo Étchépare"),
        ("| Approved | P. Kergoat | 12/01 |", "P. Kergoat"),
        ("salut thomas, tu as vu ?", "thomas"),
        ("merci jean-luc !", "jean-luc"),
        ("vu avec karim ce matin", "karim"),
        ("demandé à sophie", "sophie"),
    ],
)
def test_a_name_beside_a_role_or_a_greeting_is_found(found: Find, text: str, name: str):
    assert people(found, text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Le chef de projet, puis le client, valide.",
        "Ingénieur, Bureau des Études, site de Dole",
        "Responsable du système : Équipe Freinage",
        "Interlocuteur technique : à définir",
        "| Vérifié | Oui | 12/01 |",
        "| Approuvé | Moteur | 12/01 |",
        "merci bien, à demain",
        "bonjour à tous, voici le point",
        "voir avec les fournisseurs",
        "hello world, again",
        "demandé à rose",  # also a flower
    ],
)
def test_roles_and_greetings_without_a_name_are_left(found: Find, text: str):
    assert people(found, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Présents : Y. Le Goff, C. Amrani", ["Y. Le Goff", "C. Amrani"]),
        ("Rédacteur : Gwenn Le Bihan", ["Gwenn Le Bihan"]),
        ("John F. Kennedy et Élodie R. Dupont.", ["John F. Kennedy", "Élodie R. Dupont"]),
        ("Paul R. H. Smith (BE)", ["Paul R. H. Smith"]),
        ("[10:15] Sophie B. : je descends", ["Sophie B"]),
        ("Bonjour M. Le Floc'h,", ["Le Floc'h"]),
        ("validé par Yann Guivarc’h et P. Marc'hadour", ["Yann Guivarc’h", "P. Marc'hadour"]),
        ("Nom : LE GUENNEC\nPrénom : Maëlane", ["LE GUENNEC", "Maëlane"]),
        ("Prénom : Maëlane\nNom : ÉTCHÉPARE", ["Maëlane", "ÉTCHÉPARE"]),
        ("| Action | Qui |\n|---|---|\n| Relancer | Thibaudeau |", ["Thibaudeau"]),
        ("| Who | Task |\n|---|---|\n| Ashworth | Review |", ["Ashworth"]),
        ("Employee,Start\nKulkarni,2021", ["Kulkarni"]),
    ],
)
def test_initials_particles_and_forms(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Nom : POMPE HP\nType : centrifuge",
        "| Étape | Qui |\n|---|---|\n| Essai | Équipe |",
        'NAMES = [\n    "Manager",\n    "Pipe",\n]',
    ],
)
def test_names_of_things_in_forms_are_left(found: Find, text: str):
    assert people(found, text) == []
