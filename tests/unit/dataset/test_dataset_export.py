"""The pipeline as a whole: sources, progress, cancelling, and its Python face."""

from itertools import count
from pathlib import Path

import pytest

from domains.tree import Json, Tree, exchange, export, snapshot
from raise_finetune import ExportRecipe, export_dataset, internal_export_process
from raise_finetune.dataset.progress import Progress, Pulse
from raise_finetune.errors import BadInputError, CancelledError


def test_internal_export_process_needs_only_a_path(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tree.conversation("a", *exchange("q", "a", rating=5))
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tree.root))
    report = internal_export_process(str(tmp_path / "x.jsonl"))
    assert (report.rows, report.output) == (1, str(tmp_path / "x.jsonl"))
    line = (tmp_path / "x.jsonl").read_bytes()
    assert line == b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


def test_a_relative_path_lies_under_the_training_folder(tree: Tree, tmp_path: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    report = export_dataset(ExportRecipe(), "deep/x.jsonl", root=tree.root)
    assert report.output.endswith("/datasets/training/deep/x.jsonl")
    assert Path(report.output).exists()
    assert not (tmp_path / "deep").exists()


@pytest.fixture
def wide(tree: Tree) -> Tree:
    """A tree with one row in each of several places."""
    tree.put("chats/s.json", {"history": exchange("chat", "a", rating=5)})
    for path in ("un2/default/c/x", "un2/other/c/x", "un2/other/d/x", "un3/default/c/x"):
        tree.document(path, messages=exchange(path, "a", rating=5))
    return tree


ALL = ["chats/s", "un2/default/c/x", "un2/other/c/x", "un2/other/d/x", "un3/default/c/x"]


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"chats": False}, [1, 2, 3, 4]),
        ({"spaces": ["un3"]}, [0, 4]),
        ({"spaces": ["un3", "un2", "un3"]}, [0, 1, 2, 3, 4]),
        ({"databases": ["default"], "chats": False}, [1, 4]),
        ({"spaces": ["un2"], "databases": ["other"], "chats": False}, [2, 3]),
        ({"collections": ["d"], "chats": False}, [3]),
        ({"collections": ["none"], "chats": False}, []),
    ],
)
def test_sources(wide: Tree, output: Path, source: Json, numbers: list[int]):
    exported = export(wide.root, output, source=source)
    records = [entry["record"].removesuffix("#1") for entry in exported.ledger]
    assert records == [ALL[number] for number in numbers]


@pytest.mark.parametrize(
    ("source", "code", "known"),
    [
        ({"spaces": ["none"]}, "space_unknown", "un2, un3"),
        ({"databases": ["none"]}, "database_unknown", "default, other"),
        ({"spaces": ["un3"], "databases": ["other"]}, "database_unknown", "default"),
        ({"spaces": ["../un2"]}, "space_unknown", "un2, un3"),
    ],
)
def test_unknown_sources_are_named(wide: Tree, output: Path, source: Json, code: str, known: str):
    with pytest.raises(BadInputError) as caught:
        export(wide.root, output, source=source)
    assert (caught.value.code, caught.value.params["known"]) == (code, known)
    assert not output.exists()


def test_collections_that_are_not_there_are_named(wide: Tree, output: Path):
    source = {"collections": ["c", "nope", "neither"]}
    exported = export(wide.root, output, source=source)
    (notice,) = [each for each in exported.report.notices if each.code == "collections_missing"]
    assert notice.params == {"names": "nope, neither", "known": "c, d"}
    source = {"collections": ["nope"], "chats": False}
    with pytest.raises(BadInputError) as caught:
        export_dataset(ExportRecipe.model_validate({"source": source}), output, root=wide.root)
    assert caught.value.code == "collections_unknown"
    assert caught.value.params == {"names": "nope", "known": "c, d"}


def test_progress_counts_reads_and_writes(wide: Tree, tmp_path: Path):
    seen: list[Progress] = []
    export_dataset(ExportRecipe(), tmp_path / "x.jsonl", root=wide.root, progress=seen.append)
    stages = [each.stage for each in seen]
    assert list(dict.fromkeys(stages)) == ["counting", "reading", "comparing", "writing"]
    reading = [each for each in seen if each.stage == "reading"]
    assert {each.total for each in reading} == {5}
    assert (reading[0].done, reading[-1].done) == (1, 5)
    assert seen[-1].stage == "writing"
    assert all(each.seconds >= 0 for each in seen)


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_exporting_again_changes_no_byte(wide: Tree, tmp_path: Path, name: str):
    export_dataset(ExportRecipe(), tmp_path / name, root=wide.root)
    before = snapshot(tmp_path)
    export_dataset(ExportRecipe(), tmp_path / name, root=wide.root)
    assert snapshot(tmp_path) == before


def test_progress_changes_no_byte(wide: Tree, tmp_path: Path):
    export_dataset(ExportRecipe(), tmp_path / "x.jsonl", root=wide.root)
    export_dataset(ExportRecipe(), tmp_path / "y.jsonl", root=wide.root, progress=lambda _: None)
    assert (tmp_path / "x.jsonl").read_bytes() == (tmp_path / "y.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_cancelled_at_any_moment_nothing_changes(wide: Tree, tmp_path: Path, name: str):
    export_dataset(ExportRecipe(), tmp_path / name, root=wide.root)
    wide.document("un2/default/c/new", messages=exchange("new", "a", rating=5))
    before = snapshot(tmp_path)
    for moment in range(1, 40):
        asked = count()
        try:
            export_dataset(
                ExportRecipe(),
                tmp_path / name,
                root=wide.root,
                cancel=lambda asked=asked, moment=moment: next(asked) == moment,
            )
        except CancelledError:
            assert snapshot(tmp_path) == before
        else:
            assert moment > 6
            assert snapshot(tmp_path) != before
            return
    pytest.fail("the export was never allowed to finish")


def test_a_failing_listener_leaves_nothing(wide: Tree, tmp_path: Path):
    def fail(_progress: Progress) -> None:
        raise ZeroDivisionError

    before = snapshot(tmp_path)
    with pytest.raises(ZeroDivisionError):
        export_dataset(ExportRecipe(), tmp_path / "x", root=wide.root, progress=fail)
    assert snapshot(tmp_path) == before


def test_what_appears_at_the_target_meanwhile_stays(wide: Tree, tmp_path: Path):
    target = tmp_path / "dataset"

    def meddle(_progress: Progress) -> None:
        target.mkdir(exist_ok=True)
        (target / "notes.txt").write_text("mine")

    with pytest.raises(BadInputError) as caught:
        export_dataset(ExportRecipe(), target, root=wide.root, progress=meddle)
    assert caught.value.code == "output_not_a_dataset"
    assert snapshot(target) == {"notes.txt": b"mine"}


def test_a_pulse_reports_now_and_then(monkeypatch: pytest.MonkeyPatch):
    now = 100.0
    monkeypatch.setattr("raise_finetune.dataset.progress.time.monotonic", lambda: now)
    seen: list[tuple[int, float]] = []
    pulse = Pulse(lambda progress: seen.append((progress.done, progress.seconds)))
    assert pulse.is_watched
    assert not Pulse().is_watched
    pulse.beat("reading", 1, 9)
    pulse.beat("reading", 2, 9)
    now = 100.06
    pulse.beat("reading", 3, 9)
    pulse.beat("reading", 9, 9)
    pulse.beat("writing", 1)
    assert [done for done, _ in seen] == [1, 3, 9, 1]
    assert [round(seconds, 2) for _, seconds in seen] == [0.0, 0.06, 0.06, 0.0]
