"""``inst``: the default, ``<s>[INST] {prompt} [/INST] {answer} </s>``."""

from collections.abc import Sequence

from raise_finetune.dataset.records import Message


class InstProfile:
    """The Llama-2 line with BOS once and the system prompt before the first instruction."""

    name = "inst"
    columns = {"text": "string"}  # noqa: RUF012 - read only, and a Protocol's property elsewhere

    def row(self, messages: Sequence[Message]) -> dict[str, str]:
        """Return ``{"text": …}``, the turns joined without a space between them."""
        pieces = ["<s>"]
        system = ""
        for role, content in messages:
            if role == "user":
                pieces.append(f"[INST] {system}{content} [/INST]")
                system = ""
            elif role == "assistant":
                pieces.append(f" {content} </s>")
            else:
                system = f"{content}\n\n"
        return {"text": "".join(pieces)}
