"""TRL's trainers take one step each on what an export wrote, with a model made on the spot."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# transformers and trl leave their types open.

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.tokens import load_tokenizer

if TYPE_CHECKING:
    from models.tiny import Kind

# trl calls something of transformers by its old name.
pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing.*:FutureWarning")

TEMPLATE = (
    "{{ bos_token }}{% for m in messages %}"
    "{% if m.role == 'user' %}[INST] {{ m.content }}[/INST]"
    "{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}"
)


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four questions, each with an answer that people liked and one that they did not."""
    tree = Tree(tmp_path_factory.mktemp("trl") / "domain")
    for number in range(4):
        question = f"What is the backup interval of system {number}?"
        tree.conversation(f"a{number}", *exchange(question, "Every night at 2 a.m.", rating=5))
        tree.conversation(f"b{number}", *exchange(question, "I do not know.", rating=1))
    return tree.root


def load(domain: Path, output: Path, task: str, profile: str) -> Any:
    from datasets import load_dataset

    recipe = ExportRecipe.model_validate(
        {"output": {"task": task, "profile": profile, "val_fraction": 0.0}}
    )
    export_dataset(recipe, output, root=domain)
    return cast("Any", load_dataset(str(output), cache_dir=str(output.parent / "cache")))["train"]


def trainer(task: str, model: Path, output: Path, rows: Any) -> Any:
    import torch
    import trl
    from transformers import AutoModelForCausalLM, AutoTokenizer

    trainer_class = getattr(trl, f"{task.upper()}Trainer")
    config_class = getattr(trl, f"{task.upper()}Config")
    torch.manual_seed(0)
    config = config_class(
        output_dir=str(output / "run"),
        max_steps=1,
        per_device_train_batch_size=2,
        max_length=256,
        report_to=[],
        save_strategy="no",
        use_cpu=True,
        disable_tqdm=True,
        bf16=False,
    )
    # Finished text begins with its BOS; in a conversation the template writes it.
    tokenizer = AutoTokenizer.from_pretrained(model, add_bos_token=False)
    tokenizer.chat_template = TEMPLATE
    return trainer_class(
        model=AutoModelForCausalLM.from_pretrained(model),
        args=config,
        train_dataset=rows,
        processing_class=tokenizer,
    )


PROMPT = "<s>[INST] What is the backup interval of system 0?[/INST]"
GOOD, BAD = " Every night at 2 a.m.</s>", " I do not know.</s>"

# What each trainer makes of the first row; the ids of the two columns stand one after the other.
EXPECTED = {
    "sft": {("input_ids",): PROMPT + GOOD, ("labels",): PROMPT + GOOD},
    "dpo": {
        ("prompt_ids", "chosen_ids"): PROMPT + GOOD,
        ("prompt_ids", "rejected_ids"): PROMPT + BAD,
        ("chosen_ids",): GOOD,
    },
    "kto": {("prompt_ids", "completion_ids"): PROMPT + GOOD, ("completion_ids",): GOOD},
}


@pytest.mark.parametrize("profile", ["mistral-v3", "messages"])
@pytest.mark.parametrize("task", ["sft", "dpo", "kto"])
def test_one_step(
    domain: Path, tmp_path: Path, tiny_model: "Callable[[Kind], Path]", task: str, profile: str
):
    """Finished text and conversations give a trainer the very same ids, BOS and EOS once."""
    model = tiny_model("mistral-v3")
    made = trainer(task, model, tmp_path, load(domain, tmp_path / "set", task, profile))
    first, tokenizer = made.train_dataset[0], load_tokenizer(str(model))
    for columns, text in EXPECTED[task].items():
        ids = [token for column in columns for token in first[column]]
        # A text that begins in the middle of a line has no space of its own before it.
        expected = tokenizer.encode_line(PROMPT + text)[len(tokenizer.encode_line(PROMPT)) :]
        assert ids == (expected if text == GOOD else tokenizer.encode_line(text)), columns
    done = made.train()
    assert done.global_step == 1
    assert done.training_loss > 0


def test_kto_learns_from_both_kinds(domain: Path, tmp_path: Path):
    rows = load(domain, tmp_path / "set", "kto", "messages")
    assert sorted(rows["label"]) == [False] * 4 + [True] * 4
