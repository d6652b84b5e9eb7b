"""Numbers of identity papers and of vehicles, after what says so; what only looks like them."""

from collections.abc import Callable

import pytest

from raise_finetune.dataset.sanitize import Sanitizer

Found = list[tuple[str, str]]
Find = Callable[[str], Found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mon passeport n° 12AB34567 expire le 12/05/2030.", "12AB34567"),
        ("Passeport 12AB34567, délivré à Lyon", "12AB34567"),
        ("Passport number: 533401278", "533401278"),
        ('"passport_number": "X1234567"', "X1234567"),
        ('"licence": 1, "driving licence_no": "MORGA657054SM9IJ"', "MORGA657054SM9IJ"),
        ("Carte d'identité X4RTBPFW4 valable dix ans", "X4RTBPFW4"),
        ("Carte nationale d’identité n° 880692310285", "880692310285"),
        ("CARTE D'IDENTITÉ : 040392201234", "040392201234"),
        ("CNI : 040392201234", "040392201234"),
        ("permis de conduire n°14AA00012", "14AA00012"),
        ("my driving licence is MORGA657054SM9IJ", "MORGA657054SM9IJ"),
        ("titre de séjour n° 9912345678", "9912345678"),
        ("SSN 123-45-6789", "123-45-6789"),
        ("National Insurance number QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("N° fiscal : 12 34 567 890 123", "12 34 567 890 123"),
        ("numéro fiscal 1234567890123", "1234567890123"),
        ("matricule 1234567", "1234567"),
        ("Matricule agent : A12345", "A12345"),
        ("IMEI: 490154203237518", "490154203237518"),
        ("Registre national : 85.07.30-033.28", "85.07.30-033.28"),
        ("AVS 756.4471.9082.15", "756.4471.9082.15"),
        ("NUMÉRO AVS 756.4471.9082.15", "756.4471.9082.15"),
        ("DNI: 44719082K", "44719082K"),
        ("NIE X4471908L", "X4471908L"),
        ("PESEL 85073003321", "85073003321"),
        ("CPF 447.190.827-71", "447.190.827-71"),
        ("CNIE n° BK118402", "BK118402"),
        ("assurance sociale : 046 454 286", "046 454 286"),
        ("Visa n° FRA441902776", "FRA441902776"),
        ("Badge number 447190", "447190"),
        ("VIN : VF1RFB00X58441902", "VF1RFB00X58441902"),
        ("VIN VF1RFB00X58441902", "VF1RFB00X58441902"),
        ("salarié matricule 45781", "45781"),
        ("badge #44821", "44821"),
        ("numéro de châssis VF1RFB00X58441902", "VF1RFB00X58441902"),
        ("carte grise n° 2019AB44718", "2019AB44718"),
        ("Récépissé n° 9903417752", "9903417752"),
        ("RÉCÉPISSÉ N° 9903417752", "9903417752"),
        (
            "P<GBRWHITCOMBE<<KATE<<<<<<<<<<<<<<<<<<<<<<<<",
            "P<GBRWHITCOMBE<<KATE<<<<<<<<<<<<<<<<<<<<<<<<",
        ),
        ("NI number: QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("Badge volé n° 00441277", "00441277"),
    ],
)
def test_papers(found: Find, text: str, value: str):
    assert found(text) == [("id_document", value)]


@pytest.mark.parametrize(
    "text",
    [
        "passport-jwt 4.0.1 is installed",
        "Le passeport environnemental 2024 est requis",
        "permis de conduire B depuis 2015",
        "Passeport : 12/05/2030",
        "expiration du passeport : 2030-05-12",
        "La carte d'identité du composant REF-2024-001",
        "matricule du composant",
        "matricule: string",
        "id card slot 12",
        "DNI layer 4471908, CIN bus 447190, NIE cell 12345, BSN node 4471",
        "dni.44719082, my-cpf 447.190.827-71",
        "Visa du responsable : oui. Permis de feu n° 12. Badge : 12 mm",
        "carte n° 3, pièce 33AB1209, permis to work 447",
        "vin 2019, badge 12-2024",
        "P<int> x; P<VALUE",
    ],
)
def test_what_is_no_number_of_a_paper(found: Find, text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("immatriculée AB-123-CD", "AB-123-CD"),
        ("Immatriculation : ab-123-cd", "ab-123-cd"),
        ("plaque : AB 123 CD", "AB 123 CD"),
        ("Plaque d'immatriculation 1234 AB 75", "1234 AB 75"),
        ("number plate AB12 CDE", "AB12 CDE"),
        ("license plate 4821 KLM", "4821 KLM"),
        ("ma voiture (AB-123-CD) est au parking", "AB-123-CD"),
        ("La camionnette est garée, c'est AB-123-CD", "AB-123-CD"),
        ("my car's reg is LB21 XKW", "LB21 XKW"),
    ],
)
def test_plates(found: Find, text: str, value: str):
    assert found(text) == [("plate", value)]


@pytest.mark.parametrize(
    "text",
    [
        "plaque signalétique REF-123-AB",
        "plaque de 12 mm",
        "exigence AB-123-CD de la plaque froide",
        "registration number F-GKXA",
    ],
)
def test_what_is_no_plate(found: Find, text: str):
    assert found(text) == []


def test_a_number_is_masked_wherever_it_stands_again(sanitizer: Sanitizer):
    texts = ["Passeport 12AB34567.", "Encore 12AB34567 ; passeport 12 AB 34567."]
    assert sanitizer.sanitize([texts])[0].texts == [
        "Passeport <ID_DOCUMENT_1>.",
        "Encore <ID_DOCUMENT_1> ; passeport <ID_DOCUMENT_1>.",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mon badge 004417 n'ouvre plus le labo.", "004417"),
        ("Le badge visiteur numéro 77120 a été rendu.", "77120"),
        ("my badge number is 48213", "48213"),
        ("Visitor badge V-0193 was not returned.", "V-0193"),
        ("Badge ID: 00741928", "00741928"),
        ("Her staff no. is 40218.", "40218"),
    ],
)
def test_badges_of_somebody_are_found(found: Find, text: str, value: str):
    assert found(text) == [("id_document", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Test vehicle with plate BX21 KLT is parked.", "BX21 KLT"),
        ("Le fourgon GK-482-TR part à 14 h.", "GK-482-TR"),
        ("La Clio blanche GK-482-TR est rendue.", "GK-482-TR"),
    ],
)
def test_plates_of_vehicles_are_found(found: Find, text: str, value: str):
    assert found(text) == [("plate", value)]


@pytest.mark.parametrize(
    "text",
    [
        "plaque de base PB-482-TR, vissée",
        "plaque signalétique AB-210-CD",
        "plaquette GK-482-TR en carbure",
        "Le véhicule doit satisfaire VE-101-AA et VE-102-AB.",
        "Le véhicule (réf. ZX-204-QS) est équipé.",
        "Lecteur de badge BR-200, badge 125 kHz, badges 2024, badge RFID 13,56 MHz",
    ],
)
def test_plates_of_metal_and_requirements_are_left(found: Find, text: str):
    assert found(text) == []
