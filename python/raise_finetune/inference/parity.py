"""Are the prompt's ids at inference those of training? Compared by ids, never by the look.

The first cause of "good in training, bad afterwards" is a template or a BOS that differs.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from raise_finetune.dataset.prompts.pieces import read_prompt
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer
from raise_finetune.errors import BadInputError
from raise_finetune.inference.process import Inference
from raise_finetune.regular_file import check_regular
from raise_finetune.training.rows import common_prefix

_SHOWN = 4  # ids on each side of a difference

# Asked about where no training has recorded its prompts.
_PROBES = ("a", "Qu’est-ce qu’une exigence ?", "List:\n\n1. one\n2. two")


class TrainedPrompt(BaseModel):
    """A prompt that was trained on, and its ids there."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    prompt: str
    ids: list[int]


_PROMPTS = TypeAdapter(list[TrainedPrompt])


def read_trained_prompts(path: Path) -> list[TrainedPrompt]:
    """Return the prompts that a training has recorded; raise ``BadInputError``."""
    try:
        check_regular(path)
        return _PROMPTS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadInputError("parity_unreadable", path=path) from error


def expected_prompts(profile: TextProfile, tokenizer: Tokenizer) -> list[TrainedPrompt]:
    """Return what training with this tokenizer would record of a few questions."""
    prompts = [profile.prompt([Message("user", question)]) for question in _PROBES]
    return [TrainedPrompt(prompt=prompt, ids=tokenizer.encode_line(prompt)) for prompt in prompts]


def check_prompts(
    inference: Inference, profile: TextProfile, trained: Sequence[TrainedPrompt]
) -> None:
    """Raise ``BadInputError`` where inference gives a trained prompt other ids.

    The profile has to write the very prompt, and the base's GGUF file to tokenize it alike.
    """
    for prompt in trained:
        messages = read_prompt(prompt.prompt, profile)
        if messages is None:
            raise BadInputError("prompt_differs", profile=profile.name, prompt=prompt.prompt[:80])
        found = inference.tokenize(profile.prompt(messages))
        if found != prompt.ids:
            position = common_prefix(found, prompt.ids)
            raise BadInputError(
                "prompt_ids_differ",
                profile=profile.name,
                position=position,
                found=_around(found, position),
                expected=_around(prompt.ids, position),
            )


def _around(ids: Sequence[int], position: int) -> str:
    return " ".join(map(str, ids[max(0, position - _SHOWN) : position + _SHOWN]))
