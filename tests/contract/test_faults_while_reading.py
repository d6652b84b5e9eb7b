"""The data folder changes under an export: what was read is used, what was not is named.

Each fault strikes for real, between two batches, at every such moment in turn.
"""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from domains.golden import NOBODY
from domains.tree import Tree, exchange, read_export, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import BadInputError
from raise_finetune.storage.reader import WINDOW

CONVERSATIONS = WINDOW + 8
MOMENTS = 8
COLLECTION = "un2/default/collections/conversations"
CHANGED = f"{COLLECTION}/c{CONVERSATIONS - 1:03}.json"
RECORD = f"un2/default/conversations/c{CONVERSATIONS - 1:03}"
RECIPE = ExportRecipe.model_validate({"output": {"val_fraction": 0.0}})


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("reading") / "domain")
    for number in range(CONVERSATIONS):
        tree.conversation(f"c{number:03}", *exchange(f"question {number}", "old", rating=5))
    tree.document("un2/other/documents/d", name="N", description="D")
    return tree.root


class Export:
    """An export of a copy of the data folder, which a fault strikes in the middle."""

    def __init__(self, domain: Path, folder: Path) -> None:
        self.root = folder / "domain"
        shutil.copytree(domain, self.root)
        self.target = folder / "out/x"
        self.target.parent.mkdir()

    def run(self, fault: Callable[[Path], None], moment: int) -> dict[str, str]:
        """Export; the fault strikes at the given moment. Return the fate of each record."""
        looks = 0

        def strike() -> bool:
            nonlocal looks
            if looks == moment:
                fault(self.root)
            looks += 1
            return False

        report = export_dataset(
            RECIPE,
            self.target,
            root=self.root,
            progress=lambda _progress: None,  # so that documents are counted before they are read
            cancel=strike,
            known=NOBODY,
        )
        assert looks > moment
        assert [path.name for path in self.target.parent.iterdir()] == ["x"]
        assert report.rows == sum(file.rows for file in report.files)
        return read_export(self.target, report).fates

    def rows(self) -> list[str]:
        return (self.target / "data/train.jsonl").read_text("utf-8").splitlines()


@pytest.fixture
def exports(domain: Path, tmp_path: Path) -> Callable[[], Export]:
    made = count()

    def make() -> Export:
        folder = tmp_path / str(next(made))
        folder.mkdir()
        return Export(domain, folder)

    return make


def replace(root: Path) -> None:
    fresh = root / f"{CHANGED}.tmp"
    fresh.write_bytes((root / CHANGED).read_bytes().replace(b'"old"', b'"new"'))
    fresh.replace(root / CHANGED)


def delete(root: Path) -> None:
    (root / CHANGED).unlink()


def half_write(root: Path) -> None:
    content = (root / CHANGED).read_bytes()
    (root / CHANGED).write_bytes(content[: len(content) // 2])


def link(root: Path) -> None:
    (root.parent / "elsewhere.json").write_text('{"name": "N", "description": "SECRET"}')
    (root / CHANGED).unlink()
    (root / CHANGED).symlink_to(root.parent / "elsewhere.json")


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        (replace, {("exported", "new"), ("exported", "old")}),
        (delete, {("unlisted", "none"), ("vanished", "none"), ("exported", "old")}),
        (half_write, {("invalid_json", "none"), ("exported", "old")}),
        (link, {("symlink", "none"), ("exported", "old")}),
    ],
)
def test_a_document(
    fault: Callable[[Path], None], outcomes: set[tuple[str, str]], exports: Callable[[], Export]
):
    """It is read as it was before or as it is after, never half of each; no other suffers."""
    seen: set[tuple[str, str]] = set()
    for moment in range(MOMENTS):
        export = exports()
        fates = export.run(fault, moment)
        fate = fates.pop(RECORD, None) or fates.pop(f"{RECORD}#1", "unlisted")
        assert len(fates) == CONVERSATIONS  # the others, and a document of another database
        assert set(fates.values()) == {"exported"}
        rows = export.rows()
        (row,) = [row for row in rows if f"question {CONVERSATIONS - 1} " in row] or ["none"]
        seen.add((fate, next(word for word in ("old", "new", "none") if word in row)))
        assert "SECRET" not in "".join(rows)
    assert seen == outcomes


def rename_collection(root: Path) -> None:
    (root / COLLECTION).rename(root / "un2/default/collections/renamed")


def rename_database(root: Path) -> None:
    (root / "un2/default").rename(root / "un2/default.deleted-1")


def replace_collection(root: Path) -> None:
    rename_collection(root)
    (root / COLLECTION).mkdir()
    (root / COLLECTION / "c000.json").write_text("{")


def delete_all(root: Path) -> None:
    shutil.rmtree(root)


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        (rename_collection, {"vanished", "whole"}),
        (rename_database, {"vanished", "whole"}),
        (replace_collection, {"invalid_json", "whole"}),
        (delete_all, {"nothing_to_export", "vanished", "whole"}),
    ],
)
def test_a_folder(fault: Callable[[Path], None], outcomes: set[str], exports: Callable[[], Export]):
    """A folder that is open is read to its end under whatever name; one that is gone is named."""
    whole = exports()
    expected = whole.run(lambda _: None, 0)
    before = snapshot(whole.target)
    seen: set[str] = set()
    for moment in range(MOMENTS):
        export = exports()
        shutil.copytree(whole.target, export.target)
        try:
            fates = export.run(fault, moment)
        except BadInputError as error:
            outcome = {error.code}
            said, still = error.message("en"), snapshot(export.target)
        else:
            outcome = {fate for record, fate in fates.items() if fate != expected.get(record)}
            said, still = str(export.root), before
        assert str(export.root) in said
        assert still == before
        assert [path.name for path in export.target.parent.iterdir()] == ["x"]
        seen |= outcome or {"whole"}
    assert seen == outcomes
