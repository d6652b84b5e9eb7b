"""Recipes and configurations that are no files, or no text."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from raise_finetune.dataset.formats.hashed import sha256_of
from raise_finetune.dataset.manifest import read_manifest
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.recipe_file import read_recipe
from raise_finetune.dataset.verification.existing import lines_of
from raise_finetune.errors import BadInputError
from raise_finetune.messages import Language
from raise_finetune.training.config_file import read_config

READERS: list[Callable[[Path], object]] = [read_recipe, read_config]


def refusal(read: Callable[[Path], object], path: Path, language: Language = "en") -> str:
    with pytest.raises(BadInputError) as caught:
        read(path)
    return caught.value.message(language).partition(": ")[2]


@pytest.mark.parametrize("read", READERS)
def test_what_is_no_file_is_refused_at_once(read: Callable[[Path], object], tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(read, pipe) == "it is a pipe with a name, which may wait for ever."
    assert refusal(read, Path("/dev/zero")) == "it is larger than 16 MB."
    assert refusal(read, tmp_path) == "Is a directory."
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert refusal(read, loop) == "Too many levels of symbolic links."


def test_what_is_no_text(tmp_path: Path):
    path = tmp_path / "r.toml"
    path.write_bytes(b"seed = \xff")
    assert refusal(read_recipe, path) == "it is not UTF-8 text (byte 7)."


def test_the_systems_reasons_are_french_too(tmp_path: Path):
    assert refusal(read_recipe, tmp_path, "fr") == "c’est un dossier."
    assert refusal(read_recipe, tmp_path / "none", "fr") == "aucun fichier ni dossier de ce nom."


def test_a_pipe_of_the_shell_is_read():
    """``--recipe <(…)``, ``--recipe /dev/stdin``."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as file:
            file.write(b"\xef\xbb\xbf[output]\r\nseed = 7\r\n")

    writer = threading.Thread(target=write)
    writer.start()
    recipe = read_recipe(Path(f"/dev/fd/{reading}"))
    writer.join()
    os.close(reading)
    assert recipe == ExportRecipe.model_validate({"output": {"seed": 7}})


def test_a_pipe_in_a_dataset_is_no_file(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / MANIFEST_FILE).parent.mkdir()
    os.mkfifo(tmp_path / MANIFEST_FILE)
    assert refusal(read_manifest, tmp_path) == "it is a pipe or a device, not a file."
    with pytest.raises(OSError, match="Illegal seek"):
        sha256_of(tmp_path / "pipe")
    with pytest.raises(OSError, match="Illegal seek"):
        list(lines_of(tmp_path / "pipe"))
