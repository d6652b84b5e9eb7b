"""Lock every Python dependency: each version, and the SHA-256 of each file it comes in.

``uv.lock`` is the one resolution, for all platforms and every Python that we support. The files
in ``requirements/`` are its parts that the Makefile installs, in the form that any ``pip`` checks
against any index: they name versions and hashes, and no address.

    scripts/lock.py                  lock anew what pyproject.toml changed
    scripts/lock.py --upgrade        take the newest versions of everything
    scripts/lock.py --upgrade-package NAME
"""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PARTS = {
    "build": ["--only-group", "build"],
    "base": [],
    "desktop": ["--extra", "desktop"],
    "extras": ["--all-extras", "--no-extra", "desktop", "--no-emit-package", "torch"],
    "torch": ["--only-group", "torch"],
    "dev": ["--only-group", "dev"],
    "audit": ["--only-group", "audit"],
    "peers": ["--only-group", "peers"],
}
_EXPORT = [
    "export",
    "--quiet",
    "--frozen",
    "--no-default-groups",
    "--no-emit-project",
    "--no-header",
]
_HEADER = "# Made from uv.lock by `make lock`; see docs/dependencies.md.\n"


def main(options: list[str]) -> None:
    """Lock, with the given options of ``uv lock``, and write each part."""
    _uv("lock", *options)
    without_cuda = [option for name in _cuda_packages() for option in ("--prune", name)]
    for part, selection in _PARTS.items():
        pruned = without_cuda if part == "extras" else []
        lines = _uv(*_EXPORT, *selection, *pruned)
        (ROOT / "requirements" / f"{part}.txt").write_text(_HEADER + lines, encoding="utf-8")


def _cuda_packages() -> list[str]:
    """Return what only torch's build for CUDA asks for: scripts/install_torch decides on it."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    torch = next(package for package in packages if package["name"] == "torch")
    return [
        needed["name"]
        for needed in torch["dependencies"]
        if "sys_platform == 'linux'" in needed.get("marker", "")
    ]


def _uv(*arguments: str) -> str:
    uv = Path(sys.executable).with_name("uv")
    finished = subprocess.run(  # noqa: S603
        [uv, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return finished.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
