"""How fast and how well sensitive data is masked.

    python -m bench.sanitize speed [--presidio PYTHON]   MB/s on one thread, at three densities
    python -m bench.sanitize quality                     recall and precision by type, on the
                                                         generated corpus and the handwritten ones

``--presidio`` names a Python that has ``presidio-analyzer``: it gets the same text in the same
run, in turn with us, and of each the best round counts, since noise only ever adds. Results are
Markdown tables, for ``docs/privacy.md``.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, nullcontext
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus.handwritten import handwritten_texts, second_handwritten_texts
from corpus.labelled import LabelledText, labelled_texts
from corpus.scoring import scores
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer

DENSITIES = {"one finding per 500 bytes": 500, "one per 7 KB": 7000, "none": 0}
TEXTS = 4000
ROUNDS = 10
PRESIDIO_BYTES = 200_000

# Run by the other Python: reads a line with all texts, then prints the CPU time of one round over
# them for each further line.
PRESIDIO = """
import json, sys, time
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

import spacy

class Blank(NlpEngine):
    def __init__(self): self.nlp = spacy.blank("en")
    def load(self): pass
    def is_loaded(self): return True
    def process_text(self, text, language):
        doc = self.nlp(text)
        return NlpArtifacts([], doc, [t.idx for t in doc], [t.text for t in doc], self, language)
    def process_batch(self, texts, language, **k):
        for text in texts: yield text, self.process_text(text, language)
    def is_stopword(self, word, language): return False
    def is_punct(self, word, language): return False
    def get_supported_entities(self): return []
    def get_supported_languages(self): return ["en"]

registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"])
analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
texts = json.loads(sys.stdin.readline())
analyzer.analyze(texts[0], language="en")
for _ in sys.stdin:
    start = time.process_time()
    for text in texts: analyzer.analyze(text, language="en")
    print(time.process_time() - start, flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    speed = commands.add_parser("speed")
    speed.add_argument("--presidio", metavar="PYTHON")
    commands.add_parser("quality")
    arguments = parser.parse_args()
    if arguments.command == "speed":
        print_speed(arguments.presidio)
    else:
        print_quality(labelled_texts(2024, 6000, bytes_per_value=250))
        for handwritten in (handwritten_texts, second_handwritten_texts):
            print()
            print_quality(text.labelled for text in handwritten())


def print_speed(presidio: str | None) -> None:
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues())
    print("| text | MB | findings | MB/s | Presidio, blank model, MB/s | ratio |")
    print("|---|---|---|---|---|---|")
    for name, density in DENSITIES.items():
        texts = [
            text.text for text in labelled_texts(1, TEXTS, bytes_per_value=density, negatives=False)
        ]
        groups = [texts[first : first + 2] for first in range(0, len(texts), 2)]
        size = sum(len(text.encode()) for text in texts)
        found = sum(sum(group.counts.values()) for group in sanitizer.sanitize(groups))
        with _presidio(presidio, texts) if presidio else nullcontext() as peer:
            own_speed, peer_speed = 0.0, 0.0
            for _ in range(ROUNDS):
                start = time.process_time()
                sanitizer.sanitize(groups)
                own_speed = max(own_speed, size / (time.process_time() - start))
                peer_speed = max(peer_speed, peer() if peer else 0.0)
        beside = f"{peer_speed / 1e6:.3f} | {own_speed / peer_speed:.0f}" if peer else "– | –"
        print(f"| {name} | {size / 1e6:.1f} | {found} | {own_speed / 1e6:.1f} | {beside} |")


def print_quality(texts: Iterable[LabelledText]) -> None:
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues())
    print("| type | values | recall | findings | precision |")
    print("|---|---|---|---|---|")
    for kind, score in scores(texts, sanitizer).items():
        print(
            f"| {kind} | {score.values} | {score.recall:.2%} "
            f"| {score.findings} | {score.precision:.2%} |"
        )


@contextmanager
def _presidio(python: str, texts: Sequence[str]) -> Generator[Callable[[], float]]:
    """Start Presidio; what is given runs it once over the first of the texts.

    That returns bytes a second. All of the texts would take hours.
    """
    ends = accumulate(len(text.encode()) for text in texts)
    some = [text for text, end in zip(texts, ends, strict=True) if end <= PRESIDIO_BYTES]
    size = sum(len(text.encode()) for text in some)
    with subprocess.Popen(
        [python, "-c", PRESIDIO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        tell, hear = process.stdin, process.stdout
        tell.write(json.dumps(some) + "\n")

        def once() -> float:
            tell.write("\n")
            tell.flush()
            return size / float(hear.readline())

        yield once


if __name__ == "__main__":
    main()
