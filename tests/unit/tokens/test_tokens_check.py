"""The verdict on a profile: exact, or which tokens differ; BOS and EOS where they belong."""

import shutil
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from domains.token_checks import check_profile
from raise_finetune.dataset.prompts import get_text_profile
from raise_finetune.dataset.prompts.parts import control, words
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Example, Message
from raise_finetune.dataset.tokens import (
    TokenCheck,
    Tokenizer,
    bundled_tokenizers,
    load_tokenizer,
)

A, B, C, D = (
    Message("user", "a"),
    Message("assistant", "b"),
    Message("user", "c"),
    Message("assistant", "d"),
)
SYSTEM = Message("system", "S")
OTHER_FAMILIES = ["llama3", "llama3.1", "llama3.2", "chatml", "gemma"]


def example(messages: list[Message], record: str = "r") -> Example:
    return Example(
        record=record,
        group="g",
        kind="conversation",
        messages=messages,
        rating=0.0,
        date="",
        language="en",
        repairs=[],
    )


def differing(check: TokenCheck) -> list[tuple[int, str, str]]:
    return [
        (
            difference.position,
            "".join(token.piece for token in difference.found),
            "".join(token.piece for token in difference.expected),
        )
        for difference in check.differences
    ]


@pytest.mark.parametrize("name", bundled_tokenizers())
def test_the_profile_of_a_bundled_tokenizer_is_exact(
    name: str, bundled: Callable[[str], Tokenizer]
):
    rows = [example([A, B]), example([SYSTEM, A, B, C, D])]
    check = check_profile(get_text_profile(name), bundled(name), rows)
    assert check == TokenCheck(
        profile=name,
        tokenizer=name,
        reference=name,
        rows=2,
        exact_rows=2,
        problems={},
        differences=(),
        trainer_adds_bos=True,
    )
    assert check.exact


@pytest.mark.parametrize("name", OTHER_FAMILIES)
def test_huggingface_tokenizers_agree_on_random_conversations(
    name: str, built: Callable[[str], Tokenizer], conversations: Sequence[list[Message]]
):
    check = check_profile(get_text_profile(name), built(name), map(example, conversations))
    assert (check.exact, check.problems, check.rows) == (True, {}, 1000)
    assert check.trainer_adds_bos is (name != "chatml")


def test_llama3_ids_by_hand(built: Callable[[str], Tokenizer]):
    tokenizer = built("llama3")
    ids, encode = tokenizer.control_ids, tokenizer.encode_text

    def message(role: str, content: str) -> list[int]:
        header = [ids["<|start_header_id|>"], *encode(role), ids["<|end_header_id|>"]]
        return [*header, *encode("\n\n"), *encode(content), ids["<|eot_id|>"]]

    line = get_text_profile("llama3").line([SYSTEM, A, B])
    assert tokenizer.encode_line(line) == [
        ids["<|begin_of_text|>"],
        *message("system", "S"),
        *message("user", "a"),
        *message("assistant", "b"),
    ]


@pytest.mark.parametrize("name", ["llama3.1", "llama3.2"])
@pytest.mark.parametrize("system", [[], [SYSTEM]])
def test_llama31_ids_by_hand(name: str, system: list[Message], built: Callable[[str], Tokenizer]):
    """A system block always comes, with two dates that never change."""
    tokenizer = built(name)
    ids, encode = tokenizer.control_ids, tokenizer.encode_text
    dates = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n"

    def message(role: str, content: str) -> list[int]:
        header = [ids["<|start_header_id|>"], *encode(role), ids["<|end_header_id|>"]]
        return [*header, *encode("\n\n"), *encode(content), ids["<|eot_id|>"]]

    line = get_text_profile(name).line([*system, A, B, C, D])
    assert tokenizer.encode_line(line) == [
        ids["<|begin_of_text|>"],
        *message("system", dates + ("S" if system else "")),
        *message("user", "a"),
        *message("assistant", "b"),
        *message("user", "c"),
        *message("assistant", "d"),
    ]


def test_chatml_ids_by_hand(built: Callable[[str], Tokenizer]):
    tokenizer = built("chatml")
    ids, encode = tokenizer.control_ids, tokenizer.encode_text

    def message(role: str, content: str) -> list[int]:
        begin, end = ids["<|im_start|>"], ids["<|im_end|>"]
        return [begin, *encode(role), *encode("\n"), *encode(content), end, *encode("\n")]

    line = get_text_profile("chatml").line([SYSTEM, A, B])
    assert tokenizer.encode_line(line) == [
        *message("system", "S"),
        *message("user", "a"),
        *message("assistant", "b"),
    ]


def test_gemma_ids_by_hand(built: Callable[[str], Tokenizer]):
    tokenizer = built("gemma")
    ids, encode = tokenizer.control_ids, tokenizer.encode_text

    def message(role: str, content: str) -> list[int]:
        begin, end = ids["<start_of_turn>"], ids["<end_of_turn>"]
        return [begin, *encode(role), *encode("\n"), *encode(content), end, *encode("\n")]

    line = get_text_profile("gemma").line([A, B, C, D])
    assert tokenizer.encode_line(line) == [
        ids["<bos>"],
        *message("user", "a"),
        *message("model", "b"),
        *message("user", "c"),
        *message("model", "d"),
    ]


def test_gemma_turns_are_found_in_a_sentencepiece_model(
    sentencepiece_file: Path, conversations: Sequence[list[Message]]
):
    tokenizer = load_tokenizer(str(sentencepiece_file))
    assert {"<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"} < set(tokenizer.control_ids)
    check = check_profile(get_text_profile("gemma"), tokenizer, map(example, conversations))
    assert (check.exact, check.problems) == (True, {})


@pytest.mark.parametrize(
    ("tokenizer", "differences"),
    [
        # On new builds of v1 the first bracket is another token, too.
        ("mistral-v1", [(1, "[", "▁["), (10, "▁", "")]),
        ("mistral-v3", [(3, "▁", ""), (6, "▁", "")]),
        ("mistral-v3-tekken", [(2, " a ", "a"), (5, " b ", "b")]),
        ("mistral-v7", [(3, "▁", ""), (6, "▁", "")]),
    ],
)
def test_the_stray_tokens_of_inst_on_mistral(
    tokenizer: str, differences: list[tuple[int, str, str]], bundled: Callable[[str], Tokenizer]
):
    check = check_profile(get_text_profile("inst"), bundled(tokenizer), [example([A, B])])
    assert not check.exact
    assert differing(check) == differences
    assert check.reference == tokenizer
    assert check.problems == {}


@pytest.fixture
def legacy(tmp_path: Path) -> Tokenizer:
    """The v1 model in a folder whose configuration asks for the old rule of spaces."""
    spec = find_spec("mistral_common")
    assert spec is not None
    assert spec.origin is not None
    shutil.copy(Path(spec.origin).parent / "data/tokenizer.model.v1", tmp_path / "tokenizer.model")
    (tmp_path / "tokenizer_config.json").write_text('{"legacy": true}')
    return load_tokenizer(str(tmp_path))


@pytest.mark.parametrize("name", ["inst", "llama2"])
def test_the_llama2_lines_are_exact_on_legacy_builds(name: str, legacy: Tokenizer):
    rows = [example([A, B]), example([SYSTEM, A, B, C, D])]
    check = check_profile(get_text_profile(name), legacy, rows)
    assert (check.exact, check.problems, check.reference) == (True, {}, name)


def test_mistral_v1_is_not_exact_on_legacy_builds(legacy: Tokenizer):
    check = check_profile(get_text_profile("mistral-v1"), legacy, [example([A, B])])
    assert differing(check) == [(1, "▁", "")]


def test_a_profile_of_another_family_has_neither_bos_nor_eos(bundled: Callable[[str], Tokenizer]):
    rows = [example([A, B]), example([A, B, C, D])]
    check = check_profile(get_text_profile("llama3"), bundled("mistral-v3"), rows)
    assert check.problems == {"unknown_control_token": 2, "missing_bos": 2, "missing_eos": 2}
    assert check.exact_rows == 0
    assert not check.trainer_adds_bos


def test_a_control_token_in_a_content_is_named(bundled: Callable[[str], Tokenizer]):
    rows = [example([A, B]), example([Message("user", "a</s>"), B], "typed")]
    check = check_profile(get_text_profile("mistral-v3"), bundled("mistral-v3"), rows)
    assert check.problems == {"control_in_content": 1}
    assert (check.rows, check.exact_rows) == (2, 1)
    assert {difference.record for difference in check.differences} == {"typed"}


def test_a_template_with_two_bos_and_no_eos_is_named(bundled: Callable[[str], Tokenizer]):
    broken = TextProfile(
        name="broken",
        family="mistral",
        special_tokens=SpecialTokens("<s>", "</s>", "export"),
        system_placement="own_turn",
        control_strings=(),
        llama_cpp_template=None,
        parts=lambda messages: [
            control("<s>"),
            control("<s>"),
            words(messages[-1].content, trained=True),
        ],
    )
    check = check_profile(broken, bundled("mistral-v3"), [example([A, B])])
    assert check.problems == {"double_bos": 1, "missing_eos": 1}


def test_only_the_first_differences_are_kept(bundled: Callable[[str], Tokenizer]):
    rows = [example([A, B], str(number)) for number in range(100)]
    check = check_profile(get_text_profile("inst"), bundled("mistral-v3"), rows)
    assert (check.rows, check.exact_rows, len(check.differences)) == (100, 0, 20)
