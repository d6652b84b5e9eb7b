"""From two GGUF files to a comparison that can be trusted: every check before the first answer."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from raise_finetune.adapters.base import read_base
from raise_finetune.adapters.fitting import check_fits
from raise_finetune.adapters.provenance import chosen_profile
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.tokens import load_tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.inference.comparison import ComparedModels, Comparer
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
    models: ComparedModels, cancelled: Callable[[], bool] = lambda: False
) -> Generator[Comparer]:
    """Yield what asks both sides; its process ends with the context.

    Raises ``BadInputError`` when the base is no file, when the adapter does not fit it, when its
    profile is not known, and when a prompt's ids differ.
    """
    if models.base.is_dir():
        raise BadInputError("base_is_folder", path=models.base)
    adapter = check_fits(models.adapter, read_base(models.base))
    profile = chosen_profile(adapter, models.profile)
    load = Load(
        base=str(models.base),
        adapter=str(models.adapter),
        context=models.context,
        threads=models.threads,
        exact=models.exact,
    )
    with Inference(load, cancelled) as inference:
        check_prompts(inference, profile, _trained_prompts(models, profile))
        yield Comparer(inference, profile, models.context)


def _trained_prompts(models: ComparedModels, profile: TextProfile) -> list[TrainedPrompt]:
    if models.parity is not None:
        return read_trained_prompts(models.parity)
    if models.base_model is not None:
        return expected_prompts(profile, load_tokenizer(str(models.base_model)))
    return []
