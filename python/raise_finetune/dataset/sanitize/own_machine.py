"""What this machine tells about the person who uses it: values to mask."""

import getpass
import os
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.known import KnownValues
from raise_finetune.dataset.sanitize.names import fold
from raise_finetune.dataset.sanitize.resources import words

_GENERIC = words("generic_accounts.txt")
_MIN_GATHERED = 3


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
