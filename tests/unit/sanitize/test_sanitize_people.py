from collections.abc import Callable

import pytest

from raise_finetune.dataset.sanitize.names import ambiguous_names, first_names

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Je m'appelle Élodie Durand.", "Élodie Durand"),
        ("je m’appelle jean dupont et", "jean dupont"),
        ("Mon nom est Nguyen Van Minh", "Nguyen Van Minh"),
        ("My name is Zbigniew Kowalski.", "Zbigniew Kowalski"),
        ("Bonjour Sophie,", "Sophie"),
        ("Bonjour Xochitl,", "Xochitl"),
        ("Dear Mr. O'Brien,", "O'Brien"),
        ("M. Lefèvre est absent", "Lefèvre"),
        ("Mme Le Goff", "Le Goff"),
        ("Dr Müller-Schmidt", "Müller-Schmidt"),
        ("Cordialement,\nPaul Traoré", "Paul Traoré"),
        ("Bien à vous,\n\nX. Abittan", "X. Abittan"),
        ("Best regards,\nPriya Raman", "Priya Raman"),
        ("mon collègue Amadou Diallo", "Amadou Diallo"),
        ("ma sœur Clotilde", "Clotilde"),
        ("my wife Anneke", "Anneke"),
        ("Prénom : Zinedine", "Zinedine"),
        ("patient: Dupuis", "Dupuis"),
        ("From: Wei Zhang <wei@x.cn>", "Wei Zhang"),
        ("on demande à Sophie de relire", "Sophie"),
        ("DUPONT Jean", "DUPONT Jean"),
        ("Jean DUPONT", "Jean DUPONT"),
        ("l'avis d'Hélène Martin", "Hélène Martin"),
        ("Jean-Baptiste Poquelin", "Jean-Baptiste Poquelin"),
        ("Pierre Martin arrive", "Pierre Martin"),
        ("Il faut convoquer Berthomieu à la revue", "Berthomieu"),
        ("Relu et validé par Zwingelstein.", "Zwingelstein"),
        ("Réviseur : à nommer\nApprobateur : B. Pfaffenzeller", "B. Pfaffenzeller"),
        ("Présents : A. Quidelleur (Thales), Roparz", "Roparz"),
        ("Excusés :\n- Aelis Grandclément (essais)\n- Roparz", "Roparz"),
        ("| Lot | Porteur |\n|---|---|\n| L1 | Quidelleur |", "Quidelleur"),
        ("Bonjour,\nLe banc est libre.\n\nTugdwenn\n", "Tugdwenn"),
        ("Assigned to Crosskill and Eirlys Penhaligon.", "Eirlys Penhaligon"),
        ("On Tue, Mar 12, Wyndham Crosskill wrote:", "Wyndham Crosskill"),
        ("merci @Hugo Delcourt !", "Hugo Delcourt"),
        ("Élodie Dupont@exemple.fr relit", "Élodie"),
        ("3f2a9c1d (Torvald Nygaard 2024-03-12 09:12:44 +0100 12) part", "Torvald Nygaard"),
        ("le plan de Lefebvre", "Lefebvre"),
        ("vu avec MM. Castelloux et Ferrandier", "Ferrandier"),
        ("tanguy.zwingelstein@x.fr : ZWINGELSTEIN est d'accord", "ZWINGELSTEIN"),
    ],
)
def test_name_is_found(found: Find, text: str, value: str):
    assert ("person", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour à tous, Hello World, Dear Sir",
        "Bonjour Monsieur le Directeur,",
        "Merci Claude !",
        "On utilise Ruby et Julia.",
        "La ville de Florence en Avril",
        "la pierre et la rose",
        "Saint-Denis, rue Jean Moulin",
        "lycée Jean Moulin",
        "L'Oréal et McDonald's",
        "auteur: Système de freinage",
        "name: Freinage d'Urgence",
        "client : Airbus",
        "Adam optimizer",
        "name: None, name=None",
        "Hello Node.js",
        "name: San Francisco",
        "Joyeux Noël",
        "Cordialement,\nL'équipe support",
        "merci\n\nPeux-tu m'expliquer ?",
        "Validé par Simulink et approuvé par : Comité de pilotage",
        "Participants : Utilisateur, Capteur, Calculateur",
        "Approbateur : Direction Qualité",
        "Owner: Systems Engineering",
        "Il faut relancer Jenkins, puis contacter Dassault Systèmes.",
        "Bonjour !\nVoici la liste.\n\nConclusion\n",
        "la méthode Lefebvre",
        "@Override @Test @pytest.fixture",
        "Name: Max Speed, dtype: float64",
        "Max Torque, Max Power, Mark Complete, Rich Text, Grace Period, Grant Access",
    ],
)
def test_what_is_no_name_is_left(found: Find, text: str):
    assert found(text) == NOTHING


def test_no_name_is_both_a_name_alone_and_a_word():
    assert first_names() & ambiguous_names() == frozenset()


def test_a_mode_of_a_machine_is_nobody(found: Find):
    assert found("- **Manuel**\n- Mode « Manuel » : à définir") == NOTHING
    assert found("Demandez à Manuel Ortega.") == [("person", "Manuel Ortega")]
