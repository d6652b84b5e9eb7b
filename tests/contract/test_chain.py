"""The whole chain: demo → export → NF4 QLoRA → adapter → GGUF → llama.cpp, and better answers."""

import re
import shutil
from collections.abc import Generator
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from models.peft_adapters import Reference
from models.training import losses
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.peft_adapter import read_peft_adapter
from raise_finetune.adapters.provenance import provenance_of
from raise_finetune.cli.application import app
from raise_finetune.inference.comparison import ComparedModels, Comparer
from raise_finetune.inference.held_out import HeldOutRow, held_out_rows
from raise_finetune.inference.opening import open_comparison
from raise_finetune.inference.process import Sampling
from raise_finetune.training.runs import Run

TOLERANCE = 5e-3
TOKENS = 12
PROMPTS = 5


class Chain:
    """A finished run, its files for llama.cpp, and both sides loaded."""

    def __init__(self, run: Run, comparer: Comparer, adapter: Path) -> None:
        self.run = run
        self.comparer = comparer
        self.adapter = adapter
        self.reference = Reference(Path(run.config().model.base), run.adapter)

    def rows(self) -> list[HeldOutRow]:
        dataset = Path(self.run.config().data.dataset)
        return held_out_rows(dataset, self.comparer.profile)


@pytest.fixture(scope="module", params=["trained_mistral", "trained_llama"])
def chain(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Chain]:
    run: Run = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp(run.name)
    base, adapter = folder / "base.gguf", folder / "adapter.gguf"
    convert_base(Path(run.config().model.base), base)
    provenance = provenance_of(run.adapter)
    assert provenance is not None
    convert_adapter(
        read_peft_adapter(run.adapter),
        read_base(Path(run.config().model.base)),
        adapter,
        provenance.metadata(),
    )
    # The prompts that the training has recorded are compared by their ids.
    assert run.parity.is_file()
    models = ComparedModels(base, adapter, 512, parity=run.parity, threads=1, exact=True)
    with open_comparison(models) as comparer:
        yield Chain(run, comparer, adapter)


def test_the_training_loss_falls_by_half(chain: Chain):
    found = losses(chain.run)
    assert len(found) >= 30
    assert sum(found[-3:]) / 3 < found[0] / 2


def test_the_profile_has_travelled_from_the_dataset_to_inference(chain: Chain):
    assert chain.comparer.profile.name == chain.run.lineage().profile.name == "inst"


def test_greedy_tokens_and_log_probabilities_are_those_of_peft(chain: Chain):
    inference = chain.comparer.inference
    rows = chain.rows()[:PROMPTS]
    assert len(rows) == PROMPTS
    for row in rows:
        ids = inference.tokenize(row.prompt)
        for adapter in (False, True):
            answer = chain.reference.greedy(ids, TOKENS, adapter=adapter)
            scores = inference.score(ids, answer, adapter=adapter)
            assert [score.likeliest for score in scores] == answer
            assert [score.logprob for score in scores] == pytest.approx(
                chain.reference.score(ids, answer, adapter=adapter), abs=TOLERANCE
            )


def test_rows_longer_than_the_context_are_told_and_the_others_are_answered(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    dataset = tmp_path / "dataset"
    shutil.copytree(chain.run.config().data.dataset, dataset)
    (line, *_) = (dataset / "data/val.jsonl").read_text("utf-8").splitlines()
    long = orjson.loads(line)["text"].replace("[INST]", f"[INST] {'word ' * 600}", 1)
    rows = [orjson.dumps({"text": long}).decode(), line]

    def compared(*lines: str, **options: int) -> Result:
        (dataset / "data/val.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        arguments = ["compare", chain.adapter, "--base", chain.adapter.with_name("base.gguf")]
        arguments += ["--dataset", dataset, "--max-tokens", 1, "--json"]
        chosen = {"context": 512, **options}
        arguments += [word for name, value in chosen.items() for word in (f"--{name}", value)]
        return CliRunner().invoke(app, [str(each) for each in arguments])

    done = compared(*rows, score=2)
    assert (done.exit_code, re.sub(r"--context \d+", "--context N", done.stderr)) == (
        0,
        "Warning: 1 row was left out (1): its prompt is longer than the context of 512 tokens. "
        "--context N has room for it.\n",
    )
    found = orjson.loads(done.stdout)
    assert (found["loss"]["rows"], found["loss"]["skipped"]) == (1, 1)
    assert ([each["row"] for each in found["answers"]], found["left_out"]) == ([2], [1])

    (needed,) = re.findall(r"--context (\d+)", done.stderr)
    done = compared(*rows, score=0, context=int(needed))
    assert (done.exit_code, done.stderr) == (0, "")
    assert [each["row"] for each in orjson.loads(done.stdout)["answers"]] == [1, 2]

    longer = long.replace("word ", "word " * 9)
    done = compared(rows[0], orjson.dumps({"text": longer}).decode(), score=0, context=8192)
    assert (done.exit_code, done.stderr) == (
        0,
        "Warning: 1 row was left out (2): its prompt is longer than the 2048 tokens that the base "
        "can read. An export with a smaller examples.context_exchanges makes it shorter.\n",
    )

    done = compared(rows[0], rows=0)
    assert (done.exit_code, orjson.loads(done.stdout)["loss"]) == (0, None)
    assert done.stderr == (
        "Warning: No held-out row fits into the context of 512 tokens: no loss was taken. "
        "Give a larger --context.\n"
    )

    done = compared(orjson.dumps({"text": "no answer"}).decode())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(
        f"Error: Line 1 of {dataset / 'data/val.jsonl'} holds no answer that the profile inst "
    )


def test_rows_too_long_are_scored_without_their_oldest_exchanges(
    chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RAISE_LANG", "en")
    dataset = tmp_path / "dataset"
    shutil.copytree(chain.run.config().data.dataset, dataset)
    file = dataset / "data/val.jsonl"
    line = orjson.loads(file.read_text("utf-8").splitlines()[0])["text"]
    oldest = f"<s>[INST] {'word ' * 600} [/INST] old </s>"
    rows = {"long": oldest + line.removeprefix("<s>"), "short": line}
    said: dict[str, str] = {}
    for name, text in rows.items():
        file.write_bytes(orjson.dumps({"text": text}) + b"\n")
        arguments = ["compare", chain.adapter, "--base", chain.adapter.with_name("base.gguf")]
        arguments += ["--dataset", dataset, "--rows", 0, "--context", 512]
        done = CliRunner().invoke(app, [str(each) for each in arguments])
        assert (done.exit_code, done.stderr) == (0, "")
        said[name] = done.stdout
    assert said["short"].startswith("Loss on 1 held-out row (")
    assert said["long"] == (
        f"{said['short']}1 row read without its oldest exchanges, to fit into the context\n"
    )


def test_held_out_answers_are_likelier_with_the_adapter(chain: Chain):
    rows = chain.rows()
    done: list[int] = []
    loss = chain.comparer.loss(rows, done.append)
    assert done == list(range(1, len(rows) + 1))
    assert loss is not None
    assert (loss.rows, loss.skipped) == (len(rows), 0)
    assert loss.adapter < loss.base


def test_the_two_sides_answer_differently(chain: Chain):
    row = chain.rows()[0]
    answers = chain.comparer.answers(row.prompt, Sampling(max_tokens=TOKENS), row)
    assert answers.row == row.number
    assert answers.expected == chain.comparer.expected(row)
    assert answers.base != answers.adapter


def test_the_command_line_compares_the_same(chain: Chain):
    run, adapter = chain.run, chain.adapter
    arguments = [
        *("compare", adapter, "--base", adapter.with_name("base.gguf")),
        *("--dataset", run.config().data.dataset, "--parity", run.parity),
        *("--rows", 1, "--score", 2, "--prompt", "a", "--max-tokens", 4, "--json"),
    ]
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert (done.exit_code, done.stderr) == (0, "")
    found = orjson.loads(done.stdout)
    assert (found["profile"], found["loss"]["rows"]) == ("inst", 2)
    assert found["loss"]["adapter"] < found["loss"]["base"]
    assert [each["row"] for each in found["answers"]] == [None, 1]
    assert found["answers"][0]["prompt"] == "<s>[INST] a [/INST]"
