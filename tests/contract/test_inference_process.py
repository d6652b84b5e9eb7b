"""The inference process: streaming, cancelling, and all the ways in which it can end."""

import importlib.util
import os
import signal
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.errors import BadInputError, CancelledError, FailedError
from raise_finetune.inference.messages import Load
from raise_finetune.inference.process import Inference, Sampling

LONG = Sampling(max_tokens=1500)


@pytest.fixture(scope="module")
def base(tiny_mistral: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("base") / "base.gguf"
    convert_base(tiny_mistral, output)
    return output


def load(base: Path, adapter: Path | None = None) -> Load:
    named = None if adapter is None else str(adapter)
    return Load(base=str(base), adapter=named, context=2048, threads=1)


@pytest.fixture
def inference(base: Path) -> Generator[Inference]:
    with Inference(load(base)) as running:
        yield running


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_answer_comes_in_pieces_and_is_the_same_again(inference: Inference):
    ids = inference.tokenize("<s>[INST] a [/INST]")
    sampling = Sampling(max_tokens=20)
    answers = [
        [piece.text for piece in inference.generate(ids, sampling, adapter=False, stop_ids=())]
        for _ in range(2)
    ]
    assert len(answers[0]) > 5
    assert answers[0] == answers[1]


def test_a_stop_token_ends_the_answer_and_is_not_shown(inference: Inference):
    ids = inference.tokenize("<s>[INST] a [/INST]")
    sampling = Sampling(max_tokens=20)
    whole = "".join(
        piece.text for piece in inference.generate(ids, sampling, adapter=False, stop_ids=())
    )
    third = inference.tokenize(f"<s>[INST] a [/INST]{whole}")[len(ids) + 3]
    cut = "".join(
        piece.text for piece in inference.generate(ids, sampling, adapter=False, stop_ids=[third])
    )
    assert whole.startswith(cut)
    assert len(cut) < len(whole)


def test_an_answer_that_nobody_reads_on_is_stopped(inference: Inference):
    ids = inference.tokenize("<s>a")
    with closing(inference.generate(ids, LONG, adapter=False, stop_ids=())) as pieces:
        next(pieces)
    assert inference.tokenize("<s>") == [1]


def test_cancelling_ends_an_answer_at_once(base: Path):
    wishes: list[bool] = []
    with Inference(load(base), lambda: bool(wishes)) as inference:
        pieces = inference.generate(inference.tokenize("<s>a"), LONG, adapter=False, stop_ids=())
        next(pieces)
        wishes.append(True)
        with pytest.raises(CancelledError):
            list(pieces)
        pid = inference.pid
    assert not alive(pid)


def test_a_process_that_is_killed_is_told_and_nothing_is_left(base: Path):
    with Inference(load(base)) as inference:
        pieces = inference.generate(inference.tokenize("<s>a"), LONG, adapter=False, stop_ids=())
        next(pieces)
        os.kill(inference.pid, signal.SIGKILL)
        with pytest.raises(FailedError) as caught:
            list(pieces)
        assert (caught.value.code, caught.value.params["status"]) == ("inference_died", -9)
        with pytest.raises(FailedError) as again:
            inference.tokenize("a")
        assert again.value.code == "inference_died"


def test_it_ends_while_it_writes(base: Path):
    with Inference(load(base)) as inference:
        pieces = inference.generate(inference.tokenize("<s>a"), LONG, adapter=False, stop_ids=())
        next(pieces)
        pid = inference.pid
    assert not alive(pid)


def test_a_prompt_that_is_too_long_is_refused_and_the_next_is_answered(inference: Inference):
    with pytest.raises(BadInputError) as caught:
        list(inference.generate([1] * 3000, LONG, adapter=False, stop_ids=()))
    assert caught.value.code == "prompt_too_long"
    assert caught.value.params == {"tokens": 3000, "context": 2048}
    assert inference.tokenize("<s>") == [1]


@pytest.mark.parametrize("kept", [0, 100, 50_000])
def test_a_broken_base(kept: int, base: Path, tmp_path: Path):
    broken = tmp_path / "base.gguf"
    broken.write_bytes(base.read_bytes()[:kept])
    with pytest.raises(BadInputError) as caught, Inference(load(broken)):
        pass
    assert (caught.value.code, caught.value.params["path"]) == ("base_unloadable", str(broken))


def test_a_broken_adapter_is_refused_by_llama_cpp_too(base: Path, tmp_path: Path):
    broken = tmp_path / "adapter.gguf"
    broken.write_bytes(b"no adapter")
    with pytest.raises(BadInputError) as caught, Inference(load(base, broken)):
        pass
    assert caught.value.code == "base_unloadable"
    assert "magic" in str(caught.value.params["reason"])


def test_without_the_package_it_says_how_to_install_it(base: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType]
    with pytest.raises(BadInputError) as caught:
        Inference(load(base))
    assert caught.value.hint("en") == 'Install it with: pip install "raise-finetune[inference]"'
