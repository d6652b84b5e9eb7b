"""What an export tells: the report, the card and the notices."""

import hashlib
from itertools import count
from pathlib import Path

import orjson
import pytest

from domains.tree import Json, Tree, exchange, export
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.notice import Notice
from raise_finetune.dataset.recipe import ExportRecipe, OutputSection
from raise_finetune.dataset.recipe_file import parse_recipe
from raise_finetune.dataset.report import (
    BothSides,
    ExportReport,
    Problem,
    StratumRows,
    WrittenFile,
)
from raise_finetune.dataset.split import split_of
from raise_finetune.dataset.writing.card import dataset_card
from raise_finetune.dataset.writing.streams import streams_of
from raise_finetune.errors import BadInputError
from raise_finetune.version import __version__

LINE = b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


def test_the_report(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "a", rating=5), *exchange("q", "a", rating=4))
    tree.conversation("b", *exchange("q", "a ### CONTEXT ### x", rating=4))
    tree.put("un2/default/collections/conversations/broken.json", "{")
    exported = export(tree.root, output, examples={"context_exchanges": 0})
    assert exported.report == ExportReport(
        tool_version=__version__,
        output=str(output),
        kind="folder",
        profile="inst",
        seed=42,
        documents_read=3,
        records_read=4,
        rows=1,
        splits={"train": 1},
        strata=(StratumRows(source="un2/default/conversations", language="", rows={"train": 1}),),
        both_sides=BothSides(conversations=0, near_duplicates=0),
        fates={"duplicate": 2, "exported": 1, "invalid_json": 1},
        repairs={},
        sanitized=True,
        masked={},
        files=(
            WrittenFile(
                path="data/train.jsonl",
                split="train",
                rows=1,
                bytes=len(LINE),
                sha256=hashlib.sha256(LINE).hexdigest(),
            ),
        ),
        problems=(
            Problem(
                record="un2/default/conversations/broken",
                fate="invalid_json",
                detail=exported.report.problems[0].detail,
            ),
        ),
        notices=(),
    )
    assert (output / "data/train.jsonl").read_bytes() == LINE


def test_the_files_beside_the_data(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    exported = export(tree.root, output, output={"seed": 7})
    assert sorted(path.name for path in output.iterdir()) == [".raise", "README.md", "data"]
    assert sorted(path.name for path in (output / ".raise").iterdir()) == [
        "ledger.jsonl",
        "manifest.json",
        "recipe.toml",
        "report.json",
    ]
    written = (output / ".raise/report.json").read_bytes()
    without_path = exported.report.model_copy(update={"output": output.name})
    assert written == without_path.to_json()
    assert written.endswith(b"}\n")
    assert ExportReport.model_validate_json(written) == without_path
    assert list(orjson.loads(written)) == list(ExportReport.model_fields)
    recipe = parse_recipe((output / ".raise/recipe.toml").read_text("utf-8"), "r")
    assert recipe == ExportRecipe.model_validate({"output": {"seed": 7, "val_fraction": 0}})


def test_one_file_and_nothing_else(tree: Tree, tmp_path: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    (tmp_path / "out").mkdir()
    report = export_dataset(ExportRecipe(), tmp_path / "out/x.jsonl", root=tree.root)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x.jsonl"]
    assert (tmp_path / "out/x.jsonl").read_bytes() == LINE
    assert (report.kind, report.splits, report.rows) == ("file", {"all": 1}, 1)
    assert report.files[0].path == "x.jsonl"


CARD = """\
---
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train.jsonl
  - split: validation
    path: data/val.jsonl
  - split: test
    path: data/test.jsonl
dataset_info:
  features:
  - name: text
    dtype: string
---

# my set

Training data exported from a RAISE domain by `raise-finetune`.

Prompt profile: `inst`. Columns: `text`.

| split | file | rows |
|---|---|---|
| train | data/train.jsonl | 3 |
| validation | data/val.jsonl | 2 |
| test | data/test.jsonl | 1 |

```python
from datasets import load_dataset

dataset = load_dataset("path/to/this/folder")
```

The recipe, the report and the fate of every source record lie in `.raise/`.
"""


def test_the_card():
    files = [
        WrittenFile(path=f"data/{split}.jsonl", split=split, rows=rows, bytes=0, sha256="")
        for split, rows in (("train", 3), ("val", 2), ("test", 1))
    ]
    assert dataset_card("my set", files, streams_of(OutputSection())) == CARD


def test_the_card_of_an_empty_dataset_names_no_files(tree: Tree, output: Path):
    exported = export(tree.root, output)
    assert exported.report.rows == 0
    card = (output / "README.md").read_text("utf-8")
    assert card.startswith(
        "---\ndataset_info:\n  features:\n  - name: text\n    dtype: string\n---"
    )
    assert not (output / "data").exists()


def test_a_side_that_got_no_row_is_noticed(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    exported = export(tree.root, output, output={"val_fraction": 0.001, "test_fraction": 0.001})
    assert exported.report.notices == (
        Notice(code="split_empty", params={"split": "val", "rows": "1"}),
        Notice(code="split_empty", params={"split": "test", "rows": "1"}),
    )


def test_a_side_too_small_to_measure_by_is_noticed(tree: Tree, output: Path):
    for number in range(40):
        tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
    exported = export(tree.root, output, output={"val_fraction": 0.1, "test_fraction": 0.4})
    rows = exported.report.splits["val"]
    assert 0 < rows < 10 <= exported.report.splits["test"]
    params = {"split": "val", "rows": str(rows)}
    assert exported.report.notices == (Notice(code="split_small", params=params),)


def test_fates_that_are_as_common_stand_in_alphabetical_order(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "a"))
    tree.conversation("b", *exchange("q", "b", rating=5))
    assert list(export(tree.root, output).report.fates.items()) == [
        ("exported", 1),
        ("unrated", 1),
    ]


def test_a_side_of_ten_rows_is_large_enough(tree: Tree, output: Path):
    options, in_val = OutputSection(val_fraction=0.3), 0
    for number in count():
        record = tree.conversation(f"c{number}", *exchange(f"q{number}", "a", rating=5))
        in_val += split_of(record, options) == "val"
        if in_val == 10:
            break
    exported = export(tree.root, output, output={"val_fraction": 0.3})
    assert exported.report.splits["val"] == 10
    assert exported.report.notices == ()


def test_one_file_has_no_sides_to_notice(tree: Tree, tmp_path: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    for val_fraction in (0.001, 0.999):
        recipe = ExportRecipe.model_validate({"output": {"val_fraction": val_fraction}})
        report = export_dataset(recipe, tmp_path / "x.jsonl", root=tree.root)
        assert (report.notices, report.rows) == ((), 1)


def test_nothing_to_train_on_is_refused(tree: Tree, output: Path):
    tree.conversation("a", *exchange("q", "a", rating=5))
    with pytest.raises(BadInputError) as caught:
        export(tree.root, output, output={"val_fraction": 0.999})
    assert (caught.value.code, caught.value.params) == ("no_training_rows", {"rows": 1})
    assert not output.exists()


WAL: Json = {
    "id": "x",
    "operations": [
        {"Insert": {"collection": "articles", "id": "lost", "document": {}}},
        {"Delete": {"collection": "articles", "id": "gone"}},
    ],
}


def test_what_a_crash_left_is_noticed(tree: Tree, output: Path):
    tree.document("un2/default/articles/a", title="T", body="x")
    tree.document("un2/other/articles/a", title="U", body="y")
    tree.put("un2/default/wal/1.json", WAL)
    tree.put("un2/other/wal/2.json", "{")
    exported = export(tree.root, output)
    assert exported.report.notices == (
        Notice(
            code="leftover_transaction",
            params={
                "transaction": "un2/default/wal/1.json",
                "documents": "articles/lost, articles/gone",
            },
        ),
        Notice(
            code="leftover_transaction",
            params={"transaction": "un2/other/wal/2.json", "documents": "—"},
        ),
    )
    one = export(tree.root, output, source={"databases": ["other"]})
    assert [notice.params["transaction"] for notice in one.report.notices] == [
        "un2/other/wal/2.json"
    ]


def test_folders_that_are_links_are_noticed(tree: Tree, tmp_path: Path, output: Path):
    tree.document("un2/default/articles/a", title="T", body="x")
    (tmp_path / "disk").mkdir()
    for link in ("un3", "un2/default/collections/conversations"):
        (tree.root / link).symlink_to(tmp_path / "disk")
    exported = export(tree.root, output)
    folders = "un2/default/conversations, un3"
    assert exported.report.notices == (
        Notice(code="folders_left_out", params={"folders": folders}),
    )
    one = export(tree.root, output, source={"spaces": ["un2"], "collections": ["articles"]})
    assert one.report.notices == ()
