"""Groups, placeholders, actions: what the sanitizer does with findings."""

from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from raise_finetune.dataset.sanitize import (
    Finding,
    FindingType,
    KnownValues,
    SanitizeOptions,
    Sanitizer,
)
from raise_finetune.dataset.sanitize.placeholders import escaped, unescaped


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rules")


def masked(texts: list[str], cache: Path, **options: object) -> list[str]:
    chosen = SanitizeOptions.model_validate(options)
    return Sanitizer(chosen, KnownValues(), cache=cache).sanitize([texts])[0].texts


def test_typed_and_numbered_in_order_of_appearance(cache: Path):
    assert masked(["a@x.fr b@x.fr A@X.FR", "c@x.fr, b@x.fr, 06 12 34 56 78"], cache) == [
        "<EMAIL_1> <EMAIL_2> <EMAIL_1>",
        "<EMAIL_3>, <EMAIL_2>, <PHONE_1>",
    ]


def test_one_number_for_one_value_however_written(cache: Path):
    assert masked(["06 12 34 56 78, 0612345678, +33 6 12 34 56 78, +33(0)612345678"], cache) == [
        "<PHONE_1>, <PHONE_1>, <PHONE_1>, <PHONE_1>"
    ]
    assert masked(["FR7630006000011234567890189 FR76 3000 6000 0112 3456 7890 189"], cache) == [
        "<IBAN_1> <IBAN_1>"
    ]


def test_numbers_begin_anew_in_each_conversation(sanitizer: Sanitizer):
    groups = sanitizer.sanitize([["a@x.fr"], ["b@x.fr"], ["rien"]])
    assert [group.texts for group in groups] == [["<EMAIL_1>"], ["<EMAIL_1>"], ["rien"]]


def test_numbers_across_the_dataset(cache: Path):
    options = SanitizeOptions(numbering="dataset")
    sanitizer = Sanitizer(options, KnownValues(), cache=cache)
    first = sanitizer.sanitize([["a@x.fr"], ["b@x.fr a@x.fr"]])
    second = sanitizer.sanitize([["b@x.fr c@x.fr"]])
    assert [group.texts for group in first + second] == [
        ["<EMAIL_1>"],
        ["<EMAIL_2> <EMAIL_1>"],
        ["<EMAIL_2> <EMAIL_3>"],
    ]


def test_one_person_one_placeholder(cache: Path):
    texts = [
        "Je m'appelle Jean Dupont.",
        "Bonjour M. Dupont ! Jean, voici le plan.",
        "DUPONT Jean et Marie Durand ; Durand a dit oui. JEAN DUPONT signe.",
    ]
    assert masked(texts, cache) == [
        "Je m'appelle <PERSON_1>.",
        "Bonjour M. <PERSON_1> ! <PERSON_1>, voici le plan.",
        "<PERSON_1> et <PERSON_2> ; <PERSON_2> a dit oui. <PERSON_1> signe.",
    ]


def test_a_shared_word_joins_nobody(cache: Path):
    text = "Je m'appelle Jean Dupont. Ma femme Marie Dupont. M. Dupont arrive."
    assert masked([text], cache) == [
        "Je m'appelle <PERSON_1>. Ma femme <PERSON_2>. M. <PERSON_3> arrive."
    ]


def test_dictionary_words_are_not_carried(cache: Path):
    texts = ["Je m'appelle Pierre Petit.", "Pierre qui roule. Petit à petit."]
    assert masked(texts, cache) == ["Je m'appelle <PERSON_1>.", "Pierre qui roule. Petit à petit."]


def test_a_name_is_not_carried_into_another_conversation(sanitizer: Sanitizer):
    groups = sanitizer.sanitize([["Je m'appelle Zorblax Quux."], ["Quux est un test."]])
    assert groups[1].texts == ["Quux est un test."]


def test_a_password_is_carried_through_its_conversation(cache: Path):
    texts = ["mdp : Azerty-77", "avec Azerty-77 ça marche", "XAzerty-77"]
    assert masked(texts, cache) == [
        "mdp : <PASSWORD_1>",
        "avec <PASSWORD_1> ça marche",
        "XAzerty-77",
    ]


def test_placeholders_of_the_source_are_escaped(cache: Path):
    assert masked(["<EMAIL_1> a@x.fr <\\PERSON_12> <FOO_1>"], cache) == [
        "<\\EMAIL_1> <EMAIL_1> <\\\\PERSON_12> <FOO_1>"
    ]
    assert masked(["dis <PHONE_3>"], cache) == ["dis <\\PHONE_3>"]


@pytest.mark.parametrize("text", ["<EMAIL_1>", "<\\PERSON_12>", "<\\FOO_1> <\\b>", "a <EMAIL_1"])
def test_escaping_is_undone(text: str):
    assert unescaped(escaped(text)) == text


def test_overlapping_findings_leave_no_rest(cache: Path):
    assert masked(["postgres://jean.dupont@x.fr:S3cret@db.fr/x"], cache) == [
        "postgres://<CREDENTIALS_1>@db.fr/x"
    ]


def test_counts_rules_and_drop(cache: Path):
    options = SanitizeOptions(actions={FindingType.IBAN: "drop"})
    group = Sanitizer(options, KnownValues(), cache=cache).sanitize(
        [["FR7630006000011234567890189 a@x.fr b@x.fr"]]
    )[0]
    assert group.counts == Counter({FindingType.EMAIL: 2, FindingType.IBAN: 1})
    assert group.rules == Counter({"email": 2, "iban": 1})
    assert group.dropped == frozenset({FindingType.IBAN})


def test_leave(cache: Path):
    assert masked(["a@x.fr 06 12 34 56 78"], cache, actions={"email": "leave"}) == [
        "a@x.fr <PHONE_1>"
    ]


def test_allowed_values_stay(cache: Path):
    assert masked(["Support@Acme.fr a@x.fr"], cache, allow=["support@acme.fr"]) == [
        "Support@Acme.fr <EMAIL_1>"
    ]


def test_surrogates_come_from_reserved_ranges(cache: Path):
    text = "Je m'appelle Jean Dupont, a@x.fr, 06 12 34 56 78, depuis 82.64.12.9, mdp : Azerty-77"
    options = SanitizeOptions(surrogates=True)
    sanitizer = Sanitizer(options, KnownValues(), cache=cache)
    result = sanitizer.sanitize([[text]])[0].texts
    assert result == [
        "Je m'appelle Alix Exemple, personne1@example.com, 06 39 98 00 01, depuis 192.0.2.1, "
        "mdp : <PASSWORD_1>"
    ]
    assert sanitizer.findings(result[0]) == []


def test_findings_give_places_and_no_values(sanitizer: Sanitizer):
    findings = sanitizer.findings("é a@x.fr, né le 1/2/1990")
    assert findings == [
        Finding(FindingType.EMAIL, "email", 2, 8),
        Finding(FindingType.BIRTH_DATE, "birth-date", 16, 24),
    ]
    assert "x.fr" not in repr(findings)


def test_reports_hold_no_values(sanitizer: Sanitizer):
    group = sanitizer.sanitize([["secret-word a@x.fr"]])[0]
    assert "secret-word" not in repr(group)
    assert "x.fr" not in repr(group)


def test_many_texts_in_many_blocks(sanitizer: Sanitizer):
    groups = [["é" * 700_000, f"u{number}@x.fr", ""] for number in range(4)]
    results = sanitizer.sanitize(groups)
    assert [group.texts[1] for group in results] == ["<EMAIL_1>"] * 4
    assert [group.texts[0] for group in results] == [group[0] for group in groups]


def test_findings_do_not_cross_texts(sanitizer: Sanitizer):
    assert sanitizer.sanitize([["mot de passe :", "Azerty-77"]])[0].counts == Counter()
    assert sanitizer.sanitize([["06 12 34", "56 78"]])[0].counts == Counter()


def test_nothing_in_nothing_out(sanitizer: Sanitizer):
    assert sanitizer.sanitize([]) == []
    assert sanitizer.sanitize([[]])[0].texts == []
    assert sanitizer.sanitize([["", "\0", "\ud800"]])[0].texts == ["", "\0", "\ud800"]


def test_values_beside_odd_characters(sanitizer: Sanitizer):
    assert sanitizer.sanitize([["\ud800 a@x.fr", "\0a@x.fr\0", "😀 a@x.fr"]])[0].texts == [
        "\ud800 <EMAIL_1>",
        "\0<EMAIL_1>\0",
        "😀 <EMAIL_1>",
    ]


def test_options_are_closed():
    with pytest.raises(ValidationError):
        SanitizeOptions.model_validate({"mask": True})
    with pytest.raises(ValidationError):
        SanitizeOptions.model_validate({"actions": {"email": "hide"}})
