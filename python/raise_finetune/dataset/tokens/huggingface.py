"""HuggingFace ``tokenizer.json`` files."""

from pathlib import Path

import tokenizers

from raise_finetune.dataset.prompts.reserved import reserved_strings
from raise_finetune.dataset.tokens.growth import check_growth


class HuggingFaceTokenizer:
    """A ``tokenizer.json`` file, run by the library that runs it in a trainer.

    Not for several threads at once: encoding a text alone switches control tokens off meanwhile.
    """

    def __init__(self, path: Path, *, name: str) -> None:
        self.name = name
        self.profile: str | None = None
        check_growth(path)
        self._model = tokenizers.Tokenizer.from_file(str(path))
        self._model.no_truncation()
        self._model.no_padding()
        added = self._model.get_added_tokens_decoder()
        self.control_ids = {
            token.content: token_id
            for token_id, token in added.items()
            if token.special or token.content in reserved_strings()
        }
        self.bos_added: int | None = self._bos_added()

    def encode_line(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        return self._model.encode(text, add_special_tokens=False).ids

    def encode_text(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        self._model.encode_special_tokens = True
        try:
            return self.encode_line(text)
        finally:
            self._model.encode_special_tokens = False

    def piece(self, token: int) -> str:
        """See ``Tokenizer``."""
        return self._model.id_to_token(token) or ""

    def _bos_added(self) -> int | None:
        """Find out by doing: files say so in several ways."""
        with_special = self._model.encode("a").ids
        without = self.encode_line("a")
        return with_special[0] if with_special[:1] != without[:1] else None
