"""Damaged folders of training runs: refused or passed over, and the list of runs still opens."""

from collections.abc import Generator
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domains.asking import refusal
from domains.fuzzing import damaged, encoded, files_like, only_bad_input, tries, wrong
from domains.golden import NOBODY
from domains.tree import Tree, exchange
from raise_finetune.adapters.provenance import provenance_of
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.inference.parity import read_trained_prompts
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import format_config
from raise_finetune.training.runs import Run
from raise_finetune.training.status import run_status

LINEAGE: Any = {
    "tool_version": "1",
    "created": "2026-01-01T00:00:00+00:00",
    "dataset": "/d",
    "manifest_sha256": "",
    "input_hash": "",
    "base": "/b",
    "architecture": "llama",
    "profile": {
        "name": "inst",
        "family": "mistral",
        "columns": ["text"],
        "bos": "<s>",
        "eos": "</s>",
        "special_tokens_written_by": "export",
        "system_placement": "first_question",
        "llama_cpp_template": None,
    },
}
EVENTS: list[Any] = [
    {"event": "queued", "t": 1.5, "resume": False},
    {"event": "start", "t": 2.0, "step": 0, "max_steps": 9},
    {"event": "log", "t": 3.0, "step": 1, "max_steps": 9, "loss": 1.5},
    {"event": "eval", "t": 3.5, "step": 1, "max_steps": 9, "eval_loss": 1.0},
    {"event": "error", "t": 4.0, "code": "disk_full", "params": {"path": "x"}},
]
PARITY: list[Any] = [{"prompt": "<s>[INST] a[/INST]", "ids": [1, 3, 1032, 4]}]
# What the page asks of a run, and what it shows of all of them.
ASKED: dict[str, Any] = {
    "training_run": {"name": "run"},
    "training_runs": {},
    "models_list": {},
    "training_stop": {"name": "run"},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Generator[Run]:
    home = tmp_path_factory.mktemp("datasets")
    tree = Tree(home / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    export_dataset(ExportRecipe(), home / "dataset", root=tree.root, known=NOBODY)
    folder = home / "runs/run"
    (folder / "adapter").mkdir(parents=True)
    (folder / "manifest.json").write_bytes((home / "dataset/.raise/manifest.json").read_bytes())
    (folder / "run.json").write_bytes(orjson.dumps(LINEAGE))
    (folder / "adapter/raise.json").write_bytes(orjson.dumps(LINEAGE))
    (folder / "parity.json").write_bytes(orjson.dumps(PARITY))
    (folder / "training.toml").write_text(format_config(TrainingConfig(), "en"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH_RAISE_DATASET", str(home))
        yield Run(folder)


JSON_FILES = ("run.json", "manifest.json", "parity.json", "adapter/raise.json")


@tries(60)
@given(data=st.data())
def test_runs(run: Run, data: st.DataObject):
    name = data.draw(st.sampled_from((*JSON_FILES, "training.toml")))
    path = run.folder / name
    good = path.read_bytes()
    content = files_like(orjson.loads(good)) if name.endswith(".json") else damaged(good)
    run.events.write_bytes(b"\n".join(map(orjson.dumps, EVENTS)) + b"\n")
    path.write_bytes(data.draw(content))
    try:
        use(run)
    finally:
        path.write_bytes(good)


LINES = st.sampled_from(EVENTS).flatmap(
    lambda event: wrong(event).map(encoded) | damaged(orjson.dumps(event))
)


@tries(60)
@given(lines=st.lists(LINES, min_size=1, max_size=3))
@example(lines=[b'{"event":"log","t":3.0,"step":"x"}'])
@example(lines=[b'{"event":"log","t":3.0,"step":1,"loss":"x"}'])
@example(lines=[b'{"event":"eval","t":3.0,"step":1}'])
@example(lines=[b'{"event":"error","t":1.0,"code":"of a later version","params":{}}'])
@example(lines=[b'{"event":"error","t":1.0,"code":"disk_full","params":{"code":"x"}}'])
def test_what_trainers_tell(run: Run, lines: list[bytes]):
    run.events.write_bytes(b"\n".join(lines) + b"\n")
    use(run)


def use(run: Run) -> None:
    with only_bad_input():
        run_status(run)
    with only_bad_input(naming=run.folder / "training.toml"):
        run.config()
    with only_bad_input(naming=run.parity):
        read_trained_prompts(run.parity)
    with only_bad_input(naming=run.adapter / "raise.json"):
        provenance_of(run.adapter)
    for command, body in ASKED.items():
        # The second would mean an answer that is none: what is asked here is right.
        assert refusal(command, orjson.dumps(body)) not in ("internal", "invalid_request")
