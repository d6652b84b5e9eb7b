"""Our near-duplicates of the texts in a JSONL file: writes the pairs of line numbers as JSON."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from raise_finetune.dataset.near.candidates import find_near_pairs
from raise_finetune.dataset.near.codes import texts_of
from raise_finetune.dataset.near.index import NearIndex
from raise_finetune.dataset.progress import Pulse

_BATCH = 64


def main(texts: Path, output: Path, threshold: float) -> None:
    batch: list[tuple[str, str]] = []
    with TemporaryDirectory() as folder, NearIndex(Path(folder)) as index:
        with texts.open(encoding="utf-8") as file:
            for line in file:
                question, answer, _ = json.loads(line)
                batch.append((question, answer))
                if len(batch) == _BATCH:
                    index.add(batch)
                    batch = []
        index.add(batch)
        nothing = np.zeros(index.finish(), np.bool_)
        found = find_near_pairs(index, nothing, threshold, Pulse())
    output.write_text(json.dumps([side.tolist() for side in texts_of(found.codes)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
