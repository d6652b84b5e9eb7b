"""An export that was killed is told of, and what it left is cleared; one that runs is let be."""

import os
from pathlib import Path

import pytest

from domains.tree import snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.output import Target, TargetKind
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.writing.staging import make_room, publish, staging_folder
from raise_finetune.dataset.writing.unfinished import (
    UnfinishedExport,
    dismiss,
    interrupted_exports,
    note_unfinished,
    noted,
)

RECIPE = ExportRecipe.model_validate({"rating": {"minimum": 5}})
KINDS: list[TargetKind] = ["file", "folder"]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def target_in(folder: Path, kind: TargetKind = "file") -> Target:
    folder.mkdir(exist_ok=True)
    return Target(folder / ("t.jsonl" if kind == "file" else "t"), kind)


def write(path: Path, kind: TargetKind, text: str) -> None:
    if kind == "folder":
        path.mkdir()
    (path if kind == "file" else path / "x").write_text(text)


def begin_and_die(target: Target, state: Path, made: str | None = None) -> None:
    """Leave what an export leaves that is killed before its end; ``made`` is published first."""
    with staging_folder(target.path) as staging:
        note_unfinished(Path("/data"), target, RECIPE, state)
        (staging / "rows").write_text("private")
        if made is not None:
            path = make_room(staging, target)
            write(path, target.kind, made)
            publish(path, target)
        kept = staging.with_name("kept")
        staging.rename(kept)
    kept.rename(staging)


def told(state: Path) -> list[tuple[str, str]]:
    return [(Path(each.output).name, each.standing()) for each in interrupted_exports(state)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_at_the_target_is_told_and_what_was_left_is_cleared(
    tmp_path: Path, state: Path, kind: TargetKind
):
    target = target_in(tmp_path / "out", kind)
    begin_and_die(target, state)
    assert told(state) == [(target.path.name, "nothing")]
    write(target.path, kind, "old")
    begin_and_die(target, state)
    assert told(state) == [(target.path.name, "old")]
    begin_and_die(target, state, made="new")
    assert told(state) == [(target.path.name, "new")]
    assert list(target.path.parent.iterdir()) == [target.path]
    assert (target.path if kind == "file" else target.path / "x").read_text() == "new"


def test_all_that_is_needed_to_make_it_again_is_told(tmp_path: Path, state: Path):
    target = target_in(tmp_path / "out")
    begin_and_die(target, state)
    (found,) = interrupted_exports(state)
    assert (found.root, found.output, found.recipe) == ("/data", str(target.path), RECIPE)


def test_one_that_runs_is_no_interrupted_one_and_keeps_its_rows(tmp_path: Path, state: Path):
    target = target_in(tmp_path / "out")
    with staging_folder(target.path) as staging, noted(Path("/data"), target, RECIPE, state):
        (staging / "rows").touch()
        assert told(state) == []
        assert (staging / "rows").exists()
    assert told(state) == []
    assert list(target.path.parent.iterdir()) == []


def test_dismissed_ones_are_told_no_more(tmp_path: Path, state: Path):
    one, other = target_in(tmp_path / "one"), target_in(tmp_path / "other")
    begin_and_die(one, state)
    begin_and_die(other, state)
    dismiss(one.path, state)
    assert [each.output for each in interrupted_exports(state)] == [str(other.path)]


def test_one_that_was_made_again_meanwhile_is_told_no_more(tmp_path: Path, state: Path):
    targets = [target_in(tmp_path / name) for name in ("one", "other")]
    for target in targets:
        begin_and_die(target, state)
    found = interrupted_exports(state)
    first = next(found)
    (other,) = (target for target in targets if str(target.path) != first.output)
    with staging_folder(other.path), noted(Path("/data"), other, RECIPE, state):
        pass
    assert list(found) == []


def test_what_has_the_number_of_the_old_one_is_not_the_old_one(tmp_path: Path, state: Path):
    """A file system gives the number of a file that is gone to the next one."""
    target = target_in(tmp_path / "out")
    write(target.path, "file", "old")
    begin_and_die(target, state)
    os.utime(target.path, ns=(0, 0))
    assert told(state) == [("t.jsonl", "new")]


def test_damaged_notes_and_folders_that_are_gone(tmp_path: Path, state: Path):
    target = target_in(tmp_path / "out")
    note_unfinished(Path("/data"), target, RECIPE, state)
    (state / "unfinished/damaged.json").write_text("{")
    target.path.parent.rmdir()
    assert told(state) == [("t.jsonl", "nothing")]
    assert not target.path.parent.exists()


def test_an_export_leaves_no_note_when_it_ends(tmp_path: Path, state: Path):
    (tmp_path / "domain").mkdir()
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "t.jsonl"
    begin_and_die(Target(target, "file"), state)
    export_dataset(ExportRecipe(), target, root=tmp_path / "domain", allow_empty=True, state=state)
    assert list((state / "unfinished").iterdir()) == []
    assert snapshot(target.parent) == {"t.jsonl": b""}


def test_a_state_that_cannot_be_written_keeps_nobody_from_exporting(tmp_path: Path, state: Path):
    state.write_text("a file")
    (tmp_path / "domain").mkdir()
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "t.jsonl"
    export_dataset(
        ExportRecipe.model_validate({"output": {"formats": ["jsonl"]}}),
        target.with_suffix(""),
        root=tmp_path / "domain",
        allow_empty=True,
        state=state,
    )
    assert target.with_suffix("").is_dir()


def test_a_note_is_what_it_was(tmp_path: Path, state: Path):
    target = target_in(tmp_path / "out")
    note_unfinished(Path("/data"), target, RECIPE, state)
    (note,) = (state / "unfinished").iterdir()
    read = UnfinishedExport.model_validate_json(note.read_bytes())
    assert read.to_json() == note.read_bytes()
