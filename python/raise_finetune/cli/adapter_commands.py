"""``raise-finetune adapter …``: the commands and their options."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from raise_finetune.cli.options import Json, option, path_argument, path_option

_Adapter = Annotated[Path, path_argument("adapter", "ADAPTER")]
_Base = Annotated[Path, path_option("base", "--base", "DIR")]
_BaseFolder = Annotated[Path, path_option("base_folder", "--base", "DIR")]


def convert(
    adapter: _Adapter,
    base: _Base,
    output: Annotated[Path, path_option("adapter_output", "--output", "FILE", short="-o")],
    dataset: Annotated[Path | None, path_option("adapter_dataset", "--dataset", "DIR")] = None,
    as_json: Json = False,
) -> None:
    """Turn a PEFT adapter into a GGUF file."""
    from raise_finetune.cli.adapter import convert

    convert(adapter, base, output, dataset, as_json=as_json)


def base(
    directory: Annotated[Path, path_argument("base_directory", "DIR")],
    output: Annotated[Path, path_option("base_output", "--output", "FILE", short="-o")],
    as_json: Json = False,
) -> None:
    """Turn a base model's folder into a GGUF file."""
    from raise_finetune.cli.adapter import convert_base

    convert_base(directory, output, as_json=as_json)


def modelfile(
    adapter: Annotated[Path, path_argument("adapter_gguf", "ADAPTER.gguf")],
    base: Annotated[Path, path_option("base_gguf", "--base", "FILE")],
    output: Annotated[
        Path | None, path_option("modelfile_output", "--output", "FILE", short="-o")
    ] = None,
    profile: Annotated[str | None, option("prompt_profile", "--profile", "NAME")] = None,
    context: Annotated[int | None, option("num_ctx", "--context", "N", 1)] = None,
    as_json: Json = False,
) -> None:
    """Write the file by which Ollama serves a base with an adapter."""
    from raise_finetune.cli.adapter import modelfile

    modelfile(adapter, base, output, profile, context, as_json=as_json)


def merge(
    adapter: _Adapter,
    base: _BaseFolder,
    output: Annotated[Path, path_option("merge_output", "--output", "DIR", short="-o")],
    as_json: Json = False,
) -> None:
    """Merge an adapter into its base."""
    from raise_finetune.cli.adapter import merge

    merge(adapter, base, output, as_json=as_json)


ADAPTER_COMMANDS: dict[str, Callable[..., None]] = {
    "adapter convert": convert,
    "adapter base": base,
    "adapter modelfile": modelfile,
    "adapter merge": merge,
}
