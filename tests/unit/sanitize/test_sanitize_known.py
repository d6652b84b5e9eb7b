"""Known values: the machine's account and the user's own list."""

from pathlib import Path

import pytest

from raise_finetune.dataset.sanitize import (
    FindingType,
    KnownValues,
    Machine,
    SanitizeOptions,
    Sanitizer,
    known_values,
)

MACHINE = Machine(
    user="zquux",
    full_name="Zoé Quux",
    host="poste-zq.acme.lan",
    home="/srv/personnes/zquux",
    git_config=(
        '[core]\n\teditor = vi\n[user]\n\tname = "Zoé Q. Quux"\n'
        "\temail = zoe@quux.fr\n[alias]\n\tname = x\n"
    ),
)


def sanitize(known: KnownValues, text: str, tmp_path: Path) -> str:
    return Sanitizer(SanitizeOptions(), known, cache=tmp_path).sanitize([[text]])[0].texts[0]


def test_what_a_machine_gives_away():
    assert known_values(MACHINE, name="Zoé Quux", email="z@raise.io").values == (
        (FindingType.PERSON, "Zoé Quux"),
        (FindingType.EMAIL, "z@raise.io"),
        (FindingType.PERSON, "Zoé Q. Quux"),
        (FindingType.EMAIL, "zoe@quux.fr"),
        (FindingType.USER, "zquux"),
        (FindingType.HOST, "poste-zq.acme.lan"),
        (FindingType.HOST, "poste-zq"),
    )


def test_generic_and_short_values_are_left_out():
    machine = Machine(user="root", full_name="root", host="localhost", home="/root")
    assert known_values(machine).values == ()
    assert known_values(Machine(user="ab", home="/home/ab")).values == ()


def test_the_real_machine_is_read_from_the_environment(tmp_path: Path):
    (tmp_path / ".gitconfig").write_text("[user]\nname = Ada\n", encoding="utf-8")
    machine = Machine.current({"HOME": str(tmp_path)})
    assert machine.home == str(tmp_path)
    assert machine.git_config == "[user]\nname = Ada\n\n"


def test_values_are_masked_under_their_types(tmp_path: Path):
    text = "zquux@poste-zq:~$ whoami ; ZOE QUUX a écrit à zoe@quux.fr sur poste-zq.acme.lan"
    assert sanitize(known_values(MACHINE), text, tmp_path) == (
        "<USER_1>@<HOST_1>:~$ whoami ; <PERSON_1> a écrit à <EMAIL_1> sur <HOST_2>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Projet Éclipse",
        "projet eclipse",
        "PROJET ÉCLIPSE",
        "projet\u00a0Éclipse",
        "projet-eclipse",
        "projet\nÉclipse",
    ],
)
def test_own_list_ignores_case_accents_and_blanks(text: str, tmp_path: Path):
    known = KnownValues().with_list(["# clients", "", "Projet Éclipse", "x"])
    assert known.values == ((FindingType.PRIVATE, "Projet Éclipse"),)
    assert sanitize(known, f"le « {text} »", tmp_path) == "le « <PRIVATE_1> »"


def test_own_list_without_accents_finds_them(tmp_path: Path):
    known = KnownValues().with_list(["Helene Cœur"])
    assert sanitize(known, "HÉLÈNE CŒUR, Hélène Coeur", tmp_path) == "<PRIVATE_1>, <PRIVATE_1>"


def test_own_list_has_one_number_for_a_value_however_it_is_written(tmp_path: Path):
    known = KnownValues().with_list(["Projet Éclipse", "Straße", "Vega"])
    text = "projet-eclipse, Vega, PROJET ÉCLIPSE, projet\nÉclipse, STRASSE, straße, vega"
    assert sanitize(known, text, tmp_path) == (
        "<PRIVATE_1>, <PRIVATE_2>, <PRIVATE_1>, <PRIVATE_1>, <PRIVATE_3>, <PRIVATE_3>, <PRIVATE_2>"
    )


def test_own_list_matches_whole_words(tmp_path: Path):
    known = KnownValues().with_list(["Atlas", "C++", "a.b"])
    assert sanitize(known, "atlas, Atlassian, atlas_2 ; C++ ; axb", tmp_path) == (
        "<PRIVATE_1>, Atlassian, atlas_2 ; <PRIVATE_2> ; axb"
    )


def test_own_list_does_not_touch_placeholders(tmp_path: Path):
    known = KnownValues().with_list(["email", "person"])
    assert sanitize(known, "email a@x.fr", tmp_path) == "<PRIVATE_1> <EMAIL_1>"


def test_values_are_never_shown_nor_cached(tmp_path: Path):
    known = KnownValues().with_list(["Zorblax"])
    assert repr(known) == "KnownValues(1 values)"
    assert "zquux" not in repr(MACHINE)
    sanitize(known, "Zorblax", tmp_path)
    assert all(b"orblax" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_nul_in_the_own_list(tmp_path: Path):
    """As in a list saved as UTF-16: it neither ends the pattern nor keeps exports from running."""
    known = KnownValues().with_list(["\0 Orion", "Ve\0ga", "Sirius"])
    masked = sanitize(known, "de \0 Orion, Ve\0ga, Sirius", tmp_path)
    assert masked == "de <PRIVATE_1>, <PRIVATE_2>, <PRIVATE_3>"


def test_an_account_whose_name_is_latin_1():
    name = b"\xc9lodie Quux".decode("utf-8", "surrogateescape")
    assert known_values(Machine(full_name=name)).values == ((FindingType.PERSON, "Élodie Quux"),)
