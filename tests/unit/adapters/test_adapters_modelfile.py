"""The Modelfile's template writes the profile's own prompts."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined

from raise_finetune.adapters.modelfile import format_modelfile, write_modelfile
from raise_finetune.adapters.ollama_template import ollama_template
from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.records import Message

SYSTEM = Message("system", "S")
TURNS = [Message("user", "a"), Message("assistant", "b"), Message("user", "c")]
CONVERSATIONS = [TURNS[:1], TURNS, [SYSTEM, TURNS[0]], [SYSTEM, *TURNS]]

# The actions that the templates use, in the words of another template language. Any other action
# is a KeyError.
ACTIONS = {
    "$first := true": "{% set state = namespace(first=true) %}",
    "range $i, $_ := .Messages": "{% for message in messages %}",
    'if eq .Role "user"': "{% if message.role == 'user' %}",
    'else if eq .Role "assistant"': "{% elif message.role == 'assistant' %}",
    "if $first": "{% if state.first %}",
    "$first = false": "{% set state.first = false %}",
    "if $.System": "{% if system %}",
    "if and $.System (eq (len (slice $.Messages $i)) 1)": "{% if system and loop.last %}",
    "else": "{% else %}",
    "$.System": "{{ system }}",
    ".Content": "{{ message.content }}",
}


def as_jinja(template: str) -> str:
    open_blocks: list[str] = []
    pieces: list[str] = []
    for index, piece in enumerate(re.split(r"\{\{ (.*?) \}\}", template)):
        if index % 2 == 0:
            pieces.append("{% raw %}" + piece + "{% endraw %}")
        elif piece == "end":
            pieces.append(open_blocks.pop())
        else:
            if piece.startswith(("range", "if")):
                open_blocks.append("{% endfor %}" if piece.startswith("range") else "{% endif %}")
            pieces.append(ACTIONS[piece])
    assert not open_blocks
    return "".join(pieces)


@pytest.mark.parametrize("name", text_profile_names())
@pytest.mark.parametrize("messages", CONVERSATIONS, ids=["one", "two", "system-one", "system-two"])
def test_the_template_writes_the_prompt_of_the_profile(name: str, messages: list[Message]):
    profile = get_text_profile(name)
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701
    written = environment.from_string(as_jinja(ollama_template(profile))).render(
        system="S" if messages[0].role == "system" else "",
        messages=[message._asdict() for message in messages],
    )
    assert profile.special_tokens.bos + written == profile.prompt(messages)


def test_the_default_profile_s_file(tmp_path: Path):
    content = format_modelfile(
        Path("/models/my base.gguf"), Path("adapter.gguf"), get_text_profile("inst"), 1024
    )
    assert content == (
        "# Prompt profile: inst. Use: ollama create NAME -f Modelfile\n"
        'FROM "/models/my base.gguf"\n'
        "ADAPTER adapter.gguf\n"
        'TEMPLATE """{{ $first := true }}{{ range $i, $_ := .Messages }}{{ if eq .Role "user" }}'
        "{{ if $first }}{{ if $.System }}[INST] {{ $.System }}\n\n{{ else }}[INST] {{ end }}"
        "{{ $first = false }}{{ else }}[INST] {{ end }}{{ .Content }} [/INST]"
        '{{ else if eq .Role "assistant" }} {{ .Content }} </s>{{ end }}{{ end }}"""\n'
        'PARAMETER stop "</s>"\n'
        'PARAMETER stop "[INST]"\n'
        "PARAMETER num_ctx 1024\n"
    )
    write_modelfile(tmp_path / "Modelfile", content)
    assert (tmp_path / "Modelfile").read_text("utf-8") == content
    assert [path.name for path in tmp_path.iterdir()] == ["Modelfile"]
