"""How fast and how well sensitive data is masked.

    python -m bench.sanitize speed [--presidio PYTHON]   MB/s on one thread, at three densities
    python -m bench.sanitize quality                     recall and precision by type, on the
                                                         generated corpus and the handwritten ones

``--presidio`` names a Python that has ``presidio-analyzer``: it gets the same text in the same
run. Results are Markdown tables, for ``docs/privacy.md``.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from corpus.handwritten import handwritten_texts, second_handwritten_texts
from corpus.labelled import LabelledText, labelled_texts
from corpus.scoring import scores
from raise_finetune.dataset.sanitize import KnownValues, SanitizeOptions, Sanitizer

DENSITIES = {"one finding per 500 bytes": 500, "one per 7 KB": 7000, "none": 0}
TEXTS = 4000
ROUNDS = 5
PRESIDIO_BYTES = 200_000

# Run by the other Python: reads texts from its input, prints the least CPU time of several rounds.
PRESIDIO = """
import sys, time
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
texts = sys.stdin.buffer.read().decode().split("\\0")
analyzer.analyze(texts[0], language="en")
times = []
for _ in range(ROUNDS):
    start = time.process_time()
    for text in texts: analyzer.analyze(text, language="en")
    times.append(time.process_time() - start)
print(min(times))
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
        seconds = best_of(ROUNDS, lambda groups=groups: sanitizer.sanitize(groups))
        speed = size / 1e6 / seconds
        peer = presidio_speed(presidio, texts) if presidio else None
        beside = f"{peer:.3f} | {speed / peer:.0f}" if peer else "– | –"
        print(f"| {name} | {size / 1e6:.1f} | {found} | {speed:.1f} | {beside} |")


def print_quality(texts: Iterable[LabelledText]) -> None:
    sanitizer = Sanitizer(SanitizeOptions(), KnownValues())
    print("| type | values | recall | findings | precision |")
    print("|---|---|---|---|---|")
    for kind, score in scores(texts, sanitizer).items():
        print(
            f"| {kind} | {score.values} | {score.recall:.2%} "
            f"| {score.findings} | {score.precision:.2%} |"
        )


def best_of(rounds: int, job: Callable[[], object]) -> float:
    """Return the least CPU time of several rounds, in seconds: noise only ever adds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return min(times)


def presidio_speed(python: str, texts: Sequence[str]) -> float:
    """Return Presidio's MB/s on the first of the texts; all of them would take hours."""
    some: list[str] = []
    size = 0
    for text in texts:
        if size > PRESIDIO_BYTES:
            break
        some.append(text)
        size += len(text.encode())
    command = [python, "-c", f"ROUNDS = {ROUNDS}\n{PRESIDIO}"]
    result = subprocess.run(
        command, input="\0".join(some).encode(), capture_output=True, check=True
    )
    return size / 1e6 / float(result.stdout)


if __name__ == "__main__":
    main()
