"""Addresses of machines, credentials in URLs, user names in paths."""

import ipaddress
import re
from bisect import bisect_right

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.rule import Rule, Span, before, pattern_check

# All choices begin with a letter or a sign as such, one level deep: then `re` skips other places.
_VERSION_BEFORE = re.compile(
    r"(?:version|release|build|firmware|ver(?<=\bver)\.?|v(?<=\bv)|§|section|chapitre|chapter|article"
    r"|exigence|requirement|paragraphe|annexe|clause|==|<=?|>=?|~=?|\^=?"
    r"|upgrad\w*[^\n]{0,16}\Z|updat\w*[^\n]{0,16}\Z|bump\w*[^\n]{0,16}\Z|downgrad\w*[^\n]{0,16}\Z"
    r"|mise [àa] jour[^\n]{0,16}\Z|mettre [àa] jour[^\n]{0,16}\Z)\W{0,3}\Z"
)
_IP_BEFORE = re.compile(
    r"(?:\bips?\b|ipv4|adresse|address|serveurs?|servers?|host|h[ôo]te|ping|ssh|scp|curl|from|depuis"
    r"|dns|gateway|passerelle|remote|client|peer|connexion|connect(?:ed|ion)? to|://)"
    r"[^\n]{0,24}\Z"
)


# Directly after "=" it is a version as often; after "-" only a range's second address counts.
_NAMED_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:ips?|ipv4|ip[_ -]?addr\w*|ip publique|public[_ -]ip"
    r"|[a-z]{1,12}[_-]ip|addr(?:ess)?"
    r"|adresse|\w{0,16}[_-]addr(?:ess)?|host(?:name)?|[rdl]host|[lr]addr|servers?|serveur|src|source|dst"
    r"|dest(?:ination)?|client|remote|peer|from|for|gateway|gw|dns|nameserver|endpoint|listen|bind"
    r"|target|node)[\"']?=[\"']?|[0-9]\.[0-9]{1,3}-)\Z"
)


def _public_ipv4(match: re.Match[str]) -> bool:
    octets = [int(octet) for octet in match.group("value").split(".")]
    if max(octets) > 255 or _is_special(int.from_bytes(octets)):
        return False
    context = before(match, 40)
    if context.endswith(("=", "-")) and _NAMED_BEFORE.search(context) is None:
        return False
    if _VERSION_BEFORE.search(context[-28:]) and "://" not in context[-4:]:
        return False
    # 4.3.2.1 is rather a heading or a version than a machine, unless the text says so.
    return max(octets) > 30 or _IP_BEFORE.search(context) is not None


def _public_ipv6(match: re.Match[str]) -> bool:
    value = match.group("value")
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    # Of those that begin with 2 or 3, others are all public: `ipaddress` looks through its lists.
    if not value.startswith(("2001:", "2002:", "3fff:", "3FFF:")):
        return True
    return address.is_global or address in _DOCUMENTATION


# Private, shared, local, reserved and multicast addresses, in order. Those set aside for
# documentation are not among them: people do paste them for real ones, and masking costs nothing.
_SPECIAL = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
    )
]  # fmt: skip
# The first address of each, and the first one after it.
_BORDERS = [int(net[0]) + offset for net in _SPECIAL for offset in (0, net.num_addresses)]
_DOCUMENTATION = ipaddress.IPv6Network("2001:db8::/32")


def _is_special(address: int) -> bool:
    return bisect_right(_BORDERS, address) % 2 == 1


def _own_mac(match: re.Match[str]) -> bool:
    value = match.group("value").lower()
    if "." in value and value.replace(".", "").isdigit():
        return False
    return len(set(value) - _MAC_SIGNS) > 1


_MAC_SIGNS = frozenset(":-.")
_NO_CREDENTIAL = re.compile(
    r"[<${%\[*]|(?:x+|user(?:name)?|login|pass(?:word|wd)?|pwd|token)\Z", re.I
)


def _real_credentials(match: re.Match[str]) -> bool:
    return _NO_CREDENTIAL.match(match.group("password")) is None


_REMOTE_BEFORE = re.compile(
    r"(?:sftp|ssh|scp|ftp|rsync|prox(?:y|ies)|login|connect\w*|git|curl|wget|lftp)[^\n]{0,14}\Z"
)


_LONGEST_PASSWORD = 64
_PAIR_REVERSED = re.compile(
    rf"(?P<password>[^\s/:@\"'<>\x00]{{4,{_LONGEST_PASSWORD}}}):(?P<user>[\w.-]{{1,32}})(?![\w.:/@-])"
)
_MACHINE = re.compile(
    r".@(?!sha256)(?P<port>[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\w)|[\w.-]{1,64}:[0-9]{2,5}(?!\w))?"
)
_LETTER_AND_DIGIT = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_])")


def _bare_credentials(text: str, start: int) -> Span | None:
    """Without "://" the same writing is an address after a colon, a package, an image's digest."""
    end = start + 1
    colon = text.rfind(":", max(0, end - _LONGEST_PASSWORD - 1), end)
    if colon < 0 or text.find(" ", colon, end) >= 0:
        return None  # most are addresses
    machine = _MACHINE.match(text, start, start + 80)
    # The anchor begins in front of the "@", which is rare: the pair is read backwards.
    pair = _PAIR_REVERSED.match(text[max(0, end - 100) : end][::-1])
    if machine is None or pair is None:
        return None
    password, begin = pair.group("password")[::-1], end - pair.end()
    if _NO_CREDENTIAL.match(password) or not _LETTER_AND_DIGIT.match(password):
        return None
    context = text[max(0, begin - 24) : begin].lower()
    sure = machine.group("port") is not None or _REMOTE_BEFORE.search(context) is not None
    return (begin, end) if sure else None


_SHARED_ACCOUNTS = frozenset(
    {
        "public", "default", "default user", "all users", "shared", "user", "users", "username",
        "utilisateur", "your_username", "yourname", "your-name", "name", "nom", "you", "me", "vous",
        "root", "admin", "administrator", "administrateur", "ubuntu", "debian", "vagrant", "node",
        "runner", "app", "www-data", "linuxbrew", "guest", "invité", "ec2-user", "index", "page",
        "login", "dashboard", "news", "about", "contact", "test", "xxx", "toto", "foo", "docs",
        "build", "lib", "src", "tmp", "bin", "data",
        "index.html", "index.php", "index.htm", "appuser", "jovyan", "coder", "vscode", "git",
    }
)  # fmt: skip


# Variables, numbered test accounts, and files or folders of web sites and packages.
_NO_ACCOUNT = re.compile(
    r"[<$%{*\[]|(?:user|test|demo|node|guest)\d*\Z|node_\w+\Z"
    r"|.*\.(?:m?js|ts|html?|php|md|txt|json|css|png)\Z"
)


def _own_account(match: re.Match[str]) -> bool:
    name = match.group("value").rstrip(". ").lower()
    return name not in _SHARED_ACCOUNTS and _NO_ACCOUNT.match(name) is None


_NAME = r"[^\W_][^\\/:*?\"<>|\s\x00`'(),;\]}]{0,40}(?<![.,;])"
# A Windows name may hold spaces, but then a separator must follow.
_WINDOWS_NAME = r"[^\W_][^\\/:*?\"<>|\s\x00`]{0,40}(?: [^\\/:*?\"<>|\s\x00`]{1,30}){0,3}(?=[\\/])"
# macOS allows blanks too; each further word begins with a capital, and a separator must follow.
_SPACED_NAME = r"[^\W_][\w.-]{0,30}(?: [A-ZÀ-Þ][\w.-]{0,20}){1,2}(?=/)"
_ORACLE = (
    r"(?:(?:sqlplus|sqlldr|expdp|impdp|rman)(?:\s-\w{1,8})*\s{1,2}[\"']?(?:userid=|target\s)?"
    r"|jdbc:oracle:[a-z]{2,5}:)(?P<value>[\w$#]{1,30}/(?P<password>[^\s@/\"'\x00]{2,60}))(?=@)"
)
# A path that goes on after a placeholder is not a path of its own.
_PATH_BEGINS = r"(?<![\w.)}])(?<!_[0-9]>)(?<!_[0-9]{2}>)(?<!_[0-9]{3}>)"
_UNIX_HOME = (
    rf"(?:{_PATH_BEGINS}|(?<=/var)|(?<=/mnt)|(?<=/export))/home/"
    rf"|{_PATH_BEGINS}/Users/|(?<=[:/][a-z])/Users/"
)
_WINDOWS_HOME = (
    r"(?i:[\\/](?:Users|Utilisateurs)[\\]{1,4}|(?<=:)/Users/|Documents and Settings[\\/]{1,4})"
)

RULES = (
    Rule(
        "ipv4",
        FindingType.IP,
        (rb"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",),
        False,
        pattern_check(
            r"(?<![\w.~^])(?<![=<>~!]=)(?:(?<!/)|(?<=//)|(?<=[\s(]/)(?=[0-9.]{7,15}:[0-9]))(?P<value>(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3})"
            r"(?!\w|\.[0-9]|-(?![0-9]{1,3}\.[0-9]{1,3}\.[0-9]))",
            28,
            _public_ipv4,
        ),
    ),
    Rule(
        "ipv6",
        FindingType.IP,
        (rb"\b[23][0-9A-Fa-f]{3}:[0-9A-Fa-f:]{2}",),
        False,
        pattern_check(
            r"(?<![\w:])(?P<value>[23][0-9A-Fa-f]{3}(?::{1,2}[0-9A-Fa-f]{1,4}){1,7}(?:::)?|[23][0-9A-Fa-f]{3}::)"
            r"(?![\w:])",
            48,
            _public_ipv6,
        ),
    ),
    Rule(
        "mac",
        FindingType.MAC,
        (
            rb"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}"
            rb"|\b[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}",
        ),
        False,
        pattern_check(
            r"(?<![\w:.-])(?P<value>[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2}"
            r"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-]|\.[0-9A-Fa-f])",
            20,
            _own_mac,
        ),
    ),
    Rule(
        "url-credentials",
        FindingType.CREDENTIALS,
        (rb"://[^\s/:\"'<>]{0,64}:[^\s/\"'<>]{1,128}@",),
        False,
        pattern_check(
            r"://(?P<value>[^\s/:\"'<>\x00]{0,64}:(?P<password>[^\s/\"'<>\x00]{1,128}))@(?=[\w\[])",
            220,
            _real_credentials,
        ),
    ),
    Rule(
        "bare-credentials",
        FindingType.CREDENTIALS,
        (rb"[!-.0-9;=?A-Z_a-z~]@[0-9A-Za-z]",),
        False,
        _bare_credentials,
    ),
    Rule(
        "user-path-windows",
        FindingType.USER,
        (rb"[\\/]users[\\/]|documents and settings[\\/]|\\utilisateurs\\",),
        True,
        pattern_check(rf"{_WINDOWS_HOME}(?P<value>{_WINDOWS_NAME}|{_NAME})", 180, _own_account),
        carried=True,
    ),
    Rule(
        "user-path-unix",
        FindingType.USER,
        (rb"/home/|/Users/",),
        False,
        pattern_check(rf"(?:{_UNIX_HOME})(?P<value>{_SPACED_NAME}|{_NAME})", 80, _own_account),
        carried=True,
    ),
    Rule(
        "user-home",
        FindingType.USER,
        (rb"~[a-z][0-9a-z_.-]{2,30}/",),
        False,
        pattern_check(r"(?<![\w~.)])~(?P<value>[a-z][\w.-]{2,30})(?=/)", 40, _own_account),
        carried=True,
    ),
    Rule(
        "oracle-credentials",
        FindingType.CREDENTIALS,
        (rb"\bsqlplus\s", rb"\b(?:sqlldr|expdp|impdp|rman)\s", rb"\bjdbc:oracle:[a-z]{2,5}:[^@\s]"),
        True,
        pattern_check(_ORACLE, 160, _real_credentials, re.IGNORECASE),
    ),
)
