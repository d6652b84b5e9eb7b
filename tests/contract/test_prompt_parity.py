"""The prompt has the same ids in training and in llama.cpp, whatever the profile."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from raise_finetune.adapters import vocabulary
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.inference.messages import Load
from raise_finetune.inference.parity import (
    TrainedPrompt,
    check_prompts,
    expected_prompts,
    read_trained_prompts,
)
from raise_finetune.inference.process import Inference

if TYPE_CHECKING:
    from models.tiny import Kind

SYSTEM = Message("system", "Réponds en français.")
TURNS = [
    Message("user", "Qu’est-ce qu’une exigence ?\n\n1. Une phrase\n2. Un lien 🙂"),
    Message("assistant", "It’s a  statement — 2,5 kg, of 1 024."),
    Message("user", "a"),
]
CONVERSATIONS = ([TURNS[0]], [TURNS[2]], TURNS, [SYSTEM, *TURNS])
PROFILES: list[tuple["Kind", str]] = [
    ("mistral", "inst"),
    ("mistral", "prompt-completion"),
    ("mistral", "mistral-v1"),
    ("mistral-v3", "inst"),
    ("mistral-v3", "mistral-v3"),
    ("mistral-v7", "mistral-v7"),
    ("tekken", "mistral-v3-tekken"),
    ("llama", "inst"),
    ("qwen2", "chatml"),
    ("gpt2", "chatml"),
    ("smollm", "chatml"),
    ("llama", "llama2"),
    ("llama3", "llama3"),
    ("llama3", "llama3.1"),
    ("llama3", "llama3.2"),
]


@pytest.fixture(scope="module")
def base_gguf(
    tiny_model: "Callable[[Kind], Path]", tmp_path_factory: pytest.TempPathFactory
) -> "Callable[[Kind], Path]":
    folder = tmp_path_factory.mktemp("gguf")

    @cache
    def build(kind: "Kind") -> Path:
        output = folder / f"{kind}.gguf"
        convert_base(tiny_model(kind), output)
        return output

    return build


@contextmanager
def llama_cpp(base: Path) -> Generator[Inference]:
    with Inference(Load(base=str(base), context=64, threads=1)) as inference:
        yield inference


def trained_prompts(base: Path, name: str) -> list[TrainedPrompt]:
    """Return prompts with the ids that the trainer's tokenizer gives them."""
    tokenizer, profile = load_tokenizer(str(base)), get_text_profile(name)
    prompts = [profile.prompt(messages) for messages in CONVERSATIONS]
    return [TrainedPrompt(prompt=text, ids=tokenizer.encode_line(text)) for text in prompts]


@pytest.mark.parametrize(("kind", "profile"), PROFILES)
def test_prompt_ids_are_those_of_training(
    kind: "Kind",
    profile: str,
    tiny_model: "Callable[[Kind], Path]",
    base_gguf: "Callable[[Kind], Path]",
):
    base = tiny_model(kind)
    trained = trained_prompts(base, profile)
    probes = expected_prompts(get_text_profile(profile), load_tokenizer(str(base)))
    with llama_cpp(base_gguf(kind)) as inference:
        check_prompts(inference, get_text_profile(profile), [*trained, *probes])


def test_another_template_is_noticed(
    tiny_mistral: Path, base_gguf: "Callable[[Kind], Path]", tmp_path: Path
):
    recorded = tmp_path / "parity.json"
    prompts = trained_prompts(tiny_mistral, "mistral-v1")
    recorded.write_bytes(orjson.dumps([{"row": 1, **prompt.model_dump()} for prompt in prompts]))
    trained = read_trained_prompts(recorded)
    with llama_cpp(base_gguf("mistral")) as inference:
        check_prompts(inference, get_text_profile("mistral-v1"), trained)
        with pytest.raises(BadInputError) as caught:
            check_prompts(inference, get_text_profile("inst"), trained)
    assert caught.value.code == "prompt_differs"


def always(_file: object) -> bool:
    return True


def test_a_base_that_is_tokenized_otherwise_is_noticed(
    tiny_mistral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(vocabulary, "prefixes_space", always)
    convert_base(tiny_mistral, tmp_path / "base.gguf")
    trained = trained_prompts(tiny_mistral, "inst")[1:2]
    with llama_cpp(tmp_path / "base.gguf") as inference, pytest.raises(BadInputError) as caught:
        check_prompts(inference, get_text_profile("inst"), trained)
    assert caught.value.code == "prompt_ids_differ"
    assert caught.value.params["position"] == 1


def test_a_record_that_cannot_be_read(tmp_path: Path):
    for content in (None, b"{", b'[{"prompt": "a"}]'):
        path = tmp_path / "parity.json"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BadInputError) as caught:
            read_trained_prompts(path)
        assert caught.value.code == "parity_unreadable"


@pytest.mark.parametrize(
    "cut",
    [
        None,
        {"type": "Whitespace"},
        {"type": "ByteLevel", "use_regex": True, "add_prefix_space": True},
        {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel", "use_regex": False}]},
    ],
)
def test_a_tokenizer_whose_cuts_llama_cpp_does_not_make_is_refused(
    tiny_model: "Callable[[Kind], Path]", tmp_path: Path, cut: object
):
    base = tmp_path / "base"
    shutil.copytree(tiny_model("gpt2"), base)
    tokenizer = orjson.loads((base / "tokenizer.json").read_bytes())
    tokenizer["pre_tokenizer"] = cut
    (base / "tokenizer.json").write_bytes(orjson.dumps(tokenizer))
    with pytest.raises(BadInputError) as caught:
        convert_base(base, tmp_path / "base.gguf")
    assert caught.value.code == "base_tokenizer_unknown"
    assert not (tmp_path / "base.gguf").exists()
