"""Small data folders for tests, and what an export makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from raise_finetune.dataset.dedup import RenderedRows
from raise_finetune.dataset.dedup.grouping import Grouping
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.near.shingles import QuestionAnswer
from raise_finetune.dataset.near.signing import sign_texts
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.records import Example, Message, Row
from raise_finetune.dataset.report import ExportReport
from raise_finetune.dataset.writing.spool import packed

Json = dict[str, Any]


def message(role: str, content: object, **fields: object) -> Json:
    return {"role": role, "content": content, **fields}


def exchange(question: object, answer: object, **fields: object) -> list[Json]:
    """Return a question and its answer; the fields are the answer's."""
    return [message("user", question), message("assistant", answer, **fields)]


class Tree:
    """A data folder under construction."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def put(self, path: str, content: object) -> Path:
        """Write a file: bytes and text as they are, anything else as JSON."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        target.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))
        return target

    def conversation(self, name: str, *messages: Json, **fields: object) -> str:
        """Write a conversation in era C and return its record."""
        document = {"id": name, "messages": list(messages), **fields}
        self.put(f"un2/default/collections/conversations/{name}.json", document)
        return f"un2/default/conversations/{name}"

    def document(self, path: str, **fields: object) -> str:
        """Write a document (``space/database/collection/name``) and return its record."""
        space, database, collection, name = path.split("/")
        self.put(f"{space}/{database}/collections/{collection}/{name}.json", fields)
        return path


def taken_in(
    rows: list[Row], options: OutputSection, texts: Sequence[QuestionAnswer] = ()
) -> RenderedRows:
    """Return rows as an export takes them in, made of examples that say next to nothing.

    ``texts`` are what they are compared by.
    """
    messages = [Message("user", "q"), Message("assistant", "a")]
    grouping = Grouping(options)
    grouping.note(Example(row.record, row.group, row.kind, messages, 0, "", "", []) for row in rows)
    return RenderedRows([packed(rows)], grouping, sign_texts(texts) if texts else None)


@dataclass
class Exported:
    """A finished export: its report, the text of its rows and the ledger's entries."""

    path: Path
    report: ExportReport
    rows: list[str]
    ledger: list[Json]

    @property
    def fates(self) -> dict[str, str]:
        """The fate of each record."""
        fates = {entry["record"]: entry["fate"] for entry in self.ledger}
        assert len(fates) == len(self.ledger), "a record has two fates"
        return fates


def export(root: Path, output: Path, /, **recipe: object) -> Exported:
    """Export to a folder; all rows go to ``train`` unless the recipe says otherwise."""
    recipe["output"] = {"val_fraction": 0.0, **_section(recipe.get("output"))}
    made = ExportRecipe.model_validate(recipe)
    report = export_dataset(made, output, root=root, allow_empty=True)
    return read_export(output, report)


def read_export(output: Path, report: ExportReport) -> Exported:
    """Read a dataset folder back, with nothing but JSON."""
    rows = [
        orjson.loads(line)["text"]
        for file in report.files
        for line in (output / file.path).read_bytes().split(b"\n")[:-1]
    ]
    ledger = [
        orjson.loads(line) for line in (output / ".raise/ledger.jsonl").read_bytes().splitlines()
    ]
    assert len(ledger) == report.records_read == sum(report.fates.values())
    return Exported(output, report, rows, ledger)


def _section(value: object) -> Json:
    return dict(value) if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def snapshot(path: Path) -> dict[str, bytes] | bytes | None:
    """Return all that stands at a path: a file's bytes, a folder's files, or None."""
    if path.is_dir():
        return {
            str(file.relative_to(path)): file.read_bytes()
            for file in sorted(path.rglob("*"))
            if file.is_file()
        }
    return path.read_bytes() if path.exists() else None


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files under a folder that is there, by their relative paths."""
    found = snapshot(folder)
    assert isinstance(found, dict)
    return found
