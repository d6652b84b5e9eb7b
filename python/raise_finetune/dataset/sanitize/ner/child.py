"""The process of a named-entity model: requests on standard input, replies on standard output.

``python -m raise_finetune.dataset.sanitize.ner.child``; ``messages.py`` says what is spoken. It
ends when its input does, so it never outlives the application. No word of a text leaves it but in
a reply: what libraries print goes to standard error, and that goes nowhere.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from raise_finetune.child_process import own_output
from raise_finetune.dataset.sanitize.ner.folder import load_model
from raise_finetune.dataset.sanitize.ner.messages import (
    Failed,
    Load,
    Ready,
    Recognize,
    Recognized,
    Reply,
)
from raise_finetune.dataset.sanitize.ner.model import NerModel, UnfitModelError


def main() -> None:
    """Load the model that the first line names, then answer the other lines."""
    output = own_output()
    for reply in replies(sys.stdin.buffer):
        output.write(reply.to_line())


def replies(requests: BinaryIO) -> Iterator[Reply]:
    """Yield a reply to each request; after a failure to load there are none."""
    load = Load.model_validate_json(requests.readline())
    try:
        model = load_model(Path(load.folder))
    except ImportError as error:
        yield Failed(code="ner_not_installed", reason=error.name or str(error))
        return
    except Exception as error:  # noqa: BLE001 - libraries raise anything for a bad model
        yield Failed(code="ner_model_unfit", reason=_first_line(error))
        return
    yield Ready(kinds=tuple(sorted(model.kinds)))
    for line in requests:
        yield _recognized(model, Recognize.model_validate_json(line))


def _recognized(model: NerModel, request: Recognize) -> Reply:
    try:
        return Recognized(entities=tuple(map(tuple, model.entities(request.texts))))
    except UnfitModelError as error:
        return Failed(code="ner_model_unfit", reason=str(error))
    except Exception as error:  # noqa: BLE001 - the application is told, whatever it was
        # Its message may quote a text.
        return Failed(code="ner_failed", reason=type(error).__name__)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


if __name__ == "__main__":
    main()
