"""From two GGUF files to a comparison that can be trusted: every check before the first answer."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.provenance import chosen_profile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.inference.comparison import Comparer
from raise_finetune.inference.messages import Load
from raise_finetune.inference.parity import (
    TrainedPrompt,
    check_prompts,
    expected_prompts,
    read_trained_prompts,
)
from raise_finetune.inference.process import Inference


@contextmanager
def open_comparison(
    base: Path,
    adapter: Path,
    *,
    context: int,
    parity: Path | None = None,
    base_model: Path | None = None,
    profile: str | None = None,
    threads: int | None = None,
    exact: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Generator[Comparer]:
    """Yield what asks both sides; its process ends with the context.

    Prompts are compared by their ids with those in ``parity``, which the training has recorded, or
    with those of the tokenizer in ``base_model``, the folder that was trained on.

    Raises ``BadInputError`` when the adapter does not fit the base, when its profile is not known,
    and when a prompt's ids differ.
    """
    opened = check_fits(adapter, read_base(base))
    chosen = chosen_profile(opened, profile)
    load = Load(base=str(base), adapter=str(adapter), context=context, threads=threads, exact=exact)
    with Inference(load, cancelled) as inference:
        check_prompts(inference, chosen, _trained_prompts(parity, base_model, chosen))
        yield Comparer(inference, chosen, context)


def _trained_prompts(
    parity: Path | None, base_model: Path | None, profile: TextProfile
) -> list[TrainedPrompt]:
    if parity is not None:
        return read_trained_prompts(parity)
    if base_model is not None:
        return expected_prompts(profile, load_tokenizer(str(base_model)))
    return []
