"""``recipe`` as a process."""

from pathlib import Path

from domains.process import complaint, run
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import parse_recipe, read_recipe


def test_recipe(tmp_path: Path):
    done = run("recipe")
    assert (done.returncode, done.stderr) == (0, "")
    assert parse_recipe(done.stdout, "r") == ExportRecipe()
    done = run("recipe", "--write", tmp_path / "r.toml", environment={"RAISE_LANG": "fr"})
    assert done.stdout == f"Recette écrite dans {tmp_path}/r.toml\n"
    assert read_recipe(tmp_path / "r.toml") == ExportRecipe()
    assert [path.name for path in tmp_path.iterdir()] == ["r.toml"]
    (tmp_path / "r.toml").write_text("mine")
    done = run("recipe", "--write", tmp_path / "r.toml")
    assert (done.returncode, complaint(done)) == (2, f"{tmp_path}/r.toml exists already.")
    assert (tmp_path / "r.toml").read_text() == "mine"
    done = run("recipe", "--write", tmp_path / "none/r.toml")
    assert done.returncode == 2
    assert complaint(done).startswith(f"The folder {tmp_path}/none does not exist")
