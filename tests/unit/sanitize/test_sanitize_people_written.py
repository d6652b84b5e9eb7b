"""Names in chats, histories of Git and minutes; after ranks and the French "M" without a dot."""

from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]


def people(found: Find, text: str) -> list[str]:
    return [value for kind, value in found(text) if kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("J'ai eu M Destouches au téléphone ce matin.", ["Destouches"]),
        ("Bonjour M Kerouedan, voici le devis.", ["Kerouedan"]),
        ("M Destouches a validé le plan.", ["Destouches"]),
        ("M et Mme Quesnoy seront présents.", ["Quesnoy"]),
        ("Le capitaine Desbordes et le commandant Yvonnou ont signé.", ["Desbordes", "Yvonnou"]),
        ("Prévenir l'adjudant Castelnau pour l'accueil.", ["Castelnau"]),
        ("Captain Redfern observed the drop test.", ["Redfern"]),
        ("Squadron Leader Threlfall joined later.", ["Threlfall"]),
    ],
)
def test_titles_and_ranks_announce_names(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "La matrice M Inverse, le connecteur type M Femelle, la vis M Inox, le mode M Manuel.",
        "Class M Motor, a 5 M Ethernet cable, Option M Standard, M Series.",
        "Major Finding, Major Release, le Major Défaut, General Requirements",
        "Captain mode, Commander Console, commandant de bord, col. Width, LT SPICE",
    ],
)
def test_letters_functions_and_severities_are_left(found: Find, text: str):
    assert people(found, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "[14:02] Esme: did you rerun it?\n[14:03] Strathmore: yes, all of it",
            ["Esme", "Strathmore"],
        ),
        (
            "[13/05/2025, 09:14:02] Kowalczyk: ok\n[13/05/2025, 09:15:10] Esme: merci",
            ["Kowalczyk", "Esme"],
        ),
        (
            "Wilhelmina Pemberton 10:31 AM\nCAN FD?\nDelacroix Threlfall 10:33 AM\nOnly if needed.",
            ["Wilhelmina Pemberton", "Delacroix Threlfall"],
        ),
        (
            "   120\tOdalric Frayne\n    34\tZikora Threlfall\n",
            ["Odalric Frayne", "Zikora Threlfall"],
        ),
        ("a1b2c3d (Zikora Threlfall, 3 days ago) Add the port", ["Zikora Threlfall"]),
        ("Zikora Threlfall committed 2 hours ago", ["Zikora Threlfall"]),
    ],
)
def test_who_writes_and_commits_is_found(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "[10:02] Phase: started\n[10:03] Telemetry: lost\n[10:04] Autopilot: engaged",
        "Coffee Break 10:30\nTechnical Session 10:45\nClosing 17:00\n",
        "   12\tOpen Issues\n   34\tTest Failures\n",
        "a1b2c3d (3 days ago) Add the diagnostic port; Last Update, 3 days ago",
    ],
)
def test_logs_agendas_and_counts_are_left(found: Find, text: str):
    assert people(found, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mettre à jour le plan (resp. Kerbiriou, échéance 30/06)", ["Kerbiriou"]),
        ("Observateurs : T. Vauquelin, Bastidon", ["T. Vauquelin", "Bastidon"]),
        ("Opérateur : Odalric Le Bihan\nTémoin : S. Arrighi", ["Odalric Le Bihan", "S. Arrighi"]),
        (" * Auteur  : Maëlane Étchépare\n * Date    : 03/02/2024", ["Maëlane Étchépare"]),
        ("Signé électroniquement par Maëlane Étchépare", ["Maëlane Étchépare"]),
        ("Décision prise par Lagarrigue", ["Lagarrigue"]),
        ("Requester: Lorcan Fitzwilliam (x12)", ["Lorcan Fitzwilliam"]),
        ("Cordialement,\nJ-B. Fleuriot", ["J-B. Fleuriot"]),
        (
            "| ID | Title | Raised by |\n|---|---|---|\n| R-3 | Torque | Pembertine |",
            ["Pembertine"],
        ),
    ],
)
def test_forms_and_minutes_name_people(found: Find, text: str, names: list[str]):
    assert people(found, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Crystal Oscillator, Ray Casting, Rich Client, Iris Dataset, Phoenix Framework",
        "Reed Relay, Constant Query, Mark Release, Grant Token, Nova Platform",
        "Opérateur : Opérateur 1. Témoin : client. Requester: Jenkins",
        "Checked by: Automatic Test. Décision prise par Airbus.",
    ],
)
def test_first_names_that_are_words_end_before_things(found: Find, text: str):
    assert people(found, text) == []
