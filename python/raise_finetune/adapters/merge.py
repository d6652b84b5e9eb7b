"""A base and its adapter become one model: peft's own merge, in a process with torch.

For adapters that a GGUF file cannot hold, and for programs that take whole models only.
"""

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from raise_finetune.adapters.peft_adapter import CONFIG_FILE, WEIGHTS_FILE
from raise_finetune.child_process import ChildDiedError, ChildProcess
from raise_finetune.errors import BadInputError, CancelledError, FailedError
from raise_finetune.regular_file import check_folder
from raise_finetune.storage.atomic import as_raise_error, publish

_PACKAGES = ("torch", "transformers", "peft")
_CHILD = "raise_finetune.trainer.merge"
_LOOK_EVERY = 0.1  # seconds
_LINES_KEPT = 50


def merge_adapter(
    adapter: Path, base: Path, output: Path, cancelled: Callable[[], bool] = lambda: False
) -> None:
    """Write the merged model to ``output``, a new folder, with the base's tokenizer.

    Raises ``BadInputError`` when something is missing or the folder exists, ``FailedError`` when
    the merge fails, ``CancelledError``; then there is no such folder.
    """
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise BadInputError("trainer_not_installed", missing=", ".join(missing))
    check_folder(adapter)
    check_folder(base)
    for file in (CONFIG_FILE, WEIGHTS_FILE):
        if not (adapter / file).is_file():
            raise BadInputError("adapter_incomplete", path=adapter, file=file)
    if not (base / "config.json").is_file():
        raise BadInputError("base_incomplete", path=base, file="config.json")
    if output.exists():
        raise BadInputError("merge_output_exists", path=output)
    staging = output.with_name(f".{output.name}.merging")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        _run(adapter, base, staging, cancelled)
        publish(staging, output)
    except OSError as error:
        raise as_raise_error(error, output) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _run(adapter: Path, base: Path, folder: Path, cancelled: Callable[[], bool]) -> None:
    paths = (str(path.resolve()) for path in (adapter, base, folder))
    child = ChildProcess(_CHILD, *paths, read=_nothing_of, log_lines=_LINES_KEPT)
    try:
        while not cancelled():
            child.receive_within(_LOOK_EVERY)
        raise CancelledError
    except ChildDiedError as end:
        if end.status != 0:
            lines = [line for line in child.log if line.strip()]
            reason = lines[-1] if lines else f"exit {end.status}"
            raise FailedError("merge_failed", path=adapter, reason=reason) from end
    finally:
        child.close()


def _nothing_of(stream: BinaryIO) -> Iterator[None]:
    """Pass over what libraries print: it says nothing itself, but by its end."""
    for _ in stream:
        yield from ()
