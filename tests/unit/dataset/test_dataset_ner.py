"""An export with a named-entity model: what it masks, and that it fails safely."""

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from domains.tree import Tree, exchange, export, snapshot
from models.ner import build_onnx
from raise_finetune.dataset.browsing.preview import preview_export
from raise_finetune.dataset.browsing.scan import scan_domain
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import format_recipe, parse_recipe
from raise_finetune.dataset.sanitize import FindingType
from raise_finetune.errors import BadInputError, CancelledError, FailedError, RaiseError
from raise_finetune.storage.engine import StorageEngine


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_onnx(tmp_path_factory.mktemp("models") / "names-of-jean")


@pytest.fixture
def named(tree: Tree) -> Tree:
    """A tree in which only a model finds the names."""
    tree.conversation("a", *exchange("le train de dupont, à lyon", "vu par dupont", rating=5))
    for number in range(20):
        tree.conversation(f"b{number}", *exchange(f"le train {number}", "oui", rating=5))
    return tree


def children() -> list[psutil.Process]:
    """The models' processes that run."""
    return [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "ner.child" in str(child.cmdline())
    ]


def test_names_of_the_model_are_masked_and_its_folder_is_not_told(
    named: Tree, output: Path, model: Path
):
    exported = export(named.root, output, sanitize={"ner_model": str(model)})
    assert [row for row in exported.rows if "PERSON" in row] == [
        "<s>[INST] le train de <PERSON_1>, à lyon [/INST] vu par <PERSON_1> </s>"
    ]
    assert exported.report.masked == {"person": 2}
    assert not children()
    for path in output.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert str(model.parent).encode() not in content, path
        assert b"dupont" not in content, path
    recipe = (output / ".raise" / "recipe.toml").read_text("utf-8")
    assert parse_recipe(recipe, "recipe").sanitize.ner_model == model.name


def test_places_only_if_asked(named: Tree, output: Path, model: Path):
    sanitize = {"ner_model": str(model), "ner_kinds": ["person", "place"]}
    exported = export(named.root, output, sanitize=sanitize)
    assert any("de <PERSON_1>, à <ADDRESS_1> [" in row for row in exported.rows)


def test_the_scan_finds_them_too(named: Tree, model: Path):
    recipe = ExportRecipe.model_validate({"sanitize": {"ner_model": str(model)}})
    found = scan_domain(StorageEngine(named.root), recipe, Pulse())
    (value,) = found.values(FindingType.PERSON)
    assert (value.value, value.count, value.rule) == ("dupont", 2, "model-person")
    assert value.after == "le train de <PERSON_1>, à lyon"


def kill(_: Progress) -> None:
    for child in children():
        child.kill()


def refuse(_: Progress) -> None:
    raise CancelledError


@pytest.mark.parametrize(
    ("progress", "error", "code"),
    [(kill, FailedError, "ner_died"), (refuse, CancelledError, "cancelled")],
)
def test_the_target_stays_when_the_model_dies_or_the_user_cancels(
    named: Tree,
    output: Path,
    model: Path,
    progress: Callable[[Progress], None],
    error: type[RaiseError],
    code: str,
):
    export(named.root, output)
    before = snapshot(output)
    recipe = ExportRecipe.model_validate({"sanitize": {"ner_model": str(model)}})
    with pytest.raises(error) as caught:
        export_dataset(recipe, output, root=named.root, progress=progress)
    assert caught.value.code == code
    assert snapshot(output) == before
    assert not children()


def test_a_folder_without_a_model_is_refused_before_anything_is_read(named: Tree, output: Path):
    with pytest.raises(BadInputError) as caught:
        export(named.root, output, sanitize={"ner_model": str(output / "nowhere")})
    assert caught.value.code == "ner_model_missing"
    assert "nowhere" in caught.value.message("fr")
    assert not output.exists()


def test_progress_goes_on_while_the_model_works(named: Tree, output: Path, model: Path):
    seen: list[Progress] = []
    recipe = ExportRecipe.model_validate({"sanitize": {"ner_model": str(model)}})
    export_dataset(recipe, output, root=named.root, progress=seen.append)
    reading = [each for each in seen if each.stage == "reading"]
    assert {each.total for each in reading} == {21}
    assert [each.done for each in reading] == sorted(each.done for each in reading)


def test_the_preview_does_without_and_says_so(named: Tree, model: Path):
    recipe = ExportRecipe.model_validate({"sanitize": {"ner_model": str(model)}})
    preview = preview_export(StorageEngine(named.root), recipe, 3, Pulse())
    assert [notice.code for notice in preview.notices] == ["preview_without_model"]
    assert preview.masked == {}


def test_the_recipe_file_explains_the_keys():
    recipe = format_recipe(ExportRecipe(), "fr")
    assert 'ner_model = ""' in recipe
    assert 'ner_kinds = ["person"]' in recipe
