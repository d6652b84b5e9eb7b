"""Check digits of cards, bank accounts, French social-security and company numbers."""

from itertools import cycle
from string import ascii_uppercase

# A digit → the sum of the digits of its double.
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
_LETTERS_AS_NUMBERS = str.maketrans({letter: str(int(letter, 36)) for letter in ascii_uppercase})
# On French accounts a letter counts as the digit on its key of an old telephone.
_LETTERS_OF_ACCOUNTS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
_LA_POSTE = "356000000"

IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
    "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24,
    "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31,
    "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23,
    "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip


def luhn(digits: str) -> bool:
    """Tell whether a string of ASCII digits passes the Luhn check."""
    codes = digits.encode("ascii")
    total = sum(codes[-1::-2]) + sum(codes[-2::-2].translate(_DOUBLED))
    return (total - ord("0") * len(codes)) % 10 == 0


def iban(compact: str) -> bool:
    """Tell whether an IBAN without separators has its country's length and the key mod 97."""
    upper = compact.upper()
    if IBAN_LENGTHS.get(upper[:2]) != len(upper):
        return False
    return int((upper[4:] + upper[:4]).translate(_LETTERS_AS_NUMBERS)) % 97 == 1


def french_account(compact: str) -> bool:
    """Tell whether bank, branch, account and key of a French account (RIB) fit, mod 97."""
    # A search that ignores case takes "İ" and the Kelvin sign for letters from A to Z.
    if len(compact) != 23 or not compact.isascii():
        return False
    return int(compact.upper().translate(_LETTERS_OF_ACCOUNTS)) % 97 == 0


def routing(digits: str) -> bool:
    """Tell whether nine digits are the number of an American bank (ABA)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, cycle((3, 7, 1)), strict=False)
    )
    return len(digits) == 9 and total % 10 == 0


def nir_key(body: str) -> int:
    """Return the key of the 13 first characters of a NIR, Corsica's 2A and 2B included."""
    upper = body.upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(upper) % 97


def siren(digits: str) -> bool:
    """Tell whether nine digits are a valid SIREN."""
    return len(digits) == 9 and luhn(digits)


def siret(digits: str) -> bool:
    """Tell whether fourteen digits are a valid SIRET; La Poste's branches have their own rule."""
    if len(digits) != 14:
        return False
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    return luhn(digits) and siren(digits[:9])


def french_vat_key(siren_digits: str) -> int:
    """Return the two-digit key of a French VAT number."""
    return (12 + 3 * (int(siren_digits) % 97)) % 97
