"""For all tests: how Hypothesis runs, where state and cache lie, and base models to fine-tune."""

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from models.tiny import Kind
    from raise_finetune.training.runs import Run

# Time is no property of the code: a busy machine must not fail a test. In CI the examples are the
# same in every run, so that a red run is red for everybody.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("suite")

# Whoever trains here, in this process or in one that it starts: the same figures every time, and
# nothing asked of the network.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

# Exports are remembered in the user's state: not in the real one. Set here, and not in a fixture,
# so that it also holds for fixtures of whole modules and for processes that tests start.
_state = tempfile.mkdtemp(prefix="raise-state-")
atexit.register(shutil.rmtree, _state, ignore_errors=True)
os.environ["XDG_STATE_HOME"] = _state
# Most tests have a home of their own; compiling the rules takes a second, once for all of them.
os.environ.setdefault(
    "RAISE_FINETUNE_CACHE", str(Path(tempfile.gettempdir(), f"raise-finetune-tests-{os.getuid()}"))
)
# Hundreds of processes are started: each would compile every module where this is set.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture
def heeds_signals() -> Iterator[None]:
    """Let Ctrl-C and a closed terminal reach the test and its children wherever all was started.

    A shell has what it starts in the background ignore the first, ``nohup`` the second; and what a
    process ignores its children do, too.
    """
    before_ctrl_c = signal.signal(signal.SIGINT, signal.default_int_handler)
    before_hangup = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before_ctrl_c)
    signal.signal(signal.SIGHUP, before_hangup)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> "Callable[[Kind], Path]":
    """Return a function that builds a small base model once; ``models.tiny`` lists the kinds."""
    from models.tiny import build  # torch takes seconds to load: only for who asks

    folder = tmp_path_factory.mktemp("models")

    @cache
    def build_once(kind: "Kind") -> Path:
        return build(folder / kind, kind)

    return build_once


@pytest.fixture(scope="session")
def tiny_mistral(tiny_model: "Callable[[Kind], Path]") -> Path:
    """Return the folder of a Mistral with two KV heads."""
    return tiny_model("mistral")


@pytest.fixture(scope="session")
def tiny_llama(tiny_model: "Callable[[Kind], Path]") -> Path:
    """Return the folder of a Llama 2."""
    return tiny_model("llama")


@pytest.fixture(scope="session")
def tiny_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset folder exported from a small demo, in the default profile."""
    from models.training import make_dataset

    return make_dataset(tmp_path_factory.mktemp("tiny-dataset"))


@pytest.fixture(scope="session")
def trained_mistral(
    tiny_dataset: Path, tiny_mistral: Path, tmp_path_factory: pytest.TempPathFactory
) -> "Run":
    """Return a finished run of thirty NF4 steps on the tiny Mistral; read it only."""
    from models.training import prepare, quick_config, train

    folder = tmp_path_factory.mktemp("runs") / "mistral"
    return train(prepare(quick_config(tiny_dataset, tiny_mistral), folder), keeping=True)


@pytest.fixture(scope="session")
def trained_llama(
    tiny_dataset: Path, tiny_llama: Path, tmp_path_factory: pytest.TempPathFactory
) -> "Run":
    """Return a finished run of thirty NF4 steps on the tiny Llama; read it only."""
    from models.training import prepare, quick_config, train

    folder = tmp_path_factory.mktemp("runs") / "llama"
    return train(prepare(quick_config(tiny_dataset, tiny_llama), folder), keeping=True)
