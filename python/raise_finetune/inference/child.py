"""The inference process: reads requests from standard input, writes events to standard output.

``python -m raise_finetune.inference.child``; ``messages.py`` says what is spoken. It ends when its
input does, so it never outlives the application.
"""

import os
import sys
from queue import SimpleQueue
from threading import Event, Thread
from typing import BinaryIO

from raise_finetune.child_process import own_output
from raise_finetune.inference.llama import Llama, LlamaError
from raise_finetune.inference.messages import (
    REQUEST,
    Cancel,
    Failed,
    Generate,
    Ids,
    Load,
    Ready,
    Score,
    Scores,
    Tokenize,
)


def main() -> None:
    """Answer requests until there are no more."""
    output = own_output()
    requests: SimpleQueue[Load | Tokenize | Generate | Score] = SimpleQueue()
    cancelled = Event()
    Thread(target=_read_requests, args=(requests, cancelled), daemon=True).start()
    llama: Llama | None = None
    while True:
        request = requests.get()
        try:
            if isinstance(request, Load):
                llama = Llama(request)
                output.write(Ready().to_line())
            elif llama is not None:
                _answer(request, llama, output, cancelled)
        except LlamaError as error:
            output.write(error.failure.to_line())
        except Exception as error:  # noqa: BLE001 - the application is told, whatever it was
            reason = f"{type(error).__name__}: {error}"
            output.write(Failed(code="inference_failed", reason=reason).to_line())


def _answer(
    request: Tokenize | Generate | Score, llama: Llama, output: BinaryIO, cancelled: Event
) -> None:
    if isinstance(request, Tokenize):
        output.write(Ids(ids=tuple(llama.tokenize(request.text))).to_line())
    elif isinstance(request, Generate):
        finished = llama.generate(
            request, lambda piece: _write(output, piece.to_line()), cancelled.is_set
        )
        output.write(finished.to_line())
    else:
        scores = tuple(llama.score(request, cancelled.is_set))
        output.write(Scores(tokens=scores).to_line())


def _write(output: BinaryIO, line: bytes) -> None:
    output.write(line)


def _read_requests(
    requests: "SimpleQueue[Load | Tokenize | Generate | Score]", cancelled: Event
) -> None:
    for line in sys.stdin.buffer:
        request = REQUEST.validate_json(line)
        if isinstance(request, Cancel):
            cancelled.set()
        else:
            cancelled.clear()
            requests.put(request)
    # Native threads may be at work: there is nothing to save, and no one to tell.
    os._exit(0)


if __name__ == "__main__":
    main()
