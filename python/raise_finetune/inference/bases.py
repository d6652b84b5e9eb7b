"""GGUF files of the bases that lie on this machine, made once and kept for all comparisons."""

from collections.abc import Callable
from pathlib import Path

from xxhash import xxh3_64_hexdigest

from raise_finetune.adapters.base_gguf import convert_base
from raise_finetune.adapters.model_config import CONFIG_FILE
from raise_finetune.adapters.vocabulary import TOKENIZER_FILE
from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import make_folders


def base_gguf(base: Path, home: Path) -> Path:
    """Return where the GGUF file of a base's folder is kept, whether it is there or not.

    A base whose files have changed has another one. Raises ``BadInputError`` where there is no
    such folder.
    """
    if not (base / CONFIG_FILE).is_file():
        raise BadInputError("base_incomplete", path=base, file=CONFIG_FILE)
    files = [CONFIG_FILE, TOKENIZER_FILE, *sorted(path.name for path in base.glob("*.safetensors"))]
    facts = [str(base.resolve())]
    for name in files:
        if (base / name).is_file():
            status = (base / name).stat()
            facts += (name, str(status.st_size), str(status.st_mtime_ns))
    digest = xxh3_64_hexdigest("\0".join(facts).encode("utf-8", "surrogatepass"))
    return home / f"{base.name}-{digest[:8]}.gguf"


def make_base_gguf(
    base: Path, home: Path, on_tensor: Callable[[int, int], None] = lambda _done, _total: None
) -> Path:
    """Return the GGUF file of a base's folder, made now if it was not yet; as large as the base.

    ``on_tensor`` is told how far it is; what it raises stops the work.
    """
    path = base_gguf(base, home)
    if not path.is_file():
        make_folders(home)
        convert_base(base, path, on_tensor)
    return path
