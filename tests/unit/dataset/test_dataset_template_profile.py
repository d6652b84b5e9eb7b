"""A chat template of the user's own as the profile of an export."""

from pathlib import Path

import orjson
import pytest
from pydantic import ValidationError

from domains.tree import Tree, exchange, read_export, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.prompts.resolve import resolve_profile
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe, parse_recipe
from raise_finetune.errors import BadInputError

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "private folder" / "mine.jinja"
    path.parent.mkdir()
    path.write_text(CHATML)
    return path


@pytest.fixture
def rated(tree: Tree) -> Tree:
    tree.conversation("a", *exchange("q", "x </s> y", rating=5))
    tree.conversation("b", *exchange("q", "bad", rating=1))
    return tree


def recipe(template: Path, **output: object) -> ExportRecipe:
    output = {"profile": f"template:{template}", "val_fraction": 0.0, **output}
    return ExportRecipe.model_validate({"output": output})


def test_its_rows(rated: Tree, template: Path, output: Path):
    exported = read_export(output, export_dataset(recipe(template), output, root=rated.root))
    assert exported.rows == [
        "<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\nx <\\/s> y<|im_end|>\n"
    ]
    assert read_manifest(output).profile.name == "template:mine.jinja"


def test_its_pairs_and_beside_another_profile(rated: Tree, template: Path, output: Path):
    made = recipe(template, task="dpo", profile="inst", also_profiles=[f"template:{template}"])
    report = export_dataset(made, output, root=rated.root)
    assert [file.path for file in report.files] == [
        "data/train.jsonl",
        "data/template-mine.jinja/train.jsonl",
    ]
    assert orjson.loads((output / report.files[1].path).read_bytes()) == {
        "prompt": "<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n",
        "chosen": "x <\\/s> y<|im_end|>\n",
        "rejected": "bad<|im_end|>\n",
    }
    export_dataset(made, output, root=rated.root)  # it may replace what it wrote


def test_the_dataset_names_no_folder(rated: Tree, template: Path, output: Path):
    export_dataset(recipe(template), output, root=rated.root)
    files = snapshot(output)
    assert isinstance(files, dict)
    assert not any(b"private folder" in content for content in files.values())


def test_a_changed_template_is_read_again(template: Path):
    name = f"template:{template}"
    assert resolve_profile(name) is resolve_profile(name)
    before = resolve_profile(name)
    template.write_text(CHATML.replace("<|im_end|>", "<|end|>"))
    assert resolve_profile(name) is not before


def test_a_recipe_keeps_its_path(template: Path):
    made = recipe(template)
    assert parse_recipe(format_recipe(made), "r") == made


def test_a_missing_template_is_named_when_it_is_used(rated: Tree, tmp_path: Path, output: Path):
    with pytest.raises(BadInputError) as caught:
        export_dataset(recipe(tmp_path / "none.jinja"), output, root=rated.root)
    assert caught.value.code == "chat_template_missing"
    assert not output.exists()


@pytest.mark.parametrize("name", ["template:", "templates:x", "nope"])
def test_no_name_of_a_profile(name: str):
    with pytest.raises(ValidationError, match="template:PATH"):
        ExportRecipe.model_validate({"output": {"profile": name}})
