"""Whose a public key of SSH is, and which machine's: what stands behind it."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.machine_name import is_word
from raise_finetune.dataset.sanitize.rules.rule import Rule, literals, pattern_check
from raise_finetune.dataset.sanitize.rules.user_names import may_name_an_account

_KINDS = """
    ssh-ed25519 aaaa | ssh-rsa aaaa | ssh-dss aaaa | ecdsa-sha2-nistp256 aaaa |
    ecdsa-sha2-nistp384 aaaa | ecdsa-sha2-nistp521 aaaa
    """
_KEY = r"[a-z0-9-]{7,20} AAAA[0-9A-Za-z+/]{40,1400}={0,2} "
# An address of a mailbox has a rule of its own.
_USER = _KEY + r"(?P<value>[A-Za-z_][\w.-]{1,31})@[A-Za-z][\w-]*(?![\w.])"
_MACHINE = _KEY + r"[\w.-]{1,32}@(?P<value>[A-Za-z][\w-]{2,40})(?![\w.])"
_REACH = 1500


def _is_a_machine(match: re.Match[str]) -> bool:
    return is_word(match.group("value").lower())


RULES = (
    Rule(
        "user-of-key",
        FindingType.USER,
        literals(_KINDS),
        True,
        pattern_check(_USER, _REACH, may_name_an_account, re.IGNORECASE),
        carried=True,
    ),
    Rule(
        "host-of-key",
        FindingType.HOST,
        literals(_KINDS),
        True,
        pattern_check(_MACHINE, _REACH, _is_a_machine, re.IGNORECASE),
        carried=True,
    ),
)
