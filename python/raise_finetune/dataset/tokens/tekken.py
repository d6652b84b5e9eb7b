"""Mistral's Tekken tokenizers."""

from pathlib import Path
from typing import Any

import orjson
from mistral_common.tokens.tokenizers.tekken import Tekkenizer

from raise_finetune.dataset.tokens.splitting import ControlSplitter

# A thousand in those of Mistral. The library makes as many as the file says before it looks.
_MOST_SPECIAL_TOKENS = 1 << 16


class TekkenTokenizer:
    """A ``tekken.json`` file; control tokens and text are apart in its own encoder already."""

    def __init__(self, path: Path, *, name: str, profile: str | None = None) -> None:
        self.name = name
        self.profile = profile
        _check_size(path)
        self._model = Tekkenizer.from_file(path)
        self.control_ids = {
            self._model.id_to_piece(token): token for token in sorted(self._model.special_ids)
        }
        self.bos_added: int | None = self._model.bos_id
        self._splitter = ControlSplitter(self.control_ids)

    def encode_line(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        ids: list[int] = []
        for piece in self._splitter.split(text):
            ids += [piece] if isinstance(piece, int) else self.encode_text(piece)
        return ids

    def encode_text(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        return self._model.encode(text, bos=False, eos=False)

    def piece(self, token: int) -> str:
        """See ``Tokenizer``."""
        return self._model.id_to_piece(token)


def _check_size(path: Path) -> None:
    """Refuse a file whose special tokens alone would fill the memory; raises ``ValueError``."""
    file: Any = orjson.loads(path.read_bytes())
    if file["config"]["default_num_special_tokens"] > _MOST_SPECIAL_TOKENS:
        raise ValueError("config.default_num_special_tokens")
