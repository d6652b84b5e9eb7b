"""Values that are known to be sensitive: this machine's account, and the list that a user keeps."""

import getpass
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.names import fold
from raise_finetune.dataset.sanitize.resources import words
from raise_finetune.dataset.sanitize.rules.rule import Rule, pattern_check

_GENERIC = words("generic_accounts.txt")
_MIN_GATHERED = 3
_MIN_LISTED = 2
_REACH = 400


@dataclass(frozen=True, repr=False)
class KnownValues:
    """Sensitive values and their types; matched whole, without regard to case and accents."""

    values: tuple[tuple[FindingType, str], ...] = ()

    def __repr__(self) -> str:
        return f"KnownValues({len(self.values)} values)"

    def with_list(self, lines: Iterable[str]) -> "KnownValues":
        """Return these values and the user's own, one a line.

        Blank lines and lines that begin with ``#`` are left out.
        """
        listed = (line.strip() for line in lines)
        own = (
            (FindingType.PRIVATE, line)
            for line in listed
            if len(line) >= _MIN_LISTED and not line.startswith("#")
        )
        return KnownValues(tuple(dict.fromkeys((*self.values, *own))))

    def rules(self) -> list[Rule]:
        """Return one rule for each value."""
        return [
            Rule(
                "known-value",
                kind,
                (_literal(value).encode(),),
                True,
                pattern_check(rf"(?<!\w)(?P<value>{_literal(value)})(?!\w)", _REACH, flags=re.I),
            )
            for kind, value in self.values
        ]


@dataclass(frozen=True, repr=False)
class Machine:
    """What a machine tells about the person who uses it."""

    user: str = ""
    full_name: str = ""
    host: str = ""
    home: str = ""
    git_config: str = ""

    @classmethod
    def current(cls, environ: Mapping[str, str] = os.environ) -> "Machine":
        """Read this machine; what cannot be read stays empty."""
        home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        files = (home / ".gitconfig", config / "git" / "config")
        return cls(
            user=_account_name(),
            full_name=_full_name(),
            host=platform.node(),
            home=str(home),
            git_config="\n".join(_content(file) for file in files),
        )


def known_values(machine: Machine, name: str = "", email: str = "") -> KnownValues:
    """Return what ``machine`` and the application's account (``name``, ``email``) give away."""
    git = dict(_GIT_USER.findall(_git_user_section(machine.git_config)))
    gathered = (
        (FindingType.PERSON, name),
        (FindingType.EMAIL, email),
        (FindingType.PERSON, machine.full_name),
        (FindingType.PERSON, git.get("name", "")),
        (FindingType.EMAIL, git.get("email", "")),
        (FindingType.USER, machine.user),
        (FindingType.USER, Path(machine.home).name),
        (FindingType.HOST, machine.host),
        (FindingType.HOST, machine.host.partition(".")[0]),
    )
    stripped = ((kind, _readable(value).strip().strip('"')) for kind, value in gathered)
    return KnownValues(
        tuple(
            dict.fromkeys(
                (kind, value)
                for kind, value in stripped
                if len(value) >= _MIN_GATHERED and fold(value) not in _GENERIC
            )
        )
    )


_GIT_SECTION = re.compile(
    r"^\s*\[user\][^\n]*\n((?:(?!\s*\[).*\n?)*)", re.MULTILINE | re.IGNORECASE
)
_GIT_USER = re.compile(r"^\s*(name|email)\s*=\s*(.+?)\s*$", re.MULTILINE)


def _readable(value: str) -> str:
    """Return what the system gives as text: names of an old one's accounts may be Latin-1."""
    try:
        value.encode()
    except UnicodeEncodeError:  # its bytes, which Python keeps as lone surrogates
        return value.encode("utf-8", "surrogateescape").decode("latin-1")
    return value


def _git_user_section(config: str) -> str:
    return "\n".join(_GIT_SECTION.findall(config))


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _full_name() -> str:
    try:
        import pwd  # not on Windows

        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
    except (ImportError, KeyError):
        return ""


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


# Letter → its accented forms in both cases; byte patterns fold the case of ASCII letters only.
_ACCENTED: dict[str, list[str]] = {}
for _code in (*range(0xC0, 0x180), *range(0x218, 0x21C)):
    _base = fold(chr(_code))
    if len(_base) == 1 and _base != chr(_code) and _base.isascii():
        _ACCENTED.setdefault(_base, []).append(chr(_code))
_LIGATURES = {"œ": "(?:œ|Œ|oe)", "æ": "(?:æ|Æ|ae)", "ß": "(?:ß|ẞ|ss)"}
_BLANK = "(?:[ \t._-]|\u00a0|\u202f|\n){1,2}"


def _literal(value: str) -> str:
    """Return a pattern for a value, with any accents; no class holds a non-ASCII character."""
    return "".join(_character(char) for char in re.sub(r"\s+", " ", value))


def _character(char: str) -> str:
    if char == " ":
        return _BLANK
    if char == "\0":
        return r"\x00"  # itself would end the pattern for an engine in C
    if char.lower() in _LIGATURES:
        return _LIGATURES[char.lower()]
    base = fold(char)
    if base in _ACCENTED:
        return "(?:" + "|".join((base, *_ACCENTED[base])) + ")"
    forms = dict.fromkeys((char, char.lower(), char.upper()))
    return "(?:" + "|".join(re.escape(form) for form in forms) + ")"
