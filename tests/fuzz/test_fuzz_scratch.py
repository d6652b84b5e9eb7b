"""Scratch folders, whatever is in them and however they end: nothing is left, nothing lost."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.fuzzing import tries
from raise_finetune.storage.scratch import scratch_folder

NAMES = st.text("aé \n.*[~", min_size=1, max_size=60).filter(lambda name: name.strip(".") != "")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folders a place of their own, beside something that is not to be touched."""
    place = tmp_path_factory.mktemp("scratch")
    (place / "temporary").mkdir()
    (place / "outside").mkdir()
    (place / "outside/kept").write_bytes(b"kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(place / "temporary"))
        yield place


@tries(40)
@given(st.data())
def test_all_of_them_end_and_take_what_is_in_them_along(place: Path, data: st.DataObject) -> None:
    temporary = place / "temporary"
    target = temporary / data.draw(NAMES, label="target")
    held: dict[Path, tuple[ExitStack, set[str]]] = {}
    for step in data.draw(st.lists(st.sampled_from(["begin", "fill", "end", "fail"]), max_size=12)):
        if step == "begin" or not held:
            stack = ExitStack()
            beside = data.draw(st.sampled_from([None, target]), label="beside")
            folder = stack.enter_context(scratch_folder(beside))
            assert os.listdir(folder) == []  # noqa: PTH208
            held[folder] = stack, set()
            continue
        folder = data.draw(st.sampled_from(sorted(held)), label="which")
        if step == "fill":
            held[folder][1].update(fill(folder, data, place / "outside"))
            continue
        stack, _ = held.pop(folder)
        with suppress(InterruptedError), stack:
            if step == "fail":
                raise InterruptedError
        assert not folder.parent.exists()
        for other, (_, names) in held.items():
            assert set(os.listdir(other)) == names  # noqa: PTH208
    for stack, _ in held.values():
        stack.close()
    assert os.listdir(temporary) == []  # noqa: PTH208
    assert (place / "outside/kept").read_bytes() == b"kept"


def fill(folder: Path, data: st.DataObject, outside: Path) -> list[str]:
    """Put something into a folder; return the names there."""
    kind = data.draw(st.sampled_from(["many", "deep", "readonly", "link", "named"]), label="fill")
    if kind == "many":
        for number in range(300):
            (folder / str(number)).touch()
    elif kind == "deep":
        folder.joinpath(*["a"] * 100).mkdir(parents=True, exist_ok=True)
    elif kind == "readonly":
        (folder / "readonly").mkdir(exist_ok=True)
        (folder / "readonly").chmod(0o500)
    elif kind == "link" and not (folder / "link").is_symlink():
        (folder / "link").symlink_to(outside)
    elif kind == "named":
        (folder / data.draw(NAMES, label="name")).write_bytes(b"")
    return os.listdir(folder)  # noqa: PTH208
