"""SentencePiece models, as ``transformers`` runs them on finished text."""

from pathlib import Path

from sentencepiece import SentencePieceProcessor

from raise_finetune.dataset.prompts.reserved import reserved_strings
from raise_finetune.dataset.tokens.splitting import ControlSplitter

# A last ``normalizer_spec { add_dummy_prefix: false }``, which protobuf merges with the first.
_NO_SPACE_BEFORE = b"\x1a\x02\x18\x00"


class SentencePieceTokenizer:
    """A ``.model`` file.

    The model's own encoder puts a space before each text. A trainer's tokenizer does so at the
    start of the line only, or in ``legacy`` builds of Llama 2 and the first Mistrals after each
    control token.
    """

    def __init__(
        self, path: Path, *, name: str, profile: str | None = None, legacy: bool = False
    ) -> None:
        self.name = name
        self.profile = profile
        self._legacy = legacy
        proto = path.read_bytes()
        self._model = SentencePieceProcessor(model_proto=proto)
        self._model_without_space = SentencePieceProcessor(model_proto=proto + _NO_SPACE_BEFORE)
        self.control_ids = {
            self._model.id_to_piece(token): token
            for token in range(self._model.vocab_size())
            if self._is_control(token)
        }
        self.bos_added: int | None = self._model.bos_id()
        self._splitter = ControlSplitter(self.control_ids)

    def encode_line(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        ids: list[int] = []
        for piece in self._splitter.split(text):
            if isinstance(piece, int):
                ids.append(piece)
            elif self._legacy or (not ids and not piece.startswith(" ")):
                ids += self._model.encode(piece)
            else:
                ids += self._model_without_space.encode(piece)
        return ids

    def encode_text(self, text: str) -> list[int]:
        """See ``Tokenizer``."""
        return self._model.encode(text)

    def piece(self, token: int) -> str:
        """See ``Tokenizer``."""
        return self._model.id_to_piece(token)

    def _is_control(self, token: int) -> bool:
        if self._model.is_control(token) or self._model.is_unknown(token):
            return True
        return self._model.id_to_piece(token) in reserved_strings()
