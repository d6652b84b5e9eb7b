"""Our check digits against python-stdnum's."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.eu import vat
from stdnum.fr import nir, siren, siret
from stdnum.us import rtn

from raise_finetune.dataset.sanitize import checksums

digits = st.text("0123456789", min_size=1, max_size=25)
nine = st.text("0123456789", min_size=9, max_size=9)


@given(digits)
def test_luhn_agrees(number: str):
    assert checksums.luhn(number) == luhn.is_valid(number)


@given(st.text("0123456789", min_size=8, max_size=8))
def test_siren_agrees(head: str):
    valid = head + luhn.calc_check_digit(head)
    assert checksums.siren(valid)
    assert siren.is_valid(valid)


@given(st.text("0123456789", min_size=14, max_size=14))
def test_siret_agrees(number: str):
    assert checksums.siret(number) == siret.is_valid(number)


def test_siret_of_la_poste():
    assert checksums.siret("35600000049837")
    assert not checksums.siret("35600000049838")


@given(
    st.sampled_from(["FR", "DE", "BE", "ES", "IT", "LU", "CH", "GB", "NL", "PT"]),
    st.text("0123456789", min_size=26, max_size=30),
)
def test_iban_key_agrees(country: str, body: str):
    body = body[: checksums.IBAN_LENGTHS[country] - 4]
    if country in {"GB", "NL"}:
        body = "ABCD" + body[4:]
    number = country + iban.calc_check_digits(f"{country}00{body}") + body
    assert checksums.iban(number)
    assert checksums.iban(number.lower())
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not checksums.iban(wrong)
    assert not checksums.iban(number + "0")


@given(
    st.sampled_from("12"),
    st.text("0123456789", min_size=4, max_size=4),
    st.sampled_from(["75", "2A", "2B", "13", "99"]),
    st.text("0123456789", min_size=6, max_size=6),
)
def test_nir_key_agrees(sex: str, born: str, department: str, rest: str):
    body = sex + born + department + rest
    assert f"{checksums.nir_key(body):02}" == nir.calc_check_digits(body)
    assert checksums.nir_key(body.lower()) == checksums.nir_key(body)


@given(st.text("0123456789", min_size=8, max_size=8))
def test_french_vat_key_agrees(head: str):
    number = head + luhn.calc_check_digit(head)
    assert vat.is_valid(f"FR{checksums.french_vat_key(number):02}{number}")


@given(nine)
def test_routing_number_agrees(number: str):
    assert checksums.routing(number) == rtn.is_valid(number)


@given(
    st.integers(0, 99_999),
    st.integers(0, 99_999),
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=11),
)
def test_french_account_has_the_key_of_its_three_parts(bank: int, branch: int, account: str):
    """As the banks publish it: 97 - (89 bank + 15 branch + 3 account) mod 97."""
    letters = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789", strict=True))
    as_number = int("".join(letters.get(char, char) for char in account))
    key = 97 - (89 * bank + 15 * branch + 3 * as_number) % 97
    assert checksums.french_account(f"{bank:05}{branch:05}{account}{key:02}")
    assert not checksums.french_account(f"{bank:05}{branch:05}{account}{key % 97 + 1:02}")
