"""A ``Modelfile``: what ``ollama create`` reads to serve a base with its adapter."""

from collections.abc import Iterator
from pathlib import Path

from raise_finetune.adapters.ollama_template import ollama_template
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.regular_file import check_regular
from raise_finetune.storage.atomic import write_file

MODELFILE = "Modelfile"
_BEGIN = "# Prompt profile: "


def format_modelfile(base: Path, adapter: Path, profile: TextProfile, context: int | None) -> str:
    """Return the file's text.

    ``context`` is the longest conversation, in tokens, that the adapter was trained on.
    """
    return "\n".join(_lines(base, adapter, profile, context)) + "\n"


def write_modelfile(target: Path, content: str) -> None:
    """Write the file in one step; raise ``BadInputError`` or ``FailedError`` where it fails."""
    write_file(target, content.encode())


def is_modelfile_of_ours(path: Path) -> bool:
    """Tell whether a file begins as those do that are written here."""
    try:
        check_regular(path)
        with path.open("rb") as file:
            return file.read(len(_BEGIN)) == _BEGIN.encode()
    except OSError:
        return False


def _lines(base: Path, adapter: Path, profile: TextProfile, context: int | None) -> Iterator[str]:
    yield f"{_BEGIN}{profile.name}. Use: ollama create NAME -f {MODELFILE}"
    yield f"FROM {_path(base)}"
    yield f"ADAPTER {_path(adapter)}"
    yield f'TEMPLATE """{ollama_template(profile)}"""'
    for stop in _stops(profile):
        yield f'PARAMETER stop "{stop}"'
    if context is not None:
        yield f"PARAMETER num_ctx {context}"


def _path(path: Path) -> str:
    text = path.as_posix()
    return f'"{text}"' if " " in text else text


def _stops(profile: TextProfile) -> Iterator[str]:
    """Yield what ends an answer: EOS, and the beginning of a question that the model makes up."""
    yield profile.special_tokens.eos
    template = ollama_template(profile)
    for opening in ("[INST]", "<|start_header_id|>", "<|im_start|>", "<start_of_turn>"):
        if opening in template:
            yield opening
