"""A folder with a named-entity model: which kind it holds, and the model loaded."""

from pathlib import Path

from raise_finetune.dataset.sanitize.ner.model import NerModel, UnfitModelError

SPACY_FILE = "config.cfg"
ONNX_FILES = ("model.onnx", "onnx/model.onnx")
TOKENIZER_FILE = "tokenizer.json"
CONFIG_FILE = "config.json"


def is_model_folder(folder: Path) -> bool:
    """Tell whether a folder looks like a spaCy pipeline or an ONNX token classifier."""
    return _is_spacy(folder) or _onnx_file(folder) is not None


def load_model(folder: Path) -> NerModel:
    """Load the model in a folder.

    Raises ``ImportError`` when its library is not installed, ``UnfitModelError`` or whatever its
    library raises when it is no usable model.
    """
    if _is_spacy(folder):
        from raise_finetune.dataset.sanitize.ner.spacy_model import SpacyModel

        return SpacyModel(folder)
    file = _onnx_file(folder)
    if file is None:
        raise UnfitModelError(f"no {SPACY_FILE} and no {ONNX_FILES[0]}")
    from raise_finetune.dataset.sanitize.ner.onnx_model import OnnxModel

    return OnnxModel(file, folder / TOKENIZER_FILE, folder / CONFIG_FILE)


def _is_spacy(folder: Path) -> bool:
    return (folder / SPACY_FILE).is_file()


def _onnx_file(folder: Path) -> Path | None:
    if not ((folder / TOKENIZER_FILE).is_file() and (folder / CONFIG_FILE).is_file()):
        return None
    return next((folder / name for name in ONNX_FILES if (folder / name).is_file()), None)
