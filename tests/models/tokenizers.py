"""Tokenizer files of a few tokens, one of each format, as values that a test can change."""

import base64
import io
from typing import Any

import sentencepiece

_LATIN = r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s+"


def _special(number: int, content: str) -> dict[str, Any]:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {"id": number, "content": content, "special": True, **flags}


TOKENIZER_JSON: dict[str, Any] = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [_special(0, "<unk>"), _special(1, "<s>"), _special(2, "</s>")],
    "normalizer": {
        "type": "Sequence",
        "normalizers": [
            {"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
        ],
    },
    "pre_tokenizer": {
        "type": "Sequence",
        "pretokenizers": [
            {
                "type": "Split",
                "pattern": {"Regex": _LATIN},
                "behavior": "Isolated",
                "invert": False,
            },
            {
                "type": "ByteLevel",
                "add_prefix_space": False,
                "trim_offsets": True,
                "use_regex": False,
            },
        ],
    },
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": "<s>", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
        ],
        "pair": [
            {"Sequence": {"id": "A", "type_id": 0}},
            {"Sequence": {"id": "B", "type_id": 1}},
        ],
        "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}},
    },
    "decoder": None,
    "model": {
        "type": "BPE",
        "dropout": None,
        "unk_token": "<unk>",
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": True,
        "byte_fallback": True,
        "ignore_merges": False,
        "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "a": 3, "b": 4, "ab": 5, "▁": 6, "<0x0A>": 7},
        "merges": [["a", "b"]],
    },
}


def _ranked(number: int, content: bytes) -> dict[str, Any]:
    encoded = base64.b64encode(content).decode()
    return {"rank": number, "token_bytes": encoded, "token_str": None}


TEKKEN_JSON: dict[str, Any] = {
    "config": {
        "pattern": _LATIN,
        "num_vocab_tokens": 258,
        "default_vocab_size": 278,
        "default_num_special_tokens": 20,
        "version": "v3",
    },
    "vocab": [
        *(_ranked(byte, bytes([byte])) for byte in range(256)),
        _ranked(256, b"th"),
        _ranked(257, b"the"),
    ],
}


def sentencepiece_model() -> bytes:
    """Return a ``tokenizer.model`` of 330 pieces."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(  # pyright: ignore[reportUnknownMemberType]
        sentence_iterator=iter(["the answer of the system", "la réponse du système"] * 5),
        model_writer=model,
        model_type="bpe",
        vocab_size=330,
        byte_fallback=True,
        control_symbols=["[INST]"],
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
    )
    return model.getvalue()
