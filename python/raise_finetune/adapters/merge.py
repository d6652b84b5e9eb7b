"""A base and its adapter become one model: peft's own merge, in a process with torch.

For adapters that a GGUF file cannot hold, and for programs that take whole models only.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from raise_finetune.adapters.peft_adapter import CONFIG_FILE, WEIGHTS_FILE
from raise_finetune.errors import BadInputError, CancelledError, FailedError
from raise_finetune.storage.atomic import as_raise_error, publish

_PACKAGES = ("torch", "transformers", "peft")
_LOOK_EVERY = 0.1  # seconds


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
    its_input, held = os.pipe()  # it ends with its input, and so with this process
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "raise_finetune.trainer.merge", *paths],
            stdin=its_input,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        log = _wait(process, cancelled)
    finally:
        os.close(its_input)
        os.close(held)
    if process.returncode != 0:
        lines = log.decode("utf-8", "replace").strip().splitlines()
        reason = lines[-1] if lines else f"exit {process.returncode}"
        raise FailedError("merge_failed", path=adapter, reason=reason)


def _wait(process: "subprocess.Popen[bytes]", cancelled: Callable[[], bool]) -> bytes:
    """Return what the process printed once it has ended; raises ``CancelledError``."""
    while True:
        try:
            return process.communicate(timeout=_LOOK_EVERY)[1]
        except subprocess.TimeoutExpired:
            if cancelled():
                process.kill()
                process.communicate()
                raise CancelledError from None
