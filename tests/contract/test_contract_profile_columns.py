"""``datasets`` loads every profile's columns with the types that the card gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import datasets
import pytest
from datasets import List, Value, load_dataset

from raise_finetune.dataset.card import dataset_card
from raise_finetune.dataset.prompts import get_profile, profile_names, text_profile_names
from raise_finetune.dataset.prompts.profile import Feature
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import WrittenFile

# Answers that all look like dates: without types, a loader makes timestamps of them.
CONVERSATIONS = [
    [Message("user", "2024-01-01"), Message("assistant", "2024-02-02T10:00:00")],
    [
        Message("system", "2024-03-03"),
        Message("user", "2024-04-04"),
        Message("assistant", "2024-05-05"),
        Message("user", "2024-06-06\u2028\u2029\u0085"),
        Message("assistant", "2024-07-07"),
    ],
]


def expected_feature(feature: Feature) -> object:
    if isinstance(feature, str):
        return Value(feature)
    return List({name: Value(dtype) for struct in feature for name, dtype in struct.items()})


@pytest.mark.parametrize("name", profile_names())
def test_all_columns_load_as_the_card_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    profile = get_profile(name)
    folder = tmp_path / "dataset"
    (folder / "data").mkdir(parents=True)
    rows: list[Mapping[str, object]] = [profile.row(messages) for messages in CONVERSATIONS]
    files: list[WrittenFile] = []
    for split, line in zip(("train", "val"), map(encode_line, rows), strict=True):
        path = f"data/{split}.jsonl"
        (folder / path).write_bytes(line)
        files.append(WrittenFile(path=path, split=split, rows=1, bytes=len(line), sha256=""))
    (folder / "README.md").write_text(dataset_card("demo", files, profile), "utf-8")

    loaded = cast("Any", load_dataset(str(folder), cache_dir=str(tmp_path / "cache")))

    assert list(loaded) == ["train", "validation"]
    assert [loaded["train"][0], loaded["validation"][0]] == rows
    features = {column: expected_feature(kind) for column, kind in profile.columns.items()}
    assert dict(loaded["train"].features) == features


def test_text_and_structured_profiles_are_all_covered():
    assert set(profile_names()) - set(text_profile_names()) == {"messages", "sharegpt", "alpaca"}
