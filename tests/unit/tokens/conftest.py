"""Real tokenizers for Mistral, and small ones built here for the other families."""

import io
import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, trainers
from tokenizers.pre_tokenizers import ByteLevel, Split
from tokenizers.pre_tokenizers import Sequence as Steps
from tokenizers.processors import TemplateProcessing

from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.records import Message
from raise_finetune.dataset.tokens import Tokenizer as CheckedTokenizer
from raise_finetune.dataset.tokens import load_tokenizer

# What Llama 3 and Qwen cut text with before they look for tokens.
_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_CORPUS = [
    "user assistant system model\n\nthe answer is a question about the test of the system",
    "le système répond à la question de l'utilisateur, avec des réponses claires et précises",
    "def answer(question: str) -> str:\n    return question\n\n<b>bold</b> [link](target) | a |",
    "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n",
]
_FRAGMENTS = [
    "a", "the answer", "réponse", "Ça va ?", "naïve", "日本語", "😀", "👩\u200d💻", "x = 1", "<b>",
    "</b>", "[1]", "(x)", "| a |", "{}", "\n", "\n\n", " ", "  ", "\t", "▁", "\\", "/", "-", "…",
    "\u00a0", "\u200b", "\u2028", "1234", "it's", "\r\n", "é", "e\u0301", "#", "```", "[INST",
    "<s", "\x7f",
]  # fmt: skip


@pytest.fixture(scope="session")
def bundled() -> Callable[[str], CheckedTokenizer]:
    return cache(load_tokenizer)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], CheckedTokenizer]:
    """Return a function that builds the ``tokenizer.json`` of a profile's family and loads it."""
    folder = tmp_path_factory.mktemp("tokenizers")

    @cache
    def build(profile_name: str) -> CheckedTokenizer:
        profile = get_text_profile(profile_name)
        model = _gemma_model() if profile.family == "gemma" else _byte_level_model()
        _add_control_tokens(model, profile.control_strings)
        bos = profile.special_tokens.bos
        if bos:
            model.post_processor = TemplateProcessing(  # pyright: ignore[reportAttributeAccessIssue]
                single=f"{bos} $A", special_tokens=[(bos, model.token_to_id(bos) or 0)]
            )
        path = folder / profile_name / "tokenizer.json"
        path.parent.mkdir()
        model.save(str(path))
        return load_tokenizer(str(path.parent))

    return build


@pytest.fixture(scope="session")
def sentencepiece_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small Gemma-like model, whose turns are user-defined pieces."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(  # pyright: ignore[reportUnknownMemberType]
        sentence_iterator=iter(_CORPUS * 5),
        model_writer=model,
        model_type="bpe",
        vocab_size=450,
        byte_fallback=True,
        add_dummy_prefix=False,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        bos_piece="<bos>",
        eos_piece="<eos>",
        user_defined_symbols=["<start_of_turn>", "<end_of_turn>", "\n"],
        hard_vocab_limit=False,
        minloglevel=2,
    )
    path = tmp_path_factory.mktemp("sentencepiece") / "tokenizer.model"
    path.write_bytes(model.getvalue())
    return path


@pytest.fixture(scope="session")
def conversations() -> Sequence[list[Message]]:
    """Return 1,000 random conversations: 1 to 4 turns, some with a system prompt."""
    source = random.Random(20250101)  # noqa: S311 - test data

    def text() -> str:
        words = source.choices(_FRAGMENTS, k=source.randint(1, 12))
        drawn = source.choice(["", " "]).join(words)
        return drawn if drawn.strip() else f"{drawn}x"

    def conversation() -> list[Message]:
        system = [Message("system", text())] if source.random() < 0.4 else []
        turns = source.choice([1, 1, 2, 3, 4])
        exchanges = [(Message("user", text()), Message("assistant", text())) for _ in range(turns)]
        return [*system, *(message for exchange in exchanges for message in exchange)]

    return [conversation() for _ in range(1000)]


def _byte_level_model() -> Tokenizer:
    model = Tokenizer(models.BPE())
    model.pre_tokenizer = Steps(  # pyright: ignore[reportAttributeAccessIssue]
        [
            Split(Regex(_WORDS), behavior="isolated"),
            ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    model.decoder = decoders.ByteLevel()  # pyright: ignore[reportAttributeAccessIssue]
    trainer = trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=ByteLevel.alphabet(), show_progress=False
    )
    model.train_from_iterator(_CORPUS, trainer)
    return model


def _gemma_model() -> Tokenizer:
    trained = Tokenizer(models.BPE())
    trained.train_from_iterator(_CORPUS, trainers.BpeTrainer(vocab_size=400, show_progress=False))
    learned = json.loads(trained.to_str())["model"]
    pieces = [*learned["vocab"], "▁", "<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]
    vocabulary = {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}
    merges = [tuple(merge) for merge in learned["merges"]]
    model = Tokenizer(
        models.BPE(vocabulary, merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True)
    )
    model.normalizer = normalizers.Replace(" ", "▁")  # pyright: ignore[reportAttributeAccessIssue]
    model.pre_tokenizer = Split(Regex(r"\n+"), behavior="isolated")  # pyright: ignore[reportAttributeAccessIssue]
    return model


def _add_control_tokens(model: Tokenizer, strings: Sequence[str]) -> None:
    tokens = [AddedToken(string, special=True, normalized=False) for string in strings]
    model.add_special_tokens(tokens)  # pyright: ignore[reportUnknownMemberType]
