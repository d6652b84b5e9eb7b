"""Where the figures are kept: one JSON file for each benchmark, beside the table made of them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench.processes import Usage, machine

FOLDER = Path(__file__).parent / "results"


def keep(name: str, figures: Mapping[str, object]) -> None:
    """Write the figures of a benchmark, with the machine and the day they were taken on."""
    FOLDER.mkdir(exist_ok=True)
    content = {"machine": machine(), "day": datetime.now(UTC).date().isoformat(), **figures}
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def plain(usages: Mapping[str, Usage]) -> dict[str, dict[str, float]]:
    """Return what processes took as JSON holds it."""
    return {way: usage._asdict() for way, usage in usages.items()}
