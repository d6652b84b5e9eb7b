"""Codes that open something: product keys, seeds of one-time passwords, backup and card codes."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import Rule, any_of, each, literals, pattern_check

_PRODUCT_KEY = r"(?<![\w-])(?P<value>(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5})(?![\w-])"
# Forty-eight digits open a disk that BitLocker has locked.
_DISK_CUES = "bitlocker | clé de récupération | recovery key"
_DISK_KEY = (
    rf"{any_of(_DISK_CUES)}[^0-9\x00]{{0,80}}(?<![\w-])"
    r"(?P<value>(?:[0-9]{6}-){7}[0-9]{6})(?![\w-])"
)
_LICENCE_CUES = """
    clé de produit | clé d'activation | clé de licence | numéro de licence | product key |
    license key | licence key | activation key | serial key | activation code | code d'activation |
    licence | license
    """
_LICENCE = (
    rf"(?i:{any_of(_LICENCE_CUES)})(?!\w)[^\n\x00.]{{0,32}}?(?<![\w-])"
    r"(?P<value>[0-9A-Z]{4,6}(?:-[0-9A-Z]{4,6}){2,7})(?![\w-])"
)
_SEED_CUES = """
    totp | otp | 2fa | mfa | authenticator | double authentification | two-factor | clé de
    configuration | setup key
    """
_SEED = (
    rf"(?i:{any_of(_SEED_CUES)})[^\n\x00A-Z2-7]{{0,3}}[^\n\x00]{{0,40}}?(?<![\w-])"
    r"(?P<value>[A-Z2-7]{16,64}={0,6}|[A-Z2-7]{4}(?:[ -][A-Z2-7]{4}){3,15}"
    r"|[a-z2-7]{4}(?:[ -][a-z2-7]{4}){3,15})(?![\w-])"
)
_BACKUP_CUES = """
    codes de secours | codes de récupération | codes de sauvegarde | backup codes | recovery codes |
    emergency codes | scratch codes | code de secours | backup code | recovery code
    """
_BACKUP_CODE = r"(?:[0-9a-zA-Z]{4,6}-[0-9a-zA-Z]{4,6}|[0-9]{4} ?[0-9]{4}|[0-9a-z]{8,12})"
_BACKUP = (
    rf"{any_of(_BACKUP_CUES)}(?:\s[^\s:=\x00]{{1,16}}){{0,4}}\s?[:=]\s{{0,3}}"
    rf"(?P<value>{_BACKUP_CODE}(?:(?:[,;/]? |[,;/]|\n(?:[-*] )?){_BACKUP_CODE}){{0,19}})(?![\w-])"
)
# "CVC" is also heating and ventilation, and four digits are also a year: only with a sign.
_CARD_CODE = (
    r"(?:(?P<sure>cvv2?|cryptogramme(?:\svisuel)?)|cvc2?|(?:card\s)?security\scode"
    r"|code\sde\ss[ée]curit[ée])(?!\w)(?:\sde\sla\scarte)?\s{0,2}(?P<sign>:|=|est|is|c['’]est)?\s{0,2}"
    r"(?P<value>[0-9]{3}(?(sign)[0-9]?))(?!\w|[.,/:-][0-9]|\s?[€$%])"
)
_FEWEST_KINDS = 6  # of characters; AAAAA-BBBBB-… is a template


def _key(match: re.Match[str]) -> bool:
    value = match.group("value")
    return (
        len(set(value)) > _FEWEST_KINDS
        and any(map(str.isdigit, value))
        and any(map(str.isalpha, value))
    )


def _disk_key(match: re.Match[str]) -> bool:
    # Each group is a multiple of eleven; one that is read badly is none.
    groups = match.group("value").split("-")
    return len(set(groups)) > 1 and sum(int(group) % 11 == 0 for group in groups) >= len(groups) - 1


def _seed(match: re.Match[str]) -> bool:
    # Six of its 32 characters are digits; words of four letters, or one of sixteen, have none.
    value = match.group("value")
    return len(set(value)) > _FEWEST_KINDS and any(map(str.isdigit, value))


def _card_code(match: re.Match[str]) -> bool:
    return match.group("sure") is not None or match.group("sign") is not None


def _backup(match: re.Match[str]) -> bool:
    return any(map(str.isdigit, match.group("value")))


RULES = (
    Rule(
        "product-key",
        FindingType.SECRET,
        (rb"\b(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}\b",),
        False,
        pattern_check(_PRODUCT_KEY, 40, _key),
        carried=True,
    ),
    Rule(
        "disk-key",
        FindingType.SECRET,
        literals(_DISK_CUES),
        True,
        pattern_check(_DISK_KEY, 170, _disk_key, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "licence-key",
        FindingType.SECRET,
        each(_LICENCE_CUES, r"\b", r"\b[^\n]{0,40}[0-9A-Z]{4}-[0-9A-Z]{4}"),
        True,
        pattern_check(_LICENCE, 130, _key),
        carried=True,
    ),
    Rule(
        "otp-seed",
        FindingType.SECRET,
        each(_SEED_CUES, r"\b", r"\b[^\n]{1,48}[2-7A-Z]{4}"),
        True,
        pattern_check(_SEED, 170, _seed),
        carried=True,
    ),
    Rule(
        "backup-code",
        FindingType.SECRET,
        each(_BACKUP_CUES),
        True,
        pattern_check(_BACKUP, 320, _backup, re.IGNORECASE),
    ),
    Rule(
        "card-code",
        FindingType.PASSWORD,
        (
            rb"\b(?:cvv2?|cvc2?|cryptogramme|(?:card\s)?security\scode|code\sde\ss(?:e|\xc3\xa9)curit(?:e|\xc3\xa9))",
        ),
        True,
        pattern_check(_CARD_CODE, 70, _card_code, re.IGNORECASE),
    ),
)
