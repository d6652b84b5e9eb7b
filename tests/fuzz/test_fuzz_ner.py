"""Damaged folders of named-entity models: unfit, and what that says is the folder's name."""

import io
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains.fuzzing import damaged, encoded, files_like, only_bad_input, tries
from models.ner import build_onnx, build_spacy
from raise_finetune.dataset.sanitize.ner.child import replies
from raise_finetune.dataset.sanitize.ner.messages import Failed, Load, Recognize
from raise_finetune.dataset.sanitize.ner.tier import NerTier
from raise_finetune.errors import RaiseError

TEXTS = ("Le train de Karim", "monsieur Moreau " * 40, "", "[SEP] \ufffd")


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_onnx(tmp_path_factory.mktemp("ner"))


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_spacy(tmp_path_factory.mktemp("spacy") / "model")


@contextmanager
def replaced(path: Path, content: bytes) -> Generator[None]:
    good = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(good)


def answers(folder: Path) -> list[str]:
    """Return what the model's process would say, without starting one: it may end, too."""
    requests = b"".join(
        line.to_line() for line in (Load(folder=str(folder)), Recognize(texts=TEXTS))
    )
    said: list[str] = []
    try:
        with only_bad_input():
            said.extend(
                reply.code if isinstance(reply, Failed) else reply.reply
                for reply in replies(io.BytesIO(requests))
            )
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; no module exports it
            raise
        said.append("ended")
    return said


FINE = ["ready", "recognized"]
# Who is not installed may also be a language that a pipeline only seems to ask for.
BAD = (
    ["ner_model_unfit"],
    ["ner_not_installed"],
    ["ready", "ner_model_unfit"],
    ["ready", "ner_failed"],
)
ENDED = (["ended"], ["ready", "ended"])


@tries(60)
@given(data=st.data())
def test_classifiers(classifier: Path, data: st.DataObject):
    path = classifier / data.draw(st.sampled_from(["config.json", "tokenizer.json"]))
    content = path.read_bytes()
    assert answers(classifier) == FINE
    with replaced(path, data.draw(files_like(orjson.loads(content)))):
        assert answers(classifier) in (FINE, *BAD, *ENDED)


def with_config(**changes: Any) -> bytes:
    labels = {"0": "O", "1": "B-PER", "2": "I-PER", "3": "B-LOC", "4": "B-ORG", "5": "B-MISC"}
    return encoded({"model_type": "bert", "id2label": labels, "pad_token_id": 0, **changes})


@pytest.mark.parametrize(
    "config",
    [
        with_config(id2label={}),
        with_config(id2label={str(10**30): "O"}),
        with_config(pad_token_id=2**63),
        with_config(pad_token_id=-1),
        with_config(max_position_embeddings=-(10**30)),
        with_config(max_position_embeddings=10**30),
        with_config(model_type="roberta", pad_token_id=10**30),
    ],
)
def test_odd_numbers_of_a_classifier(classifier: Path, config: bytes):
    with replaced(classifier / "config.json", config):
        assert answers(classifier) in (FINE, *BAD)


@tries(3)
@given(data=st.data())
def test_damaged_graphs(classifier: Path, data: st.DataObject):
    """In its own process: what is native may end it."""
    path = classifier / "model.onnx"
    with (
        replaced(path, data.draw(damaged(path.read_bytes()))),
        only_bad_input(naming=classifier, kind=RaiseError),
        NerTier(classifier) as tier,
    ):
        tier.findings(TEXTS)


@tries(15)
@given(data=st.data())
def test_pipelines(pipeline: Path, data: st.DataObject):
    names = (
        "config.cfg",
        "meta.json",
        "tokenizer",
        "entity_ruler/patterns.jsonl",
        "vocab/lookups.bin",
    )
    path = pipeline / data.draw(st.sampled_from(names))
    with replaced(path, data.draw(damaged(path.read_bytes()))):
        assert answers(pipeline) in (FINE, *BAD)
