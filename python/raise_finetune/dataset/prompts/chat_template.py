"""A user's own profile: the Jinja chat template of a model's folder, or one in a file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import orjson

from raise_finetune.dataset.prompts.control import ControlStrings, control_strings
from raise_finetune.dataset.prompts.parts import Part, continued, control
from raise_finetune.dataset.prompts.profile import SpecialTokens
from raise_finetune.dataset.prompts.reserved import all_control_strings, reserved_strings
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.records import Message
from raise_finetune.errors import BadInputError

if TYPE_CHECKING:
    from raise_finetune.dataset.prompts.jinja_template import ChatTemplate

_TEMPLATE_FILE = "chat_template.jinja"
_SPECIAL_TOKENS = ("bos_token", "eos_token", "unk_token", "pad_token")


def load_template_profile(source: str) -> TextProfile:
    """Return the profile of a model's folder, or of a ``.jinja`` file.

    Special tokens and control strings are read from ``tokenizer_config.json`` and
    ``tokenizer.json`` in the folder; without them, all families' control strings count.

    Raises ``BadInputError`` when there is no template, when it cannot be read or rendered, and
    when jinja2 is not installed.
    """
    path = Path(source).expanduser()
    folder = path if path.is_dir() else path.parent
    config = _read_json(folder / "tokenizer_config.json")
    special_tokens = {name: _token(config.get(name)) for name in _SPECIAL_TOKENS}
    template = _compile(source, _template_source(path, config), special_tokens)
    strings = _control_strings(folder) or all_control_strings()
    profile = TextProfile(
        name=source,
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


def _parts(text: str, strings: ControlStrings, *, trained: bool) -> list[Part]:
    return [
        control(piece, trained=trained) if is_control else continued(piece, trained=trained)
        for piece, is_control in strings.split(text)
    ]


def _spans(
    source: str, template: "ChatTemplate", messages: Sequence[Message]
) -> list[tuple[str, bool]]:
    """Return the line in spans, and whether they are trained.

    An answer is what the conversation up to it has beyond the prompt for it. Where a template
    writes a shorter conversation differently, that answer is not found, and not trained; the
    last one must be.
    """
    from jinja2 import TemplateError

    try:
        line = template.render(messages)
        spans: list[tuple[str, bool]] = []
        done = ""
        for index, message in enumerate(messages):
            if message.role == "assistant":
                prompt = template.render(messages[:index], add_generation_prompt=True)
                answered = template.render(messages[: index + 1])
                answer = answered.removeprefix(prompt)
                if line.startswith(answered) and answer and answer != answered:
                    spans += ((prompt[len(done) :], False), (answer, True))
                    done = answered
    except TemplateError as error:
        raise BadInputError("chat_template_failed", path=source, reason=error) from error
    if done != line:
        raise BadInputError("chat_template_without_answer", path=source)
    return spans


def _compile(source: str, text: str, special_tokens: dict[str, str]) -> "ChatTemplate":
    try:
        from jinja2 import TemplateError

        from raise_finetune.dataset.prompts.jinja_template import ChatTemplate
    except ImportError as error:
        raise BadInputError("chat_template_not_installed", path=source) from error
    try:
        return ChatTemplate(text, special_tokens)
    except TemplateError as error:
        raise BadInputError("chat_template_failed", path=source, reason=error) from error


def _template_source(path: Path, config: Mapping[str, object]) -> str:
    file = path / _TEMPLATE_FILE if path.is_dir() else path
    if file.is_file():
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError("chat_template_failed", path=file, reason=error) from error
    template = config.get("chat_template")
    if path.is_dir() and isinstance(template, str):
        return template
    raise BadInputError("chat_template_missing", path=path)


def _control_strings(folder: Path) -> tuple[str, ...]:
    """Return the tokens that the tokenizer sets apart, longer than one character."""
    added = _read_json(folder / "tokenizer.json").get("added_tokens")
    if not isinstance(added, list):
        return ()
    tokens = cast("list[dict[str, object]]", added)
    return tuple(
        content
        for token in tokens
        if isinstance(content := token.get("content"), str)
        and len(content) > 1
        and (token.get("special") is True or content in reserved_strings())
    )


def _token(value: object) -> str:
    """Return a special token, which files write as a string or as an object."""
    if isinstance(value, Mapping):
        value = cast("Mapping[str, object]", value).get("content")
    return value if isinstance(value, str) else ""


def _read_json(path: Path) -> Mapping[str, object]:
    """Return an object's keys; a file that is not there has none."""
    try:
        value: object = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError) as error:
        raise BadInputError("chat_template_failed", path=path, reason=error) from error
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
