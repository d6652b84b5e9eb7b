"""A converted adapter computes in llama.cpp what it computes in transformers and peft."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from models.peft_adapters import Reference, random_adapter
from models.tiny import build
from raise_finetune.adapters import convert
from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.convert import convert_adapter
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.peft_adapter import PeftAdapter, read_peft_adapter
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Message
from raise_finetune.inference.messages import Load
from raise_finetune.inference.process import Inference

if TYPE_CHECKING:
    from models.tiny import Kind

QUESTIONS = (
    "Qu’est-ce qu’une exigence ?",
    "What does a state machine diagram show?",
    "Quelle est la masse du satellite ?",
    "How do I trace a requirement to a test?",
    "a",
)
PROFILES = {"mistral": "inst", "llama": "llama2", "llama3": "llama3", "qwen2": "chatml"}
TOLERANCE = 5e-3
TOKENS = 12


class Chain:
    """A base with an adapter, in both worlds."""

    def __init__(self, base: Path, adapter: Path, folder: Path, profile: str) -> None:
        self.base = base
        self.adapter = adapter
        self.base_gguf = folder / "base.gguf"
        convert_base(base, self.base_gguf)
        self.reference = Reference(base, adapter)
        self.prompts = [
            get_text_profile(profile).prompt([Message("user", question)]) for question in QUESTIONS
        ]

    def convert(
        self, change: Callable[[PeftAdapter], PeftAdapter] = lambda adapter: adapter
    ) -> Path:
        output = self.base_gguf.with_name("adapter.gguf")
        base = read_base(self.base)
        convert_adapter(change(read_peft_adapter(self.adapter)), base, output)
        check_fits(output, read_base(self.base_gguf))
        return output

    @contextmanager
    def llama_cpp(self, adapter: Path) -> Generator[Inference]:
        load = Load(
            base=str(self.base_gguf), adapter=str(adapter), context=512, threads=1, exact=True
        )
        with Inference(load) as inference:
            yield inference


ChainOf = Callable[..., Chain]


@pytest.fixture(scope="module")
def chain_of(
    tiny_model: "Callable[[Kind], Path]", tmp_path_factory: pytest.TempPathFactory
) -> ChainOf:
    def build(kind: "Kind", **options: Any) -> Chain:
        folder = tmp_path_factory.mktemp(kind)
        base = tiny_model(kind)
        adapter = random_adapter(base, folder / "adapter", **options)
        return Chain(base, adapter, folder, PROFILES[kind])

    return build


@pytest.fixture(scope="module")
def mistral(chain_of: ChainOf) -> Chain:
    return chain_of("mistral")


def worst_difference(chain: Chain, adapter: Path) -> float:
    """Return by how much the log-probabilities of the reference's own answers differ at most."""
    differences: list[float] = []
    with chain.llama_cpp(adapter) as inference:
        for prompt in chain.prompts:
            ids = inference.tokenize(prompt)
            answer = chain.reference.greedy(ids, TOKENS, adapter=True)
            expected = chain.reference.score(ids, answer, adapter=True)
            found = [token.logprob for token in inference.score(ids, answer, adapter=True)]
            differences += [abs(one - other) for one, other in zip(expected, found, strict=True)]
    return max(differences)


@pytest.mark.parametrize("kind", ["mistral", "llama", "llama3", "qwen2"])
def test_greedy_tokens_and_log_probabilities_are_those_of_peft(kind: "Kind", chain_of: ChainOf):
    chain = chain_of(kind)
    with chain.llama_cpp(chain.convert()) as inference:
        for prompt in chain.prompts:
            ids = inference.tokenize(prompt)
            answers: list[list[int]] = []
            for adapter in (False, True):
                answer = chain.reference.greedy(ids, TOKENS, adapter=adapter)
                scores = inference.score(ids, answer, adapter=adapter)
                assert [token.likeliest for token in scores] == answer
                assert [token.logprob for token in scores] == pytest.approx(
                    chain.reference.score(ids, answer, adapter=adapter), abs=TOLERANCE
                )
                answers.append(answer)
            assert answers[0] != answers[1]


@pytest.mark.parametrize(
    "options",
    [
        {"use_rslora": True, "r": 9, "lora_alpha": 6},
        {"rank_pattern": {"q_proj": 2, "down_proj": 8}},
        {"target_modules": ["q_proj", "k_proj"]},
    ],
    ids=["rslora", "rank-pattern", "two-modules"],
)
def test_other_kinds_of_lora_compute_the_same(options: dict[str, object], chain_of: ChainOf):
    chain = chain_of("mistral", **options)
    assert worst_difference(chain, chain.convert()) < TOLERANCE


# With bfloat16 weights llama.cpp rounds what it multiplies them with, too.
@pytest.mark.parametrize(("half", "tolerance"), [(False, TOLERANCE), (True, 0.1)])
def test_a_base_in_shards_with_tied_embeddings_and_stretched_positions(
    half: bool, tolerance: float, tmp_path: Path
):
    rope = {
        "rope_type": "llama3",
        "rope_theta": 500.0,
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64,
    }
    base = build(
        tmp_path / "base",
        "llama3",
        half=half,
        shard_size="200KB",
        rope_parameters=rope,
        tie_word_embeddings=True,
        head_dim=32,
    )
    assert len(list(base.glob("*.safetensors"))) > 1
    adapter = random_adapter(base, tmp_path / "adapter")
    chain = Chain(base, adapter, tmp_path, "llama3.1")
    assert worst_difference(chain, chain.convert()) < tolerance


def no_order(_weight: str, _architecture: str, _heads: int, _kv_heads: int) -> None:
    """Leave the rows as transformers has them."""


def test_rows_that_are_not_reordered_are_noticed(mistral: Chain, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(convert, "heads_of_rows", no_order)
    assert worst_difference(mistral, mistral.convert()) > 100 * TOLERANCE


def test_an_alpha_that_is_wrong_is_noticed(mistral: Chain):
    wrong = mistral.convert(lambda adapter: replace(adapter, alpha=1.5 * adapter.alpha))
    assert worst_difference(mistral, wrong) > 100 * TOLERANCE
