"""Damaged notes of the application's own: the window opens all the same, and says which it is.

Settings, the user's list of values, the exports that are remembered and what is kept of those that
are one file, ratings, the list of forgotten records and the index that both are listed in.
"""

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.asking import refusal
from domains.fuzzing import (
    damaged,
    encoded,
    files_like,
    nothing_synced,
    only_bad_input,
    tries,
    wrong,
)
from domains.tree import Tree, exchange
from raise_finetune.commands import history
from raise_finetune.commands.settings import AppSettings
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.output import resolve_target
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.sanitize.own_list import gather_known_values
from raise_finetune.dataset.sources.forgotten import entry_of, keep_forgotten
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.writing.unfinished import note_unfinished
from raise_finetune.errors import FailedError
from raise_finetune.storage.engine import StorageEngine

RATED, FORGOTTEN = (f"un2/default/conversations/{name}#1" for name in "ab")
# Folders below the home, by what the environment calls them.
PLACES = {
    "HOME": "",
    "XDG_STATE_HOME": "state",
    "XDG_CONFIG_HOME": "config",
    "RAISE_FINETUNE_CONFIG": "config/raise",
    "PATH_RAISE_DATASET": "datasets",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A home where two exports were made; what is damaged is put back from ``good``."""
    home = tmp_path_factory.mktemp("notes") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PATH_RAISE_DOMAIN", raising=False)
        for variable, folder in PLACES.items():
            patch.setenv(variable, str(home / folder))
        fill(home)
        shutil.copytree(home, home.with_name("good"))
        with nothing_synced():
            yield home


def fill(home: Path) -> None:
    tree = Tree(home / "domain")
    for name in "abc":
        tree.conversation(name, *exchange(f"q{name}", f"a{name}", rating=5))
    engine = StorageEngine(tree.root)
    rate(engine, RATED.partition("#")[0], 1, Judgement(5, correction="better"))
    keep_forgotten(engine, [entry_of(engine, FORGOTTEN)])
    config = home / "config/raise"
    config.mkdir(parents=True)
    settings = AppSettings(data_folder=str(tree.root), language="fr")
    (config / "settings.json").write_text(settings.model_dump_json(indent=2))
    (config / "known_values.txt").write_text("# mine\nÉlodie Moreau\nprojet Orion\n")
    (home / ".gitconfig").write_text("[user]\n\tname = Élodie Moreau\n\temail = e@moreau.fr\n")
    for output in ("one.jsonl", "folder"):
        report = export_dataset(ExportRecipe(), output, root=tree.root)
        history.remember(tree.root, ExportRecipe(), report)
        target = resolve_target(output, tree.root)
        note_unfinished(tree.root, target, ExportRecipe())  # as one that was killed


def test_a_home_that_is_whole(home: Path):
    """What is asked below, each command answers."""
    assert {name: refusal(name, body) for name, body in asked(home)} == dict.fromkeys(
        (name for name, _ in asked(home)), ""
    )


def asked(home: Path) -> list[tuple[str, bytes]]:
    new, old = sorted(
        (orjson.loads(note.read_bytes())["when"] for note in (home.with_name("good")).glob(_PAST)),
        reverse=True,
    )
    bodies: dict[str, Any] = {
        "app_settings_read": {},
        "privacy_known_values_read": {},
        "exports_list": {},
        "exports_interrupted": {},
        "exports_verify": {"when": old},
        "exports_explain_row": {"when": old, "row": "1"},
        "exports_compare": {"old": old, "new": new},
        "library_open": {"refresh": True},
        "record_forget_plan": {"record": RATED},
        "record_take_back": {"record": FORGOTTEN},
        "answer_rate": {"record": RATED.partition("#")[0], "index": 1, "rating": 3},
    }
    return [(name, encoded(body)) for name, body in bodies.items()]


_PAST = "state/raise-finetune/exports/*.json"
NOTES = (
    "config/raise/*",
    ".gitconfig",
    _PAST,
    "state/raise-finetune/datasets/*.json",
    "state/raise-finetune/unfinished/*.json",
    "state/raise-finetune/files/*/*",
    "domain/un2/finetune/_system.json",
    "domain/un2/finetune/collections/*/*",
)


@tries(60)
@given(data=st.data())
def test_notes(home: Path, data: st.DataObject):
    good = home.with_name("good")
    kind = data.draw(st.sampled_from(NOTES))
    note = data.draw(st.sampled_from(sorted(good.glob(kind))))
    content = note.read_bytes()
    is_json = note.suffix == ".json"
    odd = wrong(orjson.loads(content)).map(encoded) if is_json else damaged(content)
    drawn = odd | (files_like(orjson.loads(content)) if is_json else st.binary(max_size=64))
    commands = st.lists(st.sampled_from(asked(home)), min_size=2, max_size=4)
    use(home, home / note.relative_to(good), data.draw(drawn), data.draw(commands))


def use(home: Path, note: Path, content: bytes, commands: list[tuple[str, bytes]]) -> None:
    note.write_bytes(content)
    try:
        for name, body in commands:
            # The second would mean an answer that is none: what is asked here is right.
            assert refusal(name, body) not in ("internal", "invalid_request"), name
        with only_bad_input(naming=home / "config/raise/known_values.txt", kind=FailedError):
            gather_known_values()
    finally:
        good = home.with_name("good")
        shutil.rmtree(home / "domain")
        shutil.copytree(good / "domain", home / "domain")
        shutil.copyfile(good / note.relative_to(home), note)


@pytest.mark.parametrize("folder", ["datasets", "unfinished"])
def test_a_data_folder_with_a_nul(home: Path, folder: str):
    note = min((home / "state/raise-finetune" / folder).glob("*.json"))
    content = orjson.dumps({**orjson.loads(note.read_bytes()), "root": "/a\0b"})
    use(home, note, content, asked(home))


def test_a_list_of_values_with_a_nul(home: Path):
    use(home, home / "config/raise/known_values.txt", b"\0 mine\nprojet Orion\n", asked(home))
