"""The classifier's entities, character for character."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ner import build_onnx
from raise_finetune.dataset.sanitize.ner.folder import load_model
from raise_finetune.dataset.sanitize.ner.model import NerModel, UnfitModelError

Named = list[tuple[str, str]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> NerModel:
    return load_model(build_onnx(tmp_path_factory.mktemp("ner")))


@pytest.fixture(scope="module")
def named(model: NerModel) -> Callable[[str], Named]:
    def name(text: str) -> Named:
        return [(e.kind, text[e.start : e.end]) for e in model.entities([text])[0]]

    return name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le train de Karim", [("person", "Karim")]),
        ("Dupont, Lyon, Acme", [("person", "Dupont"), ("place", "Lyon"), ("organisation", "Acme")]),
        ("Jean-Pierre et Karim", [("person", "Jean-Pierre"), ("person", "Karim")]),
        ("Jean Pierre", [("person", "Jean Pierre")]),
        ("Karim Élodie", [("person", "Karim"), ("person", "Élodie")]),
        ("Monsieur Moreau", [("person", "Moreau")]),
        ("le moreau", []),
        ("la porte", []),
        ("", []),
        ("🚆🚆 Élodie 🚆", [("person", "Élodie")]),
        ("E\u0301lodie, DUPONT", [("person", "E\u0301lodie"), ("person", "DUPONT")]),
        ("[SEP] Karim [PAD]", [("person", "Karim")]),
        ("monsieur\u00a0Moreau\u202f!", [("person", "Moreau")]),
    ],
)
def test_entities(named: Callable[[str], Named], text: str, expected: Named):
    assert named(text) == expected


def test_several_texts_at_once(model: NerModel):
    texts = ["Karim", "", "le train", "le train le train le train Karim", "Lyon"] * 20
    alone = [model.entities([text])[0] for text in texts]
    assert model.entities(texts) == alone


@pytest.mark.parametrize("before", range(24))
def test_names_at_the_edges_of_windows(named: Callable[[str], Named], before: int):
    text = "le " * before + "monsieur Moreau " + "le " * 40 + "monsieur Moreau"
    assert named(text) == [("person", "Moreau")] * 2


def test_a_long_text_of_names(model: NerModel):
    unit = "monsieur Moreau le train Élodie . "
    found = model.entities([unit * 300])[0]
    assert [(e.start, e.end) for e in found] == [
        (number * len(unit) + start, number * len(unit) + start + length)
        for number in range(300)
        for start, length in ((9, 6), (25, 6))
    ]


@pytest.fixture(scope="module")
def unigram(tmp_path_factory: pytest.TempPathFactory) -> NerModel:
    return load_model(build_onnx(tmp_path_factory.mktemp("ner"), unigram=True))


ORDINARY = st.sampled_from(
    ["le", "train", "🚆", "ﬁn", "I\u0307", "e\u0301te\u0301", "漢字", "?", "ß"]
)
NAMES = {"Karim": "person", "élodie": "person", "E\u0301LODIE": "person", "Lyon": "place"}


@given(
    st.lists(ORDINARY | st.sampled_from(list(NAMES)), max_size=60),
    st.sampled_from([" ", "\n", "\u00a0"]),
)
def test_offsets_are_exact_in_any_writing(
    model: NerModel, unigram: NerModel, words: list[str], blank: str
):
    text = blank.join(words)
    expected = [(NAMES[word], word) for word in words if word in NAMES]
    for each in (model, unigram):
        (found,) = each.entities([text])
        assert [(e.kind, text[e.start : e.end]) for e in found] == expected


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"labels": ("O", "B-PER")}, "labels"),
        ({"inputs": ("input_ids", "pixel_values")}, "inputs pixel_values"),
        ({"positions": 7}, "max_position_embeddings leaves 7 tokens"),
    ],
)
def test_unfit_models_say_why(tmp_path: Path, change: dict[str, tuple[str, ...]], reason: str):
    folder = build_onnx(tmp_path, **change)  # pyright: ignore[reportArgumentType]
    with pytest.raises(UnfitModelError, match=reason):
        load_model(folder).entities(["Karim"])


def test_labels_with_gaps_are_unfit(tmp_path: Path):
    folder = build_onnx(tmp_path)
    config = orjson.loads((folder / "config.json").read_bytes())
    del config["id2label"]["3"]
    (folder / "config.json").write_bytes(orjson.dumps(config))
    with pytest.raises(UnfitModelError, match="gaps"):
        load_model(folder)


def test_an_empty_folder_is_no_model(tmp_path: Path):
    with pytest.raises(UnfitModelError, match=r"no config\.cfg and no model\.onnx"):
        load_model(tmp_path)


def test_the_graph_may_lie_in_a_folder_of_its_own(tmp_path: Path):
    folder = build_onnx(tmp_path)
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert load_model(folder).kinds == {"person", "place", "organisation"}
