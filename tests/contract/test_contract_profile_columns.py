"""``datasets`` loads every profile's columns with the types that the card gives."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from datasets import List, Value, load_dataset  # pyright: ignore[reportUnknownVariableType]

from raise_finetune.dataset.prompts import get_profile, profile_names, text_profile_names
from raise_finetune.dataset.prompts.profile import Feature, PromptProfile
from raise_finetune.dataset.prompts.render import encode_line
from raise_finetune.dataset.recipe import OutputSection
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.report import WrittenFile
from raise_finetune.dataset.writing.card import dataset_card
from raise_finetune.dataset.writing.streams import streams_of

DATES = [
    [Message("user", "2024-01-01"), Message("assistant", "2024-02-02T10:00:00")],
    [
        Message("system", "2024-03-03"),
        Message("user", "2024-04-04"),
        Message("assistant", "2024-05-05"),
        Message("user", "2024-06-06"),
        Message("assistant", "2024-07-07"),
    ],
]
WORDS = [
    [
        Message("system", "é"),
        Message("user", "When?\u2028"),
        Message("assistant", "Then.\u2029"),
        Message("user", "When?\u0085"),
        Message("assistant", "Now."),
    ]
]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)


def write(folder: Path, profile: PromptProfile, conversations: Sequence[list[Message]]) -> None:
    files: list[WrittenFile] = []
    (folder / "data").mkdir(parents=True)
    for split in ("train", "val"):
        path = f"data/{split}.jsonl"
        lines = [encode_line(profile.row(messages)) for messages in conversations]
        (folder / path).write_bytes(b"".join(lines))
        files.append(WrittenFile(path=path, split=split, rows=1, bytes=1, sha256=""))
    (folder / "README.md").write_text(
        dataset_card("demo", files, streams_of(OutputSection(profile=profile.name))), "utf-8"
    )


def load(folder: Path) -> Mapping[str, Any]:
    return cast("Any", load_dataset(str(folder), cache_dir=str(folder.parent / "cache")))


def features(profile: PromptProfile) -> dict[str, object]:
    return {column: expected_feature(feature) for column, feature in profile.columns.items()}


def expected_feature(feature: Feature) -> object:
    if isinstance(feature, str):
        return Value(feature)
    return List({name: Value(dtype) for struct in feature for name, dtype in struct.items()})


def strings(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(cast("dict[str, object]", value).values())
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from strings(item)
    else:
        yield value


@pytest.mark.parametrize("name", profile_names())
def test_all_columns_load_as_they_were_written(name: str, tmp_path: Path):
    profile = get_profile(name)
    write(tmp_path / "dataset", profile, DATES + WORDS)
    loaded = load(tmp_path / "dataset")
    assert list(loaded) == ["train", "validation"]
    for split in loaded.values():
        assert list(split) == [profile.row(messages) for messages in DATES + WORDS]
        assert dict(split.features) == features(profile)


@pytest.mark.parametrize("name", text_profile_names())
def test_dates_alone_stay_what_they_are_in_text(name: str, tmp_path: Path):
    profile = get_profile(name)
    write(tmp_path / "dataset", profile, DATES)
    assert list(load(tmp_path / "dataset")["train"]) == [profile.row(one) for one in DATES]


@pytest.mark.parametrize("name", ["messages", "sharegpt", "alpaca"])
def test_a_column_of_dates_alone_stays_a_column_of_strings(name: str, tmp_path: Path):
    """The loader guesses before it reads the card, and writes the guessed dates out again."""
    profile = get_profile(name)
    write(tmp_path / "dataset", profile, DATES)
    train = load(tmp_path / "dataset")["train"]
    assert dict(train.features) == features(profile)
    values = list(strings(list(train)))
    assert all(isinstance(value, str) for value in values)
    assert any(value == "2024-07-07 00:00:00" for value in values)
