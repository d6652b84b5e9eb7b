"""``export`` as a process: what it prints, where, and with which exit code."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domains.process import complaint, run
from domains.tree import Tree, exchange
from raise_finetune.cli.application import app
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import read_recipe
from raise_finetune.dataset.report import ExportReport

LINE = b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


def test_export_prints_what_happened(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.jsonl").read_bytes() == LINE
    assert done.stdout.splitlines() == [
        "Read 1 documents holding 1 records:",
        " Exported  1 ",
        f"Wrote 1 row to {tmp_path}/x.jsonl",
        f"  {tmp_path}/x.jsonl: 1 row, 38 bytes",
        f'Load it with: load_dataset("json", data_files="{tmp_path}/x.jsonl")',
    ]


def test_export_in_french(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--val-fraction", "0",
               environment={"RAISE_LANG": "fr"})  # fmt: skip
    assert done.stdout.splitlines() == [
        "Documents lus\u00a0: 1\u00a0; enregistrements\u00a0: 1",
        " Exportés  1 ",
        f"1 ligne écrite dans {tmp_path}/x",
        "  data/train.jsonl\u00a0: 1 ligne, 38 octets",
        f'Pour le charger\u00a0: load_dataset("{tmp_path}/x")',
    ]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_json_is_the_report_and_nothing_else(root: Path, tmp_path: Path, name: str):
    sides = [] if name.endswith(".jsonl") else ["--val-fraction", "0.001"]
    done = run("export", tmp_path / name, "--root", root, "--json", *sides)
    assert (done.returncode, done.stderr) == (0, "")
    report = ExportReport.model_validate_json(done.stdout)
    assert report.rows == 1
    assert report.output == str(tmp_path / name)
    if name == "x":
        written = (tmp_path / "x/.raise/report.json").read_bytes()
        assert written == report.model_copy(update={"output": "x"}).to_json()


def test_json_says_nothing_when_it_fails(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--json", "--min-rating", "9")
    assert done.returncode == 2
    assert complaint(done) == "The value of --min-rating cannot be used: it must be at most 5."
    assert not (tmp_path / "x").exists()


def test_options_without_effect_are_told(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x.jsonl", "--root", root, "--max-length", "64",
               "--count-all-tokens", "--val-fraction", "0.2", "--test-fraction", "0")  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            "Warning: --max-length does nothing without --tokenizer.",
            "Warning: --count-all-tokens does nothing without --tokenizer.",
            "Warning: --val-fraction does nothing here: one file has no splits. "
            "Name a dataset folder instead.",
        ],
    )
    done = run("export", tmp_path / "x", "--root", root, "--max-length", "64", "--tokenizer",
               "mistral-v3", "--count-all-tokens", "--val-fraction", "0.2")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_relative_output_lies_under_the_training_folder(root: Path):
    done = run("export", "x.jsonl", "--root", root, "--json")
    home = Path(os.environ["PATH_RAISE_DATASET"])
    assert ExportReport.model_validate_json(done.stdout).output == str(home / "training/x.jsonl")


OPTIONS = {
    "--min-rating 5": {"rating": {"minimum": 5.0}},
    "--include-unrated": {"rating": {"include_unrated": True}},
    "--rated-only": {"rating": {"include_unrated": False}},
    "--documentation": {"source": {"documentation": True}},
    "--no-documentation": {"source": {"documentation": False}},
    "--val-fraction 0.25": {"output": {"val_fraction": 0.25}},
    "--test-fraction 0.3": {"output": {"test_fraction": 0.3}},
    "--profile inst": {"output": {"profile": "inst"}},
    "--seed 9": {"output": {"seed": 9}},
    "--space un2": {"source": {"spaces": ["un2"], "chats": False}},
    "--db default": {"source": {"databases": ["default"], "chats": False}},
    "--space un2 --space un3": {"source": {"spaces": ["un2", "un3"], "chats": False}},
}


RECIPE = """\
[source]
documentation = false
[rating]
minimum = 2.0
include_unrated = true
[output]
val_fraction = 0.0
seed = 5
[examples]
context_exchanges = 3
"""


@pytest.mark.parametrize("with_recipe", [False, True])
@pytest.mark.parametrize("option", OPTIONS)
def test_options_override_the_recipe(tree: Tree, tmp_path: Path, option: str, *, with_recipe: bool):
    for number in range(30):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    tree.document("un3/default/c/c", messages=exchange("other", "a", rating=5))
    recipe = tmp_path / "r.toml"
    recipe.write_text(RECIPE if with_recipe else "")
    arguments = ["--root", str(tree.root), "--recipe", str(recipe), *option.split(" ")]
    done = CliRunner().invoke(app, ["export", str(tmp_path / "x"), *arguments])
    assert done.exit_code == 0, done.output
    expected = read_recipe(recipe).model_dump(by_alias=False)
    for section, keys in OPTIONS[option].items():
        expected[section].update(keys)
    written = read_recipe(tmp_path / "x/.raise/recipe.toml")
    assert written == ExportRecipe.model_validate(expected)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[output]\nsed = 1", "“output.sed” in {path} is not valid: "),
        ("[", "The recipe {path} is not valid TOML: it ends in the middle of a value."),
        (None, "The recipe {path} cannot be read: "),
    ],
)  # fmt: skip
def test_a_wrong_recipe(root: Path, tmp_path: Path, content: str | None, sentence: str):
    path = tmp_path / "r.toml"
    if content is not None:
        path.write_text(content)
    done = run("export", tmp_path / "x", "--root", root, "--recipe", path)
    assert done.returncode == 2
    assert complaint(done).startswith(sentence.format(path=path))


def test_unknown_spaces_are_named_with_the_known_ones(root: Path, tmp_path: Path):
    done = run("export", tmp_path / "x", "--root", root, "--space", "nope",
               environment={"RAISE_LANG": "fr"})  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "Erreur\u00a0: Il n’y a pas d’espace «\u00a0nope\u00a0» dans le dossier de données.",
        "Espaces présents\u00a0: un2.",
    ]


def test_the_line_that_loads_it_is_python_whatever_the_name(root: Path, tmp_path: Path):
    target = tmp_path / 'a "b"\\new\nline'
    done = run("export", target, "--root", root, "--val-fraction", "0")
    line = done.stdout.splitlines()[-1].removeprefix("Load it with: ")
    assert eval(line, {"load_dataset": Path}) == target  # noqa: S307
