from collections.abc import Callable

import pytest

Find = Callable[[str], list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("J'habite au 12 rue de la Paix, 75002 Paris.", "12 rue de la Paix, 75002 Paris"),
        ("12 bis, avenue Jean-Jaurès 69007 Lyon", "12 bis, avenue Jean-Jaurès 69007 Lyon"),
        ("au 3 allée des Érables et c'est tout", "3 allée des Érables"),
        ("12 RUE VICTOR HUGO, 75016 PARIS", "12 RUE VICTOR HUGO, 75016 PARIS"),
        ("5 bd de l’Hôpital à Paris.", "5 bd de l’Hôpital à Paris"),
        ("8 place de l'Église\n42000 Saint-Étienne", "8 place de l'Église\n42000 Saint-Étienne"),
        ("14 rue des lilas je crois", "14 rue des lilas"),
        ("12-14 quai de la Râpée", "12-14 quai de la Râpée"),
        ("1 rue du Port, 35400 Saint-Malo Cedex 2", "1 rue du Port, 35400 Saint-Malo Cedex 2"),
        ("221B Baker Street, London NW1 6XE", "221B Baker Street, London NW1 6XE"),
        (
            "1600 Pennsylvania Avenue, Washington, DC 20500",
            "1600 Pennsylvania Avenue, Washington, DC 20500",
        ),
        ("at 350 5th Ave, New York, NY 10118!", "350 5th Ave, New York, NY 10118"),
        ("I live at 48 Rose Lane.", "48 Rose Lane"),
        ("code postal 31000 Toulouse", "31000 Toulouse"),
    ],
)
def test_address_is_found(found: Find, text: str, value: str):
    assert found(text) == [("address", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Il reste 12 places et 3 cours par semaine.",
        "2 places disponibles",
        "la rue est calme",
        "3 cours de maths",
        "5 routes possibles",
        "place de marché",
        "3 allées de stockage et 4 chemins",
    ],
)
def test_what_is_no_address_is_left(found: Find, text: str):
    assert [kind for kind, _ in found(text) if kind == "address"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("né le 12/03/1985", "12/03/1985"),
        ("Née le 1er avril 1990 à Lyon", "1er avril 1990"),
        ("NÉE LE 12 FÉVRIER 1985", "12 FÉVRIER 1985"),
        ("née à Orléans le 3 août 1977", "3 août 1977"),
        ("né(e) le : 12-03-85", "12-03-85"),
        ("Date de naissance\u00a0: 12.03.1985", "12.03.1985"),
        ("nee le 12/03/1985", "12/03/1985"),
        ("born on March 12th, 1985", "March 12th, 1985"),
        ("DOB: 1985-03-12", "1985-03-12"),
        ('"birthDate": "1985-03-12"', "1985-03-12"),
        ("son anniversaire est le 3 décembre 1985", "3 décembre 1985"),
    ],
)
def test_date_of_birth_is_found(found: Find, text: str, value: str):
    assert found(text) == [("birth_date", value)]


@pytest.mark.parametrize(
    "text",
    [
        "le 12/03/1985",
        "ne pas livrer avant le 12/03/2024",
        "réunion du 3 août 1977",
        "born in the USA",
        "né de la fusion de deux projets le 12/03/2019",
        "Né d’une idée du 12/03/2019",
    ],
)
def test_other_dates_are_left(found: Find, text: str):
    assert found(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("BP 40123, 35001 Rennes Cedex", "BP 40123, 35001 Rennes Cedex"),
        ("B.P. 12 – 29200 Brest", "B.P. 12 – 29200 Brest"),
        ("CS 70589, 44000 Nantes Cedex 1", "CS 70589, 44000 Nantes Cedex 1"),
        ("lieu-dit Kerguen, 56400 Auray", "lieu-dit Kerguen, 56400 Auray"),
        ("Lieu-dit Le Moulin Neuf\n47200 Marmande", "Lieu-dit Le Moulin Neuf\n47200 Marmande"),
        ("ZA des Peupliers, 37300 Joué-lès-Tours", "ZA des Peupliers, 37300 Joué-lès-Tours"),
        ("ZI Nord, 68000 Colmar", "ZI Nord, 68000 Colmar"),
        ("ZAC du Plateau - 64000 Pau", "ZAC du Plateau - 64000 Pau"),
        ("Résidence Les Glycines, 34070 Montpellier", "Résidence Les Glycines, 34070 Montpellier"),
        (
            "Résidence Les Glycines, bât B, 34070 Montpellier",
            "Résidence Les Glycines, bât B, 34070 Montpellier",
        ),
        (
            "Parc d'activités de la Vigne, 31200 Toulouse",
            "Parc d'activités de la Vigne, 31200 Toulouse",
        ),
        ("route de Vannes, 44800 Saint-Herblain", "route de Vannes, 44800 Saint-Herblain"),
        ("chemin des Crêtes 05100 Briançon", "chemin des Crêtes 05100 Briançon"),
        ("12 Grande Rue, 25000 Besançon", "12 Grande Rue, 25000 Besançon"),
        ("45 Le Bourg, 29190 Brasparts", "45 Le Bourg, 29190 Brasparts"),
        ("3, Les Tilleuls\n71000 Mâcon", "3, Les Tilleuls\n71000 Mâcon"),
        ("18 bvd Voltaire", "18 bvd Voltaire"),
        ("7 imp. des Merles", "7 imp. des Merles"),
        ("22 all. des Pins, 13009 Marseille", "22 all. des Pins, 13009 Marseille"),
        ("4 rue Basse à Caen (14000)", "4 rue Basse à Caen (14000)"),
        ("9 domaine du Lac, 74000 Annecy", "9 domaine du Lac, 74000 Annecy"),
        ("PO Box 812, Dover, DE 19903", "PO Box 812, Dover, DE 19903"),
        ("P.O. Box 4417", "P.O. Box 4417"),
        ("Rose Cottage, Mill Lane, Ledbury HR8 1AA", "Rose Cottage, Mill Lane, Ledbury HR8 1AA"),
        ("Flat 3, 12 Rose Lane, Leeds LS1 4DT", "Flat 3, 12 Rose Lane, Leeds LS1 4DT"),
        (
            "The Old Forge, High Street, Ludlow, SY8 1BS",
            "The Old Forge, High Street, Ludlow, SY8 1BS",
        ),
        ("4512 Maple Trail, Austin, TX 78701", "4512 Maple Trail, Austin, TX 78701"),
        ("88 Harbor Loop, Tampa FL 33602", "88 Harbor Loop, Tampa FL 33602"),
        ("Hameau de Bellevue, 38250 Lans-en-Vercors", "Hameau de Bellevue, 38250 Lans-en-Vercors"),
        ("immeuble Le Cristal, 69003 Lyon", "immeuble Le Cristal, 69003 Lyon"),
        ("23 esplanade de la Gare", "23 esplanade de la Gare"),
    ],
)
def test_address_of_another_form_is_found(found: Find, text: str, value: str):
    assert ("address", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "BP au sommet",
        "le CS 2024 est paru",
        "la ZA est fermée",
        "en 2024, 12000 Clients ont signé",
        "la route de Vannes est coupée",
        "12 Grande Tailles",
        "résidence principale",
        "45 Le Monde",
        "3, Les autres\nligne",
        "PO Box",
        "il y a 15000 Personnes",
        "Article 3, Les Parties\nconviennent",
        "version A1 2BC",
        "code A12 3BC",
        "commande 4521 livrée",
        "le chemin critique, 12000 Lignes",
        "la rue a 10000 Habitants",
        "12 domaines",
        "2 imp. possibles",
        "le domaine public",
        "le parc d'activités est calme",
        "zone ZI saturée, 50000 Euros",
        "Section 2 The End",
    ],
)
def test_places_without_an_address_are_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "address"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("née le 3 mai 85", "3 mai 85"),
        ("né le 3/5/85", "3/5/85"),
        ("né·e le 3 mai 1985", "3 mai 1985"),
        ("d.o.b. 03/05/1985", "03/05/1985"),
        ("D.O.B.: 3 May 1985", "3 May 1985"),
        ("DoB - 1985-05-03", "1985-05-03"),
        ("birthday: May 3, 1985", "May 3, 1985"),
        ("mon anniversaire est le 3 mai", "3 mai"),
        ("son anniversaire, c'est le 12 juin", "12 juin"),
        ("anniversaire le 12 juin 1990", "12 juin 1990"),
        ("my birthday is on June 12th", "June 12th"),
        ("her birthday is 12 June", "12 June"),
        ("née en mai 1985", "mai 1985"),
        ("né en mai 85 à Dijon", "mai 85"),
        ("born in May 1985", "May 1985"),
        ("date_naiss=1985-05-03", "1985-05-03"),
        ("dateNaiss: 03/05/1985", "03/05/1985"),
        ("birthdate=19850503", "19850503"),
        ('"birth_date": "1985-05-03T00:00:00Z"', "1985-05-03"),
        ("né le dimanche 3 mai 1985", "3 mai 1985"),
        ("born the 3rd of May 1985", "3rd of May 1985"),
        ("naissance : 03 05 1985", "03 05 1985"),
        ("naissance : le 3-mai-85", "3-mai-85"),
        ("bday: 05/03/1985", "05/03/1985"),
        ("Née à Lille (59) le 3 mai 1985", "3 mai 1985"),
        ("nés les 3 mai 1985 et 4 juin 1987", "3 mai 1985"),
    ],
)
def test_date_of_birth_is_found_in_any_form(found: Find, text: str, value: str):
    assert ("birth_date", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "l'anniversaire de la société est le 3 mai",
        "né en Bretagne",
        "born in March",
        "birthday party",
        "ne vient pas en mai 1985",
        "naissance : 12 000 cas",
        "Anniversaire du projet : bientôt",
        "la renaissance",
        "né en avril",
        "joyeux anniversaire",
    ],
)
def test_birthdays_of_nobody_are_left(found: Find, text: str):
    assert [value for kind, value in found(text) if kind == "birth_date"] == []
