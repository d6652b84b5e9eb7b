"""Where an export may go."""

import os
import socket
from pathlib import Path

import pytest

from raise_finetune.dataset.output import check_replaceable, resolve_target
from raise_finetune.errors import BadInputError


@pytest.fixture
def domain(tmp_path: Path) -> Path:
    path = tmp_path / "domain"
    path.mkdir()
    return path


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH_RAISE_DATASET", str(tmp_path / "datasets"))
    return tmp_path / "datasets/training"


def refusal(path: str | Path, domain: Path) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        resolve_target(path, domain)
    assert caught.value.message("fr") != caught.value.message("en")
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "file"),
        (".jsonl", "file"),
        ("a.b.jsonl", "file"),
        ("a", "folder"),
        ("a.jsonl.d", "folder"),
        ("2026.01", "folder"),
        ("données 😀", "folder"),
    ],
)
def test_the_name_decides_the_kind(tmp_path: Path, domain: Path, name: str, kind: str):
    target = resolve_target(tmp_path / name, domain)
    assert (target.path, target.kind) == (tmp_path / name, kind)


@pytest.mark.parametrize("name", ["a.json", "a.JSONL", "a.csv", "a.Parquet", "a.jsonl.zst"])
def test_the_ending_of_another_kind_of_file_is_refused(tmp_path: Path, domain: Path, name: str):
    error = refusal(tmp_path / name, domain)
    assert (error.code, error.params["path"]) == ("output_ending", tmp_path / name)
    assert f"“{Path(name).stem}”" in error.hint("en")
    # A dataset that such an export once made can still be replaced.
    (tmp_path / name).mkdir()
    assert resolve_target(tmp_path / name, domain).kind == "folder"


def test_relative_paths_lie_under_the_training_folder(domain: Path, training: Path):
    assert resolve_target("a/b.jsonl", domain).path == training / "a/b.jsonl"
    assert (training / "a").is_dir()
    assert resolve_target("c", domain).path == training / "c"
    assert resolve_target("a/../d", domain).path == training / "d"


@pytest.mark.parametrize("path", ["..", "../x.jsonl", "a/../../x", ".", "a/..", "./"])
def test_a_relative_path_may_not_leave_it(domain: Path, training: Path, path: str):
    assert refusal(path, domain).code == "output_path_escapes"
    assert not training.exists()


def test_a_link_may_not_lead_out_of_it(tmp_path: Path, domain: Path, training: Path):
    training.mkdir(parents=True)
    (training / "link").symlink_to(tmp_path)
    assert refusal("link/x.jsonl", domain).code == "output_path_escapes"


def test_the_home_is_expanded(tmp_path: Path, domain: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert resolve_target("~/x.jsonl", domain).path == tmp_path / "x.jsonl"


@pytest.mark.parametrize("path", ["", "a\0b", "\0.jsonl"])
def test_no_path(domain: Path, path: str):
    assert refusal(path, domain).code == "output_path_empty"


@pytest.mark.parametrize("inside", ["", "x.jsonl", "un2", "un2/default/x.jsonl", "un2/../x"])
def test_not_into_the_data(domain: Path, inside: str):
    (domain / "un2/default").mkdir(parents=True)
    assert refusal(domain / inside, domain).code == "output_in_database"


def test_not_into_the_data_through_a_link(tmp_path: Path, domain: Path):
    (tmp_path / "link").symlink_to(domain)
    assert refusal(tmp_path / "link/x.jsonl", domain).code == "output_in_database"


@pytest.mark.parametrize("inside", ["x", "x.jsonl", "data/train.jsonl", ".raise/x"])
def test_not_into_another_dataset(tmp_path: Path, domain: Path, inside: str):
    dataset = tmp_path / "set"
    for folder in (".raise", "data"):
        (dataset / folder).mkdir(parents=True)
    (dataset / ".raise/report.json").touch()
    error = refusal(dataset / inside, domain)
    assert (error.code, error.params["dataset"]) == ("output_in_dataset", dataset)
    assert resolve_target(dataset, domain).kind == "folder"


def test_nothing_is_made_in_the_data(domain: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH_RAISE_DATASET", str(domain / "datasets"))
    assert refusal("a/x.jsonl", domain).code == "output_in_database"
    assert list(domain.iterdir()) == []


def test_missing_folders(tmp_path: Path, domain: Path, training: Path):
    error = refusal(tmp_path / "none/x.jsonl", domain)
    assert (error.code, error.params["parent"]) == ("output_folder_missing", tmp_path / "none")
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file/x.jsonl", domain).code == "output_folder_missing"
    training.mkdir(parents=True)
    (training / "file").touch()
    assert refusal("file/a/x.jsonl", domain).code == "output_folder_missing"


@pytest.mark.parametrize("later_python", [False, True])
@pytest.mark.parametrize("name", ["loop/x.jsonl", "loop", "loop.jsonl"])
def test_loops_of_links(
    tmp_path: Path, domain: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, later_python: bool
):
    if later_python:  # from 3.13 on it leaves such links as they are
        monkeypatch.setattr(Path, "resolve", Path.absolute)
    for link in ("loop", "loop.jsonl"):
        (tmp_path / link).symlink_to(tmp_path / link)
    assert refusal(tmp_path / name, domain).code == "output_path_unusable"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("\udcff.jsonl", "argument_not_unicode"),
        ("a" * 300, "output_path_unusable"),
        (f"{'a' * 300}/x", "output_path_unusable"),
    ],
)
def test_names_that_cannot_be(tmp_path: Path, domain: Path, name: str, code: str):
    assert refusal(tmp_path / name, domain).code == code


def test_the_home_of_nobody(domain: Path):
    assert refusal("~nobody-here/x", domain).code == "home_unknown"


def test_what_stands_there_must_be_of_the_kind(tmp_path: Path, domain: Path):
    (tmp_path / "folder.jsonl").mkdir()
    assert refusal(tmp_path / "folder.jsonl", domain).code == "output_is_folder"
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file", domain).code == "output_is_file"
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert refusal(tmp_path / "pipe.jsonl", domain).code == "output_is_special"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert refusal(tmp_path / "socket", domain).code == "output_is_file"
    (tmp_path / "old.jsonl").touch()
    assert resolve_target(tmp_path / "old.jsonl", domain).kind == "file"


def test_a_link_stays_one(tmp_path: Path, domain: Path):
    (tmp_path / "real.txt").touch()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.txt")
    target = resolve_target(tmp_path / "link.jsonl", domain)
    assert (target.path, target.kind) == (tmp_path / "real.txt", "file")


def dataset(folder: Path) -> Path:
    for name in ("README.md", ".raise/report.json", ".raise/ledger.jsonl", "data/train.jsonl"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_a_dataset_may_be_replaced(tmp_path: Path, domain: Path):
    folder = dataset(tmp_path / "old")
    (folder / "data/val.jsonl").touch()
    (folder / "data/test.jsonl").touch()
    (folder / ".raise/recipe.toml").touch()
    (folder / ".raise/manifest.json").touch()
    assert resolve_target(folder, domain).kind == "folder"
    (tmp_path / "empty").mkdir()
    assert resolve_target(tmp_path / "empty", domain).kind == "folder"


def test_any_other_folder_may_not(tmp_path: Path, domain: Path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").touch()
    assert refusal(tmp_path / "photos", domain).code == "output_not_a_dataset"


@pytest.mark.parametrize(
    "added", ["notes.txt", "data/extra.jsonl", ".raise/mine", "data/x/y", "sub/README.md"]
)
def test_nor_a_dataset_that_somebody_put_something_into(tmp_path: Path, domain: Path, added: str):
    folder = dataset(tmp_path / "old")
    (folder / added).parent.mkdir(exist_ok=True)
    (folder / added).touch()
    error = refusal(folder, domain)
    assert error.code == "output_has_other_files"
    assert str(error.params["name"]) in added


def test_nor_with_an_empty_folder_or_a_link_inside(tmp_path: Path, domain: Path):
    folder = dataset(tmp_path / "old")
    (folder / "empty").mkdir()
    assert refusal(folder, domain).params["name"] == "empty"
    (folder / "empty").rmdir()
    (folder / "link").symlink_to(tmp_path)
    assert refusal(folder, domain).params["name"] == "link"


def test_the_check_can_be_asked_for_again(tmp_path: Path, domain: Path):
    target = resolve_target(tmp_path / "new", domain)
    check_replaceable(target)
    (tmp_path / "new").mkdir()
    check_replaceable(target)
    (tmp_path / "new/notes.txt").touch()
    with pytest.raises(BadInputError) as caught:
        check_replaceable(target)
    assert caught.value.code == "output_not_a_dataset"
