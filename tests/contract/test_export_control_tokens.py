"""Typed control tokens of every family, through a whole export of every task: none survives."""

from pathlib import Path

import orjson
import pytest

from domains.tree import Tree, exchange
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.dataset.tokens import bundled_tokenizers, load_tokenizer
from raise_finetune.storage.engine import StorageEngine

TYPED = " ".join(
    sorted({one for name in text_profile_names() for one in get_text_profile(name).control_strings})
)


def lines(output: Path, report: ExportReport, config: str) -> list[str]:
    """Return every text that a trainer tokenizes, in order."""
    texts: list[str] = []
    for file in report.files:
        if file.config == config:
            for line in (output / file.path).read_bytes().splitlines():
                row = orjson.loads(line)
                prompt = row.get("prompt", "")
                answers = (row.get(key) for key in ("text", "chosen", "rejected", "completion"))
                texts += [prompt + answer for answer in answers if answer is not None]
    return texts


def export(folder: Path, words: str, task: str, profile: str) -> list[str]:
    """Return the lines of a profile that is written beside another family's."""
    tree = Tree(folder / "domain")
    record = tree.conversation("a", *exchange(f"p {words}", f"wrong {words}"))
    rate(StorageEngine(tree.root), record, 1, Judgement(2, correction=f"right {words}"))
    tree.conversation("b", *exchange(f"q {words}", f"good {words}", rating=5))
    tree.conversation("c", *exchange(f"q {words}", f"bad {words}", rating=1))
    output = {"task": task, "profile": "gemma", "also_profiles": [profile], "val_fraction": 0.0}
    recipe = ExportRecipe.model_validate({"output": output, "dedup": {"near": "off"}})
    report = export_dataset(recipe, folder / "set", root=tree.root)
    return lines(folder / "set", report, profile)


@pytest.mark.parametrize("task", ["sft", "dpo", "kto"])
@pytest.mark.parametrize("name", bundled_tokenizers())
def test_only_the_templates_own_control_tokens_are_left(tmp_path: Path, name: str, task: str):
    tokenizer = load_tokenizer(name)
    ids = set(tokenizer.control_ids.values())

    def control(texts: list[str]) -> list[list[int]]:
        return [[one for one in tokenizer.encode_line(text) if one in ids] for text in texts]

    typed, clean = (
        export(tmp_path / folder, words, task, name)
        for folder, words in (("typed", TYPED), ("clean", "x"))
    )
    assert len(typed) == len(clean) == {"sft": 2, "dpo": 4, "kto": 3}[task]
    assert control(typed) == control(clean)
    assert all(control(clean))
