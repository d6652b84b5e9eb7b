"""LoRA adapters made on the spot, and what transformers and peft compute with them.

A fresh LoRA adapter changes nothing, since B is zero: these have random B.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch, transformers and peft leave their types open.

import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM


def random_adapter(base: Path, folder: Path, *, seed: int = 0, **options: Any) -> Path:
    """Save a random adapter of the base in the folder and return it.

    ``options`` are LoraConfig's; without, rank 4 on all linear layers.
    """
    model = AutoModelForCausalLM.from_pretrained(base)
    settings: dict[str, Any] = {
        "r": 4,
        "lora_alpha": 8,
        "target_modules": "all-linear",
        "init_lora_weights": False,
        "task_type": "CAUSAL_LM",
        **options,
    }
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        with _peft_behind_transformers():
            get_peft_model(model, LoraConfig(**settings)).save_pretrained(str(folder))
    return folder


@contextmanager
def _peft_behind_transformers() -> Generator[None]:
    """Pass over the warnings about what peft still calls by its former name."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing`", FutureWarning)
        yield


class Reference:
    """A base with its adapter, run by transformers and peft in float32."""

    def __init__(self, base: Path, adapter: Path) -> None:
        model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
        with _peft_behind_transformers():
            self._model: Any = PeftModel.from_pretrained(model, str(adapter)).eval()

    def greedy(self, ids: Sequence[int], tokens: int, *, adapter: bool) -> list[int]:
        """Return the likeliest tokens, one after another."""
        found = list(ids)
        for _ in range(tokens):
            found.append(int(self._logprobs(found, adapter=adapter)[-1].argmax()))
        return found[len(ids) :]

    def score(self, ids: Sequence[int], answer: Sequence[int], *, adapter: bool) -> list[float]:
        """Return the log-probability of each token of the answer."""
        logprobs = self._logprobs([*ids, *answer], adapter=adapter)
        start = len(ids) - 1
        return [float(logprobs[start + index, token]) for index, token in enumerate(answer)]

    def _logprobs(self, ids: Sequence[int], *, adapter: bool) -> torch.Tensor:
        with torch.no_grad():
            if adapter:
                logits = self._model(torch.tensor([list(ids)])).logits[0]
            else:
                with self._model.disable_adapter():
                    logits = self._model(torch.tensor([list(ids)])).logits[0]
        return torch.log_softmax(cast("torch.Tensor", logits), dim=-1)
