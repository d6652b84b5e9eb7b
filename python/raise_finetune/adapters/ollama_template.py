"""A prompt profile as Ollama's chat template, which is one of Go's text templates.

The pieces are cut out of lines that the profile itself writes, so the two cannot drift apart.
Ollama adds BOS by itself, as the model's GGUF file says.
"""

from raise_finetune.dataset.prompts.pieces import pieces_of
from raise_finetune.dataset.prompts.text import TextProfile


def ollama_template(profile: TextProfile) -> str:
    """Return the template; it takes ``.System`` and ``.Messages``."""
    pieces = pieces_of(profile)
    bos = profile.special_tokens.bos
    first = pieces.begin.removeprefix(bos)
    if pieces.system_last:
        begin = first
        last = "{{ if and $.System (eq (len (slice $.Messages $i)) 1) }}"
        before = f"{last}{{{{ $.System }}}}{pieces.after_system}{{{{ end }}}}"
    else:
        system = f"{pieces.before_system.removeprefix(bos)}{{{{ $.System }}}}{pieces.after_system}"
        begin = f"{{{{ if $.System }}}}{system}{{{{ else }}}}{first}{{{{ end }}}}"
        before = ""
    return (
        "{{ $first := true }}{{ range $i, $_ := .Messages }}"
        '{{ if eq .Role "user" }}'
        f"{{{{ if $first }}}}{begin}{{{{ $first = false }}}}"
        f"{{{{ else }}}}{pieces.reopen}{{{{ end }}}}"
        f"{before}{{{{ .Content }}}}{pieces.end_question}"
        '{{ else if eq .Role "assistant" }}'
        f"{pieces.begin_answer}{{{{ .Content }}}}{pieces.end_answer}"
        "{{ end }}{{ end }}"
    )
