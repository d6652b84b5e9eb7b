"""Small base models made on the spot: HuggingFace folders, in a second or two each, offline.

``build(folder, kind)`` writes one and returns its path. The kinds, all with hidden size 64,
2 layers and 4 heads:

=============  =====================================================================
``mistral``    2 KV heads; SentencePiece, ``[INST]`` ordinary text (7B v0.1 and v0.2)
``mistral-v3`` the same with ``[INST]`` and its like as control tokens (7B v0.3)
``mistral-v7`` the same with tokens around the system prompt, too
``tekken``     2 KV heads; byte-level BPE, words cut as Mistral Nemo cuts them
``llama``      4 KV heads; SentencePiece (Llama 2)
``qwen2``      2 KV heads; byte-level BPE, words cut as Qwen 2.5 cuts them; biases
``llama3``     2 KV heads; byte-level BPE in ``tokenizer.json`` alone, Llama 3's tokens
=============  =====================================================================

SentencePiece kinds hold ``tokenizer.model`` and a ``tokenizer.json`` that gives the same ids; both
are learned from the demo's texts, so that the demo's exports are tokenized sensibly. The weights
are random (float32, seeded): ``initializer_range`` is 0.2, since with the usual 0.02 a model this
small learns nothing through LoRA. The same kind always has the same bytes.

The fixtures ``tiny_mistral`` and ``tiny_llama`` (``tests/conftest.py``) build one for a session;
``tiny_model`` takes the kind: ``tiny_model("llama3")``.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
# torch, tokenizers and transformers leave their types open.

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import orjson
import sentencepiece
import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from tokenizers.pre_tokenizers import PreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    PreTrainedModel,
    Qwen2Config,
    Qwen2ForCausalLM,
)
from transformers import LlamaTokenizer as SentencePieceConverter

import raise_finetune
from raise_finetune.dataset.prompts import get_text_profile

Kind = Literal["mistral", "mistral-v3", "mistral-v7", "tekken", "llama", "llama3", "qwen2", "gpt2",
               "smollm"]  # fmt: skip

VOCABULARY = 2000
_V3_TOKENS = ("[INST]", "[/INST]", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
              "[TOOL_RESULTS]", "[/TOOL_RESULTS]")  # fmt: skip
_SENTENCEPIECE: dict[Kind, tuple[str, ...]] = {
    "mistral": (),
    "mistral-v3": _V3_TOKENS,
    "mistral-v7": (*_V3_TOKENS, "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"),
    "llama": (),
}
# What Llama 3 cuts text with before it looks for tokens.
_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


# What Mistral Nemo cuts text with.
_TEKKEN_WORDS = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# What Qwen 2.5 cuts text with.
_QWEN_WORDS = _WORDS.replace(r"\p{N}{1,3}", r"\p{N}")


def _cut_by(words: str) -> list[PreTokenizer]:
    return [
        pre_tokenizers.Split(Regex(words), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ]


_GPT2_CUT = pre_tokenizers.ByteLevel(add_prefix_space=False)
# Profile, cuts and EOS of the byte-level kinds.
_BYTE_LEVEL: dict[Kind, tuple[str, list[PreTokenizer], str]] = {
    "llama3": ("llama3", _cut_by(_WORDS), "<|eot_id|>"),
    "qwen2": ("chatml", _cut_by(_QWEN_WORDS), "<|im_end|>"),
    "gpt2": ("chatml", [_GPT2_CUT], "<|im_end|>"),
    "smollm": (
        "chatml",
        [pre_tokenizers.Digits(individual_digits=True), _GPT2_CUT],
        "<|im_end|>",
    ),
    "tekken": ("mistral-v3-tekken", _cut_by(_TEKKEN_WORDS), "</s>"),
}


def build(
    folder: Path,
    kind: Kind,
    *,
    seed: int = 0,
    half: bool = False,
    shard_size: str = "1GB",
    **changes: object,
) -> Path:
    """Write the base model ``kind`` into the new folder and return it.

    ``changes`` are of its configuration; ``half`` stores bfloat16.
    """
    folder.mkdir(parents=True)
    ids: tuple[int | None, int] = (1, 2)
    if kind in _BYTE_LEVEL:
        ids = _write_byte_level_tokenizer(folder, *_BYTE_LEVEL[kind])
    else:
        _write_sentencepiece_tokenizer(folder, _SENTENCEPIECE[kind])
    model = _model(kind, ids, seed, changes)
    if half:
        model.bfloat16()
    model.save_pretrained(folder, max_shard_size=shard_size)
    return folder


def _model(
    kind: Kind, ids: tuple[int | None, int], seed: int, changes: dict[str, object]
) -> PreTrainedModel:
    shape: dict[str, Any] = {
        "vocab_size": VOCABULARY,
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 4 if kind == "llama" else 2,
        "max_position_embeddings": 2048,
        "initializer_range": 0.2,
        "bos_token_id": ids[0],
        "eos_token_id": ids[1],
        **changes,
    }
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        if kind.startswith(("mistral", "tekken")):
            return MistralForCausalLM(MistralConfig(sliding_window=None, **shape))
        if kind != "qwen2":
            return LlamaForCausalLM(LlamaConfig(**shape))
        model = Qwen2ForCausalLM(Qwen2Config(**shape))
        for name, values in model.named_parameters():
            if name.endswith(".bias"):  # zero in a new model, which would prove nothing
                torch.nn.init.normal_(values)
        return model


def _write_sentencepiece_tokenizer(folder: Path, control_tokens: Sequence[str]) -> None:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_texts()),
        model_writer=model,
        model_type="bpe",
        vocab_size=VOCABULARY,
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        allow_whitespace_only_pieces=True,
        split_digits=True,
        control_symbols=list(control_tokens),
        num_threads=1,
        minloglevel=2,
    )
    (folder / "tokenizer.model").write_bytes(model.getvalue())
    settings = {
        "tokenizer_class": "LlamaTokenizer",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "add_bos_token": True,
        "add_eos_token": False,
        "legacy": False,
    }
    (folder / "tokenizer_config.json").write_bytes(orjson.dumps(settings))
    converted = SentencePieceConverter.from_pretrained(folder)
    tokenizer: Tokenizer = converted.backend_tokenizer
    tokenizer.add_special_tokens([_special(token) for token in control_tokens])
    tokenizer.save(str(folder / "tokenizer.json"))


def _write_byte_level_tokenizer(
    folder: Path, profile: str, cuts: list[PreTokenizer], eos: str
) -> tuple[int | None, int]:
    """Write the tokenizer and return the ids of BOS, if the family has one, and EOS."""
    model = Tokenizer(models.BPE())
    cut = cuts[0] if len(cuts) == 1 else pre_tokenizers.Sequence(cuts)
    model.pre_tokenizer = cut  # pyright: ignore[reportAttributeAccessIssue]
    model.decoder = decoders.ByteLevel()  # pyright: ignore[reportAttributeAccessIssue]
    control_tokens = get_text_profile(profile).control_strings
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(control_tokens),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    model.train_from_iterator(_texts(), trainer)
    model.add_special_tokens([_special(token) for token in control_tokens])
    bos = get_text_profile(profile).special_tokens.bos
    if bos:
        model.post_processor = TemplateProcessing(  # pyright: ignore[reportAttributeAccessIssue]
            single=f"{bos} $A", special_tokens=[(bos, model.token_to_id(bos) or 0)]
        )
    model.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": bos or None,
        "eos_token": eos,
    }
    (folder / "tokenizer_config.json").write_bytes(orjson.dumps(settings))
    return model.token_to_id(bos) if bos else None, model.token_to_id(eos) or 0


def _special(token: str) -> AddedToken:
    return AddedToken(token, special=True, normalized=False)


def _texts() -> list[str]:
    """Return the lines that the demo is made of."""
    folder = Path(raise_finetune.__file__).parent / "demo/texts"
    lines = [
        line
        for path in sorted(folder.rglob("*.toml"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [line for line in lines if line.strip()]
