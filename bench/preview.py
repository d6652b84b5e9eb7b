"""How long the window waits for what it shows before an export, on a large domain.

``python -m bench.preview`` prints a table; ``--write`` puts it into ``docs/benchmarks.md``.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.corpus import COLLECTION
from bench.document import table, write_section
from bench.one_corpus import options_of, place_of
from bench.processes import machine
from bench.results import keep


def main() -> None:
    options = options_of(__doc__)
    with place_of(options) as (made, _):
        seconds = {
            question: [_seconds(ask) for _ in range(options.rounds)]
            for question, ask in _questions(made.domain).items()
        }
    section = f"{_preface(options.conversations, options.rounds)}\n\n{_table(seconds)}"
    print(section)
    if options.write:
        write_section("preview", section)
        keep("preview", {"conversations": options.conversations, "seconds": seconds})


def _questions(domain: Path) -> dict[str, Callable[[], object]]:
    from raise_finetune import ExportRecipe
    from raise_finetune.dataset.browsing.glance import glance_at_export
    from raise_finetune.dataset.browsing.inspection import inspect_domain
    from raise_finetune.dataset.browsing.preview import preview_export
    from raise_finetune.dataset.progress import Pulse
    from raise_finetune.storage.engine import StorageEngine
    from raise_finetune.storage.layout import CollectionRef

    engine = StorageEngine(domain)
    cheap = {"sanitize": {"enabled": False}, "dedup": {"near": "off"}}
    whole = {"examples": {"unit": "conversation"}, "rating": {"include_unrated": True}}
    return {
        "first look, default recipe": lambda: glance_at_export(engine, ExportRecipe(), 50, Pulse()),
        "first look, whole conversations, rated or not": lambda: glance_at_export(
            engine, ExportRecipe.model_validate(whole), 50, Pulse()
        ),
        "how many documents": lambda: engine.count(CollectionRef(*COLLECTION)),
        "what the domain holds": lambda: inspect_domain(engine, ExportRecipe()),
        "preview, no masking, no near-duplicates": lambda: preview_export(
            engine, ExportRecipe.model_validate(cheap), 50, Pulse()
        ),
        "preview of the default recipe": lambda: preview_export(
            engine, ExportRecipe(), 50, Pulse()
        ),
    }


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _preface(conversations: int, rounds: int) -> str:
    return (
        f"{conversations:,} conversations of the demo in one process, in the cache; the first of "
        f"{rounds} runs, and their median; {machine()}."
    )


def _table(seconds: dict[str, list[float]]) -> str:
    rows = [
        [question, f"{taken[0]:.2f}", f"{median(taken):.2f}"] for question, taken in seconds.items()
    ]
    return table(["question", "first, wall s", "median, wall s"], rows)


if __name__ == "__main__":
    main()
