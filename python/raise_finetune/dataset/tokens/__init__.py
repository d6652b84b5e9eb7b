"""The token check: whether a trainer reads exactly what the model was made for."""

from raise_finetune.dataset.tokens.check import TokenCheck
from raise_finetune.dataset.tokens.counts import TokenCounts
from raise_finetune.dataset.tokens.load import bundled_tokenizers, load_tokenizer
from raise_finetune.dataset.tokens.preview import TokenView, preview_tokens
from raise_finetune.dataset.tokens.tokenizer import Tokenizer

__all__ = [
    "TokenCheck",
    "TokenCounts",
    "TokenView",
    "Tokenizer",
    "bundled_tokenizers",
    "load_tokenizer",
    "preview_tokens",
]
