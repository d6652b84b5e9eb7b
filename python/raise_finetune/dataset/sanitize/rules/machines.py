"""Names of internal machines: by their domain, by their shape, after what announces one.

What could as well be a product, an element of a model or an example stays as it is.
"""

import re
from collections.abc import Iterator

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.machine_name import (
    TOP,
    is_example,
    is_likely,
    is_sure,
    is_word,
    machine_at,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    Column,
    Rule,
    Span,
    any_of,
    each,
    pattern_check,
)

_LONGEST = 90
_NAME_REVERSED = re.compile(r"[A-Za-z0-9.-]+")
# In front of a name. After other signs it is a part of a path, a variable or an address.
_BEGINS = re.compile(r"(?<![\w@$.\\/\-}<>])|(?<=//)|(?<=\\\\)|(?<=[\w.-]@)")


def _begin(text: str, start: int) -> int | None:
    """Return where the name begins that holds ``start``."""
    before = _NAME_REVERSED.match(text[max(0, start - _LONGEST) : start][::-1])
    begin = start - (before.end() if before else 0)
    return begin if _BEGINS.match(text, begin) else None


# "titan.labo.lan", "wiki.intra.acme.fr": an ending that no public name has, or a label in front of
# a company's domain. The anchor is its dot: a name would be looked for at every word.
_ENDINGS = "local | localdomain | lan | corp | intra | intranet | internal | interne | priv"
_ENDING = re.compile(
    rf"\.(?P<ending>{_ENDINGS.replace(' ', '')}|home\.arpa|int)"
    rf"(?P<company>(?:\.[a-z0-9-]{{2,30}}){{1,2}}\.(?:{TOP}))?(?![\w@(\[]|-\w|\.\w|\s?=[^=])",
    re.IGNORECASE,
)
# Packages of Java, objects of a browser, what every container and cluster knows.
_OF_CODE = re.compile(
    r"(?:com|org|net|fr|io|java|javax|jdk|sun|eu|de|self|this|threading)\."
    r"|(?:.*\.)?(?:docker|google|storage|cluster|example|exemple)\Z"
)
_IMPORTED = re.compile(r"(?:from|import|package|using)\s\Z")
# Attributes and modules of code are called so: there a single word in front says nothing.
_ALSO_IN_CODE = frozenset({"local", "internal", "interne", "priv", "localdomain"})


def _by_domain(text: str, start: int) -> Span | None:
    ending = _ENDING.match(text, start, start + _LONGEST)
    begin = _begin(text, start)
    if ending is None or begin is None:
        return None
    name = text[begin:start].lower()
    if (
        not name[:1].isalnum()
        or _OF_CODE.match(name)
        or _IMPORTED.search(text, max(0, begin - 8), begin)
    ):
        return None
    if ending.group("company") is None:
        kind = ending.group("ending").lower()
        if kind == "int" or len(name) < 2 or is_example(name):
            return None
        in_address = text[max(0, begin - 2) : begin] in {"//", r"\\"}
        if kind in _ALSO_IN_CODE and name.isalpha() and not in_address:
            return None
    return begin, ending.end()


def _by_shape(text: str, start: int) -> Span | None:
    begin = _begin(text, start)
    return None if begin is None else machine_at(text, begin, is_sure)


# Parts of such names, as they begin or go on; a check decides.
_SHAPE_ANCHORS = (
    rb"srv",
    *each("vm | pc | bastion | preprod | prod | stg | rct | ppd | recette", r"\b", "-"),
    # Three letters would be found inside of words: the fourth sign is spelled out.
    *each("nas- | nas0 | nas1 | esx- | esx0 | esx1 | esxi | hyp- | hyp0 | hyp1", r"\b"),
    *each("jump- | jump0 | jump1 | vmhost | prd- | prd0 | prd1", r"\b"),
    *each("prod | prd | stg | ppd | rct", "-", "[0-9-]"),
    rb"[a-z]prd[0-9]",
    *each(
        """
        db | sql | pg | pgsql | ora | mysql | mongo | redis | mq | web | app | api | git | gitlab |
        jenkins | nexus | sonar | mail | proxy | vpn | lic | ci | build | bld | runner | worker |
        agent | node | k8s | docker | log | backup | bck | sauv | file | fs | dc | sim | sw | dev
        """,
        r"\b",
        "0[0-9]",
    ),
    *each(
        "db | pg | ci | build | jenkins | gitlab | k8s | docker | web | app | lic | log | sim",
        r"\b",
        r"-[a-z]{2,9}-?0[0-9]",
    ),
    rb"\b(?:desktop|laptop|win)-[0-9a-z]{7}",
)

# What takes machines as its arguments.
_COMMANDS = """
    ssh | scp | sftp | rsync | ssh-copy-id | ping | telnet | nslookup | traceroute | tracert |
    mstsc | mosh
    """
_COMMAND = re.compile(
    rf"(?<![\w/.-]){any_of(_COMMANDS)}\s(?P<rest>[^\n\x00|;&\"'«»()]{{0,140}})", re.IGNORECASE
)
_ARGUMENT = re.compile(r"(?:(?<=[\s@])|(?<=/v:))[A-Za-z]")


def _in_command(text: str, start: int) -> Iterator[Span]:
    match = _COMMAND.match(text, start)
    if match is None:
        return
    for argument in _ARGUMENT.finditer(text, *match.span("rest")):
        machine = machine_at(text, argument.start(), is_likely)
        if machine is not None:
            yield machine


# The first are words of every text: there the anchor looks for a number, too.
_FREQUENT_CUES = "serveur | server | machine | poste | hôte | host"
_RARE_CUES = """
    hostname | workstation | station | imprimante | printer | noeud | nœud | passerelle |
    gateway | bastion | nom d'hôte | data source | tourne sur | tournent sur | hébergé sur |
    hébergée sur | installé sur | installée sur | déployé sur | déployer sur | connecté à |
    connecter à | connecter sur | connecte sur | rebondir sur | basculer sur | redémarrer |
    redémarré | ran on | runs on | running on | hosted on | deployed on | deployed to | deploy
    to | installed on | connect to | connected to | log on to | logged on to | log in to |
    reboot | promote | shut down
    """
_CUES = f"{_FREQUENT_CUES} | {_RARE_CUES}"
_MOST_LISTED = 12
_BETWEEN = r"(?:\s{0,2}(?:[:=(\"'`«]|->|[a-zéèêàâç'’]{1,12}(?=\s))){0,4}\s{0,2}[\"'`«]?\s?"
_CUED = re.compile(
    rf"(?<![\w-]){any_of(_CUES)}s?(?![\w-]){_BETWEEN}(?<![\w.-])(?P<value>[a-z])", re.IGNORECASE
)


# "les postes PC-12 à PC-14", "srv-a1, srv-a2 and srv-a3"
_NEXT = re.compile(r"\s?(?:,|\s(?:et|and|à|to|ou|or|puis|then))\s(?=[a-z])", re.IGNORECASE)


def _after_cue(text: str, start: int) -> Iterator[Span]:
    match = _CUED.match(text, start, start + 110)
    machine = None if match is None else machine_at(text, match.start("value"), is_likely)
    for _ in range(_MOST_LISTED):
        if machine is None:
            return
        yield machine
        following = _NEXT.match(text, machine[1])
        machine = following and machine_at(text, following.end(), is_likely)


_ADDRESS = re.compile(
    r"(?://|\\\\)(?:[\w.-]{1,32}@)?(?P<value>[a-z][a-z0-9-]{2,40})(?=[\s:/\\])", re.I
)


def _in_address(text: str, start: int) -> Span | None:
    if start and text[start] == "\\" and text[start - 1] not in " \t\n\"'`(=":
        return None
    match = _ADDRESS.match(text, start, start + 90)
    if match is None:
        return None
    name = match.group("value")
    return match.span("value") if is_sure(name) or is_likely(name) else None


# "ada@titan:~$", "[ada@titan ~]$"
_PROMPT = (
    r"@(?P<value>[A-Za-z][A-Za-z0-9-]{2,40})"
    r"(?::[~/][^\s\x00]{0,60}[$#%]|[ \t][^\]\n\x00]{1,60}\][$#])"
)
# The lines of syslog: a time, a machine, a program.
_LOGGED = re.compile(
    r"(?:[A-Z][a-z]{2} {1,2}[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2}|[+-][0-9]{2}:[0-9]{2}|[0-9]Z) "
    r"(?P<value>[A-Za-z][A-Za-z0-9-]{2,40}) (?:[\w./-]{2,40}\[[0-9]{0,7}|kernel)\Z"
)


def _in_log(text: str, start: int) -> Span | None:
    # The anchor is what follows the program; the one of its number stands on the last digit.
    end = start + (1 if text[start] != " " else len(" kernel"))
    match = _LOGGED.search(text, max(0, start - 120), end)
    return match.span("value") if match and _is_named(match) else None


_CONTAINER = re.compile(r"[0-9a-f]{12}\Z")


def _is_named(match: re.Match[str]) -> bool:
    name = match.group("value").lower()
    return is_word(name) and _CONTAINER.match(name) is None and "--" not in name


# After these a plain word is a name, too.
_NAMING = """
    hostname | host name | nom d'hôte | nom de la machine | nom du serveur | nom de machine |
    computer name | nom netbios
    """
_NAMING_VERBS = """
    server is called | machine is called | server is named | machine is named | serveur s'appelle |
    machine s'appelle
    """
_NAMED = (
    rf"(?<![\w.$])(?i:(?:{any_of(_NAMING)})(?:\s(?:of|de|du)\s[^\n\x00:=]{{2,24}}?)?(?:\s?[:=]\s?|\s(?:is|est)\s)"
    rf"|(?:{any_of(_NAMING_VERBS)})\s)[\"'`«]{{0,2}}(?P<value>[a-z][a-z0-9-]{{3,30}})"
    r"(?=[\"'`»,;)]|\.(?!\w)|\s{0,8}(?:\n|\Z)|\s(?:et|and)\s)"
)

RULES = (
    Rule(
        "host-domain",
        FindingType.HOST,
        each(_ENDINGS + "| home.arpa | int", r"\.", r"\b"),
        True,
        _by_domain,
        carried=True,
    ),
    Rule("host-shape", FindingType.HOST, _SHAPE_ANCHORS, True, _by_shape, carried=True),
    Rule(
        "host-in-command",
        FindingType.HOST,
        each(_COMMANDS, r"\b", r"\s"),
        True,
        Column(_in_command),
        carried=True,
    ),
    Rule(
        "host-cue",
        FindingType.HOST,
        each(_FREQUENT_CUES, r"\b", r"s?[^0-9\n]{1,20}[a-z-][0-9]") + each(_RARE_CUES, r"\b"),
        True,
        Column(_after_cue),
        carried=True,
    ),
    Rule(
        "host-in-address",
        FindingType.HOST,
        (
            rb"//(?:[0-9a-z_.-]{1,32}@)?[a-z][a-z-]{1,30}[0-9]",
            rb"\x5c\x5c[a-z][a-z-]{1,30}[0-9]",
        ),
        True,
        _in_address,
        carried=True,
    ),
    Rule(
        "host-in-prompt",
        FindingType.HOST,
        (
            rb"@[0-9A-Za-z-]{3,41}:[~/]",
            rb"@[0-9A-Za-z-]{3,41}[ \t][^\]\n]{1,60}\][$#]",
        ),
        False,
        pattern_check(_PROMPT, 130, _is_named),
        carried=True,
    ),
    Rule(
        "host-in-log",
        FindingType.HOST,
        (rb"[0-9]\]: ", rb" kernel: "),
        False,
        _in_log,
        carried=True,
    ),
    Rule(
        "host-named",
        FindingType.HOST,
        each(f"{_NAMING}|{_NAMING_VERBS}", r"\b"),
        True,
        pattern_check(_NAMED, 110, _is_named),
        carried=True,
    ),
)
