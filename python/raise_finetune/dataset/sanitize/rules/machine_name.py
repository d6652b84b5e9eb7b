"""What names of machines look like: the shapes that are sure, and those that need a cue."""

import re
from collections.abc import Callable

from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import Span

_LONGEST = 120
_EXAMPLES = words("no_machines.txt")
_NO_WORDS = _EXAMPLES | words("password_stop_words.txt") | words("generic_accounts.txt")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Requirements, elements of a model, tests, tickets and parts are numbered, too.
_NUMBERED_THINGS = _set(
    """
    exg exi exig req sys sss srs hlr llr pc lc sf fe fct ifc icd tc uc op wp dwg pn ref doc issue
    bug inc ritm chg prb task us epic ops proj ano ft ecr tp ui cve iso rfc if tst val
    """
)
# What a machine is, what runs on it, and for which stage of the work.
_KINDS = _set("srv svr vm nas esx esxi hyp vmhost bastion jump")
_ROLES = _KINDS | _set(
    """
    db sql pg pgsql postgres mysql maria ora oracle mongo redis mq rabbit kafka web www app api
    front back git gitlab gerrit jenkins nexus sonar jira wiki doors polarion capella mail smtp mx
    dns dhcp ntp proxy prx vpn lic licence license ci build bld runner worker agent node master
    k8s kube docker log logs elk zbx mon backup bck bkp sauv file fic fs ldap ad dc vault sim rig
    calc acq cache edge lb host gw fw sw tse rds linux lx ftp depot repo svn dev
    """
)
_STAGES = _set("prod prd preprod pprod ppd rct recette uat stg staging qualif")
# "srvfic", "filesrv", "sqlprd"
_FUSED = re.compile(r"(?:srv|prd)[a-z]{2,6}\Z|[a-z]{2,6}(?:srv|prd)\Z")
# Cues must stand before these, and then a number is enough.
_HEADS = _KINDS | _set("pc ws wks laptop desktop tse rds prt prn")
# What Windows calls a machine that nobody named.
_UNNAMED = re.compile(r"(?:DESKTOP-[0-9A-Z]{7}|LAPTOP-[0-9A-Z]{8}|WIN-[0-9A-Z]{11})\Z")
# Bolts and rivets of the National Aerospace Standards: "NAS1351-3-10".
_STANDARD_PART = re.compile(r"NAS[0-9]{3,5}(?![0-9])")
# "orion12", "FRLYS04"; not "ppc64", "IMAP4", "Http2Session".
_NUMBERED_WORD = re.compile(
    r"(?:[a-z]{3,}|[A-Z]{3,})(?!(?:16|32|64|128|256|512)\Z)[0-9]{2,3}\Z|[a-z]{1,8}(?:host|node|srv|lab)[0-9]\Z"
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\Z|[0-9]{5}\Z")
_VERSION = re.compile(r"\A[A-Za-z]+-[1-9][0-9]*\Z")  # "gitlab-15"
_DIGITS = "0123456789"
_TOLD = re.compile(r".*(?:ed|ing|able|ible|é|ée|oire|ique)\Z")

_NAME = re.compile(
    r"(?P<first>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+){0,4})(?P<domain>(?:\.[A-Za-z0-9-]{1,40}){0,5})"
    r"(?![\w@(\[]|-\w|\.\w)"
)
TOP = "com|net|org|eu|io|fr|de|uk|be|ch|it|es|ca|nl|lu|at|pt|pl|se|no|dk|fi|us|au|group|tech|aero"
_INTERNAL = "local|localdomain|lan|corp|intra|intranet|internal|interne|priv|home|arpa|lab|labo|ad"
_DOMAIN = re.compile(rf"(?:(?:\.[a-z0-9-]+)*\.(?:{_INTERNAL}|{TOP}))?\Z", re.IGNORECASE)
_PUBLIC = re.compile(
    r".*\.(?:example|exemple|github|gitlab|google|amazonaws|azure|python)\.[a-z]+\Z", re.IGNORECASE
)


def machine_at(text: str, start: int, accept: Callable[[str], bool]) -> Span | None:
    """Return the machine that begins at ``start``, with its domain, if its first label is accepted.

    In a public domain only a sure name counts: "web2.example.org" is anybody's.
    """
    match = _NAME.match(text, start, start + _LONGEST)
    if match is None:
        return None
    first, domain = match.group("first", "domain")
    if not (is_sure(first) or (accept(first) and not domain)):
        return None
    return match.span() if _DOMAIN.match(domain) and not _PUBLIC.match(domain) else None


def is_sure(name: str) -> bool:
    """Tell whether a name, without its domain, is a machine's wherever it stands."""
    if _UNNAMED.match(name):
        return True
    stems = _stems(name)
    if _YEAR.search(name) or _STANDARD_PART.match(name):
        return False
    if not _NUMBERED_THINGS.isdisjoint(stems) and stems[0] != "pc":
        return False
    is_numbered = any(map(str.isdigit, name))
    if stems[0] == "srv" and len(stems) > 1 and name.islower():
        return is_numbered or len(name) > len("srv-git")
    if not is_numbered:
        return False
    if stems[0] == "pc" and len(stems) > 2 and name.islower():
        return True
    kind = next((stem for stem in stems if stem in _KINDS), "")
    if kind:
        # "SRV-014" and "VM-1" may number something else.
        is_usual = name[-2:].isdigit() or len(kind) > len("srv")
        return len(stems) > 2 or (is_usual and (name.islower() or "-" not in name))
    if any(map(_FUSED.match, stems)):
        return name[-2:].isdigit()
    roles = sum(stem in _ROLES for stem in stems)
    if not _STAGES.isdisjoint(stems):
        return roles > 0
    return name.islower() and name[-2:].isdigit() and "0" in name and roles == min(len(stems), 2)


def is_likely(name: str) -> bool:
    """Tell whether a name, without its domain, may be a machine's where one is expected."""
    letters = sum(map(str.isalpha, name))
    if not 4 <= len(name) <= 40 or letters < 2 or letters == len(name.replace("-", "")):
        return False
    stems = _stems(name)
    if name.lower() in _EXAMPLES or not _NUMBERED_THINGS.isdisjoint(stems[1:]):
        return False
    if stems[0] in _EXAMPLES and (stems[0] not in _ROLES or _VERSION.search(name)):
        return False
    if stems[0] in _HEADS:
        return True
    if stems[0] in _NUMBERED_THINGS or _YEAR.search(name):
        return False
    if len(stems) == 1:
        return _NUMBERED_WORD.match(name) is not None
    return name.islower() or len(stems) > 2


def is_example(name: str) -> bool:
    """Tell whether a word is what examples call a machine, or a service that many have."""
    return name in _EXAMPLES


def is_word(name: str) -> bool:
    """Tell whether a word may be a machine's own name where only a name can stand."""
    return name not in _NO_WORDS and _TOLD.match(name) is None


def _stems(name: str) -> list[str]:
    """Return the parts of a name without their numbers."""
    return [part.rstrip(_DIGITS) for part in name.lower().split("-")]
