"""``make audit`` against advisory databases of our own: what it finds, and when it cannot ask."""

import gzip
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
NOBODY_LISTENS = "http://127.0.0.1:1/"  # tcpmux: no machine serves it

ADVISORY = {
    "id": "OSV-1",
    "summary": "A made-up hole",
    "modified": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "idna"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9999"}]},
            ],
        }
    ],
}
PAGE_ADVISORY = {
    "id": 1,
    "url": "https://advisories.example/1",
    "title": "Another made-up hole",
    "severity": "high",
    "vulnerable_versions": "<9999",
}


class Databases(ThreadingHTTPServer):
    """OSV and the npm registry in one: they know of the packages that a test names."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.vulnerable: set[str] = set()
        self.asked_about: set[str] = set()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"

    def answer(self, path: str, question: Any) -> object:
        """Answer OSV's batch of packages, one of its advisories, npm's bulk, or npm's package."""
        if path == "/v1/querybatch":
            names = [query["package"]["name"] for query in question["queries"]]
            self.asked_about.update(names)
            known = [{"id": ADVISORY["id"], "modified": ADVISORY["modified"]}]
            return {"results": [{"vulns": known} if n in self.vulnerable else {} for n in names]}
        if path == f"/v1/vulns/{ADVISORY['id']}":
            return ADVISORY
        if path == "/-/npm/v1/security/advisories/bulk":
            self.asked_about.update(question)
            return {name: [PAGE_ADVISORY] for name in self.vulnerable.intersection(question)}
        return {"name": path.strip("/"), "versions": {}}


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
        self._send(json.loads(body))

    def do_GET(self) -> None:
        self._send(None)

    def _send(self, question: object) -> None:
        assert isinstance(self.server, Databases)
        answer = json.dumps(self.server.answer(self.path, question)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing."""


@pytest.fixture
def databases() -> Iterator[Databases]:
    with Databases() as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield server
        server.shutdown()
        serving.join()


@pytest.fixture
def audit(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command where nothing but this machine can be reached, and caches are empty."""

    def run(url: str, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "scripts/audit.py", "--osv", url, *options],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "UV_CACHE_DIR": str(tmp_path / "uv"),
                "UV_HTTP_RETRIES": "0",
                "npm_config_cache": str(tmp_path / "npm"),
                "npm_config_fetch_retries": "0",
                "npm_config_registry": url,
                "HTTPS_PROXY": NOBODY_LISTENS,
                "NO_PROXY": "127.0.0.1",
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


Audit = Callable[..., subprocess.CompletedProcess[str]]


def test_both_databases_are_asked_about_every_locked_package(databases: Databases, audit: Audit):
    done = audit(databases.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("uv.lock: nothing known\npackage-lock.json: nothing known\n")
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    page = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    assert databases.asked_about == {
        *(each["name"] for each in locked if each["name"] != "raise-finetune"),
        *(path.rpartition("node_modules/")[2] for path in page if path),
    }


def test_a_hole_in_a_python_package_fails_and_is_named(databases: Databases, audit: Audit):
    databases.vulnerable = {"idna"}
    done = audit(databases.url, "--allow-unreachable")
    assert done.returncode == 1
    assert "- OSV-1: A made-up hole" in done.stdout
    assert done.stdout.endswith("uv.lock: vulnerable\npackage-lock.json: nothing known\n")


def test_a_hole_in_a_package_of_the_page_fails_and_is_named(databases: Databases, audit: Audit):
    databases.vulnerable = {"axe-core"}
    done = audit(databases.url, "--allow-unreachable")
    assert done.returncode == 1
    assert "axe-core: high, Another made-up hole (https://advisories.example/1)" in done.stdout
    assert done.stdout.endswith("uv.lock: nothing known\npackage-lock.json: vulnerable\n")


@pytest.mark.parametrize(("options", "code"), [([], 2), (["--allow-unreachable"], 0)])
def test_databases_out_of_reach_are_no_clean_bill(audit: Audit, options: list[str], code: int):
    done = audit(NOBODY_LISTENS, *options)
    assert done.returncode == code
    assert done.stdout.endswith("uv.lock: not asked\npackage-lock.json: not asked\n")
