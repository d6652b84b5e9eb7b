"""What a row holds for a task: the columns that TRL's trainers expect, filled by a profile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from raise_finetune.dataset.prompts.profile import Feature, PromptProfile
from raise_finetune.dataset.prompts.structured import MESSAGES
from raise_finetune.dataset.prompts.text import TextProfile, joined, last_answer
from raise_finetune.dataset.records import Example, Message
from raise_finetune.problems import WrongValueError

Task = Literal["sft", "dpo", "kto"]

_TURNS: Feature = [{"role": "string", "content": "string"}]


@dataclass(frozen=True)
class Layout:
    """The columns of a row, and the row of an example."""

    columns: Mapping[str, Feature]
    row: Callable[[Example], Mapping[str, object]]


def layout_of(profile: PromptProfile, task: Task) -> Layout:
    """Return the layout; raises ``ValueError`` where the profile has none for the task."""
    if task == "sft":
        return Layout(profile.columns, lambda example: profile.row(example.messages))
    if isinstance(profile, TextProfile):
        return _text_layout(profile, task)
    if profile is MESSAGES:
        return _chat_layout(task)
    raise WrongValueError(
        "profile_without_task",
        keys=("profile", "also_profiles", "task"),
        name=profile.name,
        task=task,
    )


def _text_layout(profile: TextProfile, task: Task) -> Layout:
    def pair(example: Example) -> Mapping[str, object]:
        prompt, chosen = _cut(profile, example.learned)
        _, rejected = _cut(profile, example.rejected)
        return {"prompt": prompt, "chosen": chosen, "rejected": rejected}

    def judged(example: Example) -> Mapping[str, object]:
        prompt, completion = _cut(profile, example.messages)
        return {"prompt": prompt, "completion": completion, "label": example.good}

    return _of_task(task, "string", pair, judged)


def _chat_layout(task: Task) -> Layout:
    def pair(example: Example) -> Mapping[str, object]:
        *prompt, rejected, chosen = _turns(example.messages)
        return {"prompt": prompt, "chosen": [chosen], "rejected": [rejected]}

    def judged(example: Example) -> Mapping[str, object]:
        *prompt, completion = _turns(example.messages)
        return {"prompt": prompt, "completion": [completion], "label": example.good}

    return _of_task(task, _TURNS, pair, judged)


def _of_task(
    task: Task,
    feature: Feature,
    pair: Callable[[Example], Mapping[str, object]],
    judged: Callable[[Example], Mapping[str, object]],
) -> Layout:
    if task == "dpo":
        return Layout(dict.fromkeys(("prompt", "chosen", "rejected"), feature), pair)
    return Layout({"prompt": feature, "completion": feature, "label": "bool"}, judged)


def _cut(profile: TextProfile, messages: Sequence[Message]) -> tuple[str, str]:
    """Return the line before and from its last answer on, whose leading space it keeps."""
    parts = profile.parts(messages)
    start, _ = last_answer(parts)
    return joined(parts[:start]), joined(parts[start:])


def _turns(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": role, "content": content} for role, content in messages]
