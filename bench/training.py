"""Tokens a second and memory of QLoRA on a graphics card, beside what the estimate says.

``python -m bench.training`` trains bases of random numbers with the shape of real ones, a few steps
each, by ``raise-trainer`` as a user would, and prints a table; ``--write`` puts it into
``docs/benchmarks.md``. It needs a card and the extra ``trainer``. ``--layers 4`` makes the bases
smaller, for a first look.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.document import table, write_section
from bench.random_base import SHAPES, random_base
from bench.results import keep

_GIB = 2**30
_ROWS = 192
# Longer than any row may be: each is cut, so that every batch is as large as it can become.
_CHARACTERS = 12_000
_SKIPPED = 2  # the first steps, in which kernels are chosen

Changes = Mapping[str, Mapping[str, Any]]

# What differs from the defaults: NF4, r = 16, 4 × 4 rows of 1,024 tokens, checkpointing.
CASES: dict[str, Changes] = {
    "the defaults": {},
    "rank 64": {"lora": {"r": 64, "lora_alpha": 16}},
    "one row at a time": {
        "training": {"per_device_train_batch_size": 1, "gradient_accumulation_steps": 16}
    },
    "16 rows at a time": {
        "training": {"per_device_train_batch_size": 16, "gradient_accumulation_steps": 1}
    },
    "rows of 2,048": {"data": {"max_length": 2048}},
    "activations kept": {"training": {"gradient_checkpointing": False}},
    "optimizer in 8 bits": {"training": {"optim": "paged_adamw_8bit"}},
    "base in 16 bits": {"quantization": {"load_in_4bit": False}},
}


class Options(argparse.Namespace):
    """What the command line asks for."""

    shapes: list[str]
    cases: list[str]
    layers: int
    steps: int
    device: str
    folder: Path | None
    tokenizer: Path | None
    write: bool


class Figures(NamedTuple):
    """Of one training: seconds of a step, tokens of a step, and bytes."""

    step: float
    tokens: int
    peak: int
    card: int
    estimate: int
    loss: float


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        figures = {
            (shape, case): _train(shape, case, options, Path(scratch))
            for shape in options.shapes
            for case in options.cases
        }
    section = f"{_preface(options)}\n\n{_table(figures)}"
    print(section)
    if options.write:
        write_section("training", section)
        rows = [
            {"shape": shape, "case": case, **each._asdict()}
            for (shape, case), each in figures.items()
        ]
        keep("training", {"card": _card(), "trainings": rows})


def _train(shape: str, case: str, options: Options, scratch: Path) -> Figures:
    from raise_finetune.training.base_model import read_base_model
    from raise_finetune.training.config import TrainingConfig
    from raise_finetune.training.config_file import changed_config, format_config
    from raise_finetune.training.memory import estimate_memory

    base = random_base(shape, options.folder or scratch, options.layers, options.tokenizer)
    config = changed_config(TrainingConfig(), _common(options, base, _rows(scratch)), "common")
    config = changed_config(config, CASES[case], case)
    estimate = estimate_memory(config, read_base_model(str(base)), longest=config.data.max_length)
    run = scratch / "run"
    shutil.rmtree(run, ignore_errors=True)
    (scratch / "training.toml").write_text(format_config(config), "utf-8")
    command = [sys.executable, "-m", "raise_finetune.trainer", "--output", str(run)]
    with _card_memory() as used:
        done = subprocess.run(
            [*command, "--config", str(scratch / "training.toml")],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{shape}, {case}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    figures = _figures(events, max(used), estimate.total)
    print(f"{shape}, {case}: {figures}", file=sys.stderr, flush=True)
    return figures


def _figures(events: Sequence[Mapping[str, Any]], card: int, estimate: int) -> Figures:
    steps = [event for event in events if event["event"] == "log"]
    times = [later["t"] - before["t"] for before, later in pairwise(steps)]
    tokens = [later["tokens"] - one["tokens"] for one, later in pairwise(steps)]
    return Figures(
        step=median(times[_SKIPPED:]),
        tokens=round(median(tokens[_SKIPPED:])),
        peak=events[-1]["peak_memory"],
        card=card,
        estimate=estimate,
        loss=steps[-1]["loss"],
    )


def _common(options: Options, base: Path, rows: Path) -> Changes:
    return {
        "model": {"base": str(base), "device": options.device},
        "data": {
            "dataset": str(rows),
            "profile": "mistral-v3",
            "overlong": "cut",
            "verify": False,
        },
        "training": {"max_steps": options.steps, "eval_strategy": "no", "save_steps": 1000},
    }


def _rows(scratch: Path) -> Path:
    """Return a dataset of rows longer than any that is trained on: the demo's, joined."""
    from raise_finetune import ExportRecipe, export_dataset
    from raise_finetune.demo.domain import write_demo

    folder = scratch / "rows"
    if folder.exists():
        return folder
    write_demo(scratch / "domain", 400, 0)
    output: dict[str, Any] = {"profile": "mistral-v3", "val_fraction": 0.0}
    recipe = ExportRecipe.model_validate({"output": output})
    export_dataset(recipe, scratch / "short.jsonl", root=scratch / "domain")
    texts = [
        json.loads(line)["text"].removeprefix("<s>")
        for line in (scratch / "short.jsonl").read_text("utf-8").splitlines()
    ]
    (folder / "data").mkdir(parents=True)
    joined = _joined(texts)
    lines = [json.dumps({"text": next(joined)}, ensure_ascii=False) + "\n" for _ in range(_ROWS)]
    (folder / "data" / "train.jsonl").write_text("".join(lines), "utf-8")
    return folder


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """Yield one long row after another, each beginning with another text."""
    for first in range(len(texts)):
        row, number = "<s>", first
        while len(row) < _CHARACTERS:
            row += texts[number % len(texts)]
            number += 1
        yield row


@contextmanager
def _card_memory() -> Generator[list[int]]:
    """Yield a list of the bytes that the driver says are in use, asked five times a second."""
    seen, is_over = [0], threading.Event()

    def ask() -> None:
        while not is_over.wait(0.2):
            seen.append(_asked("memory.used") * 2**20)

    asking = threading.Thread(target=ask)
    if shutil.which("nvidia-smi"):
        asking.start()
    try:
        yield seen
    finally:
        is_over.set()
        if asking.is_alive():
            asking.join()


def _asked(what: str) -> int:
    command = ["nvidia-smi", f"--query-gpu={what}", "--format=csv,noheader,nounits", "--id=0"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _card() -> str:
    from raise_finetune.training.devices import find_gpus

    return ", ".join(gpu.name for gpu in find_gpus()) or "no card"


def _preface(options: Options) -> str:
    layers = f"; {options.layers} layers of each" if options.layers else ""
    return (
        f"Bases of random numbers{layers}, rows of the demo cut at `max_length`, "
        f"{options.steps} steps each, the first {_SKIPPED + 1} not counted; {_card()}, "
        f"{_versions()}."
    )


def _versions() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("torch", "bitsandbytes", "trl"))


def _table(figures: Mapping[tuple[str, str], Figures]) -> str:
    head = ["base", "training", "s a step", "tokens a second", "peak GiB", "estimate", "card GiB"]
    rows = [
        [
            shape,
            case,
            f"{each.step:.2f}",
            f"{each.tokens / each.step:,.0f}",
            f"{each.peak / _GIB:.2f}",
            f"{each.estimate / _GIB:.2f}",
            f"{each.card / _GIB:.2f}" if each.card else "",
        ]
        for (shape, case), each in figures.items()
    ]
    return table(head, rows)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", nargs="*", choices=SHAPES, default=["mistral-7b", "llama-3-8b"])
    parser.add_argument("--cases", nargs="*", choices=CASES, default=list(CASES))
    parser.add_argument("--layers", type=int, default=0, help="of each base; 0: all")
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--device", default="cuda", help="cpu, for a look at the benchmark itself")
    parser.add_argument("--folder", type=Path, help="make the bases here, and keep them")
    parser.add_argument("--tokenizer", type=Path, help="a SentencePiece model")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args(namespace=Options())
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
