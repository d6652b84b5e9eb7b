"""Tiny named-entity models made on the spot: an ONNX token classifier and a spaCy pipeline.

The classifier (``build_onnx``) knows the words of ``WORDS`` and nothing else. It reads each word
and the one before it:

- ``Karim``, ``Élodie`` and ``Dupont`` are persons; of ``Dupont`` only the first half is labelled;
- ``Moreau`` is a person only right after ``monsieur``, so a window must show both;
- ``Jean-Pierre`` is one person of two labelled words;
- ``Lyon`` is a place, ``Acme`` an organisation.

Case and accents do not matter: the tokenizer takes them off, which moves every offset.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# onnx, spacy and tokenizers leave their types open.

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import onnx
import orjson
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from tokenizers.processors import TemplateProcessing

if TYPE_CHECKING:
    from spacy.pipeline import EntityRuler

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "B-ORG", "B-MISC")
WORDS = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "monsieur", "karim", "elodie", "dup", "##ont"),
    *("moreau", "jean", "-", "pierre", "lyon", "acme", "le", "train", "porte", "."),
)
# A word's own score for a label, and what the word before it adds.
_OWN = {
    "karim": ("B-PER", 5),
    "elodie": ("B-PER", 5),
    "dup": ("B-PER", 5),
    "jean": ("B-PER", 5),
    "pierre": ("I-PER", 5),
    "lyon": ("B-LOC", 5),
    "acme": ("B-ORG", 5),
    "porte": ("B-MISC", 5),
    "moreau": ("B-PER", 1),
}
_BEFORE = {"monsieur": ("B-PER", 2)}
_OUTSIDE = 2  # the score of "O", for all words


def build_onnx(
    folder: Path,
    *,
    positions: int = 16,
    labels: Sequence[str] = LABELS,
    inputs: Sequence[str] = ("input_ids", "attention_mask"),
    unigram: bool = False,
) -> Path:
    """Write a model whose windows hold ``positions`` tokens; return its folder.

    ``unigram`` gives it a tokenizer like CamemBERT's, whose tokens hold the blank before them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_graph(inputs), folder / "model.onnx")
    _tokenizer(unigram=unigram).save(str(folder / "tokenizer.json"))
    config = {
        "model_type": "bert",
        "id2label": {str(number): label for number, label in enumerate(labels)},
        "max_position_embeddings": positions,
        "pad_token_id": 0,
    }
    (folder / "config.json").write_bytes(orjson.dumps(config))
    return folder


def build_spacy(folder: Path) -> Path:
    """Write a French pipeline that knows three names by rule; return its folder."""
    import spacy  # loads torch where there is one

    pipeline = spacy.blank("fr")
    ruler = cast("EntityRuler", pipeline.add_pipe("entity_ruler"))
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": [{"LOWER": "élodie"}, {"LOWER": "moreau"}]},
            {"label": "PER", "pattern": "Karim"},
            {"label": "LOC", "pattern": "Lyon"},
        ]
    )
    pipeline.to_disk(folder)
    return folder


def _graph(inputs: Sequence[str]) -> onnx.ModelProto:
    own, before = _scores(_OWN, _OUTSIDE), _scores(_BEFORE, 0)
    nodes = [
        helper.make_node("Slice", ["input_ids", "zero", "minus_one", "one"], ["but_last"]),
        helper.make_node("Slice", ["input_ids", "zero", "one", "one"], ["first"]),
        helper.make_node("Mul", ["first", "zero"], ["nothing"]),
        helper.make_node("Concat", ["nothing", "but_last"], ["shifted"], axis=1),
        helper.make_node("Gather", ["own", "input_ids"], ["own_scores"]),
        helper.make_node("Gather", ["before", "shifted"], ["before_scores"]),
        helper.make_node("Add", ["own_scores", "before_scores"], ["logits"]),
    ]
    constants = {"own": own, "before": before} | {
        name: np.array([value], np.int64) for name, value in _INTEGERS.items()
    }
    graph = helper.make_graph(
        nodes,
        "names",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"]) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", "t", len(LABELS)])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)


_INTEGERS = {"zero": 0, "one": 1, "minus_one": -1}


def _scores(words: dict[str, tuple[str, int]], outside: int) -> np.ndarray:
    scores = np.zeros((len(WORDS), len(LABELS)), np.float32)
    scores[:, LABELS.index("O")] = outside
    for word, (label, score) in words.items():
        scores[WORDS.index(word), LABELS.index(label)] = score
    return scores


def _tokenizer(*, unigram: bool) -> Tokenizer:
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    if unigram:
        tokenizer = Tokenizer(models.Unigram([(_piece(word), -1.0) for word in WORDS], unk_id=1))
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    else:
        tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return tokenizer


def _piece(word: str) -> str:
    return "▁" + word if word.isalpha() else word.removeprefix("##")
