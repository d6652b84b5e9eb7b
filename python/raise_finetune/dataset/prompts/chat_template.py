"""A user's own profile: the Jinja chat template of a model's folder, or one in a file."""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import orjson

from raise_finetune.dataset.prompts.bounded_template import (
    BoundedTemplate,
    TemplateFailedError,
    TemplateTooSlowError,
)
from raise_finetune.dataset.prompts.control import ControlStrings, control_strings
from raise_finetune.dataset.prompts.parts import Part, continued, control
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.reserved import all_control_strings, reserved_strings
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError
from raise_finetune.paths import expand_home
from raise_finetune.problems import reason_of
from raise_finetune.regular_file import check_regular

_TEMPLATE_FILE = "chat_template.jinja"
_SIDE_FILES = ("tokenizer_config.json", "tokenizer.json")
_SPECIAL_TOKENS = ("bos_token", "eos_token", "unk_token", "pad_token")


def load_template_profile(source: str) -> TextProfile:
    """Return the profile of a model's folder, or of a ``.jinja`` file.

    Special tokens and control strings are read from ``tokenizer_config.json`` and
    ``tokenizer.json`` in the folder; without them, all families' control strings count.

    Raises ``BadInputError`` when there is no template, when it cannot be read or rendered, when
    it takes too long, and when jinja2 is not installed.
    """
    path, folder = _places(source)
    config = _read_json(folder / "tokenizer_config.json")
    special_tokens = {name: _token(config.get(name)) for name in _SPECIAL_TOKENS}
    template = _compile(source, _template_source(path, config), special_tokens)
    strings = _control_strings(folder) or all_control_strings()
    profile = TextProfile(
        name=f"template:{path.name}",
        family="any",
        special_tokens=SpecialTokens(
            special_tokens["bos_token"], special_tokens["eos_token"], "export"
        ),
        system_placement="template",
        control_strings=strings,
        llama_cpp_template=None,
        parts=lambda messages: [
            part
            for text, trained in _spans(source, template, messages)
            for part in _parts(text, control_strings(strings), trained=trained)
        ],
    )
    profile.parts([Message("user", "a"), Message("assistant", "b")])
    return profile


def copy_template(source: str) -> dict[str, bytes]:
    """Return the files of a folder that gives the same profile, and holds nothing else.

    Raises ``BadInputError`` as ``load_template_profile`` does.
    """
    path, folder = _places(source)
    config = _read_json(folder / "tokenizer_config.json")
    tokens = {name: token for name in _SPECIAL_TOKENS if (token := _token(config.get(name)))}
    strings = _control_strings(folder)
    files = {_TEMPLATE_FILE: _template_source(path, config).encode()}
    if tokens:
        files["tokenizer_config.json"] = orjson.dumps(tokens)
    if strings:
        added = [{"content": string, "special": True} for string in strings]
        files["tokenizer.json"] = orjson.dumps({"added_tokens": added})
    return files


def template_files(source: str) -> tuple[Path, ...]:
    """Return the files that a profile is read from, of which some may be missing."""
    path, folder = _places(source)
    return (path / _TEMPLATE_FILE if path.is_dir() else path, *(folder / n for n in _SIDE_FILES))


def _places(source: str) -> tuple[Path, Path]:
    """Return the path, and the folder in which the tokenizer's files lie."""
    path = expand_home(source)
    return path, path if path.is_dir() else path.parent


def _parts(text: str, strings: ControlStrings, *, trained: bool) -> list[Part]:
    return [
        control(piece, trained=trained) if is_control else continued(piece, trained=trained)
        for piece, is_control in strings.split(text)
    ]


def _spans(
    source: str, template: BoundedTemplate, messages: Sequence[Message]
) -> list[tuple[str, bool]]:
    """Return the line in spans, and whether they are trained.

    An answer is what the conversation up to it has beyond the prompt for it. Where a template
    writes a shorter conversation differently, that answer is not found, and not trained; the
    last one must be.
    """
    answers = [index for index, message in enumerate(messages) if message.role == "assistant"]
    cuts = [cut for index in answers for cut in ((index, True), (index + 1, False))]
    try:
        line, *texts = template.render(messages, [(len(messages), False), *cuts])
    except TemplateFailedError as error:
        raise BadInputError("chat_template_failed", path=source, reason=error) from error
    except TemplateTooSlowError as error:
        raise BadInputError("chat_template_too_slow", path=source) from error
    spans: list[tuple[str, bool]] = []
    done = ""
    for prompt, answered in zip(texts[::2], texts[1::2], strict=True):
        answer = answered.removeprefix(prompt)
        if line.startswith(answered) and answer and answer != answered:
            spans += ((prompt[len(done) :], False), (answer, True))
            done = answered
    if done != line:
        raise BadInputError("chat_template_without_answer", path=source)
    return spans


def _compile(source: str, text: str, special_tokens: dict[str, str]) -> BoundedTemplate:
    if importlib.util.find_spec("jinja2") is None:
        raise BadInputError("chat_template_not_installed", path=source)
    try:
        return BoundedTemplate(text, special_tokens)
    except TemplateFailedError as error:
        raise BadInputError("chat_template_failed", path=source, reason=error) from error
    except TemplateTooSlowError as error:
        raise BadInputError("chat_template_too_slow", path=source) from error


def _template_source(path: Path, config: Mapping[str, object]) -> str:
    file = path / _TEMPLATE_FILE if path.is_dir() else path
    if file.is_file():
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(
                "chat_template_failed", path=file, reason=reason_of(error)
            ) from error
    template = config.get("chat_template")
    if path.is_dir() and isinstance(template, str):
        return template
    raise BadInputError("chat_template_missing", path=path)


def _control_strings(folder: Path) -> tuple[str, ...]:
    """Return the tokens that the tokenizer sets apart, longer than one character."""
    added = _read_json(folder / "tokenizer.json").get("added_tokens")
    if not isinstance(added, list):
        return ()
    tokens = (_object(token) for token in cast("list[object]", added))
    return tuple(
        content
        for token in tokens
        if isinstance(content := token.get("content"), str)
        and len(content) > 1
        and (token.get("special") is True or content in reserved_strings())
    )


def _token(value: object) -> str:
    """Return a special token, which files write as a string or as an object."""
    if isinstance(value, dict):
        value = _object(cast("object", value)).get("content")
    return value if isinstance(value, str) else ""


def _read_json(path: Path) -> Mapping[str, object]:
    """Return an object's keys; a file that is not there has none."""
    try:
        check_regular(path)
        value: object = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError) as error:
        raise BadInputError("chat_template_failed", path=path, reason=reason_of(error)) from error
    return _object(value)


def _object(value: object) -> Mapping[str, object]:
    """Return an object's keys; anything else has none."""
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
