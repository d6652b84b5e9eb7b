"""``raise-finetune adapter``: conversion, Modelfile, merge."""

from pathlib import Path

import orjson

from raise_finetune.adapters.installation import require_installed
from raise_finetune.cli.console import grouped, print_json, print_text, print_warning
from raise_finetune.cli.interrupts import cancelled_by_signals
from raise_finetune.cli.new_file import check_replaceable
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.messages import number_said, text


def convert(
    adapter: Path, base: Path, output: Path, dataset: Path | None, *, as_json: bool
) -> None:
    """Convert and say what was written."""
    require_installed()
    from raise_finetune.adapters.base import read_base
    from raise_finetune.adapters.convert import convert_adapter
    from raise_finetune.adapters.peft_adapter import read_peft_adapter
    from raise_finetune.adapters.provenance import provenance_of

    check_replaceable(output, _is_adapter)
    provenance = provenance_of(adapter, dataset)
    warn_of_another_base(adapter, base)
    metadata = None if provenance is None else provenance.metadata()
    report = convert_adapter(read_peft_adapter(adapter), read_base(base), output, metadata)
    if as_json:
        print_json(report.to_json())
        return
    print_text(
        text(
            "cli.adapter.converted",
            output=report.output,
            tensors=report.tensors,
            rank=report.rank,
            alpha=number_said(report.alpha, "g"),
        )
    )
    if provenance is None:
        print_text(text("cli.adapter.no_profile"))


def convert_base(directory: Path, output: Path, *, as_json: bool) -> None:
    """Convert a base and say what was written."""
    require_installed()
    from raise_finetune.adapters import base_gguf

    check_replaceable(output, _is_base_of_ours)
    with cancelled_by_signals() as cancelled:

        def stop_if_cancelled(_done: int, _total: int) -> None:
            if cancelled():
                raise CancelledError

        size = base_gguf.convert_base(directory, output, stop_if_cancelled)
    if as_json:
        print_json(orjson.dumps({"output": str(output), "bytes": size}))
    else:
        print_text(
            text("cli.adapter.base_converted", output=output, bytes=size, size=grouped(size))
        )


def modelfile(
    adapter: Path,
    base: Path,
    output: Path | None,
    profile: str | None,
    context: int | None,
    *,
    as_json: bool,
) -> None:
    """Write the Modelfile, or print it."""
    require_installed()
    from raise_finetune.adapters.base import read_base
    from raise_finetune.adapters.fitting import check_fits
    from raise_finetune.adapters.modelfile import (
        format_modelfile,
        is_modelfile_of_ours,
        write_modelfile,
    )
    from raise_finetune.adapters.provenance import chosen_profile

    if output is not None:
        check_replaceable(output, is_modelfile_of_ours)
    opened = check_fits(adapter, read_base(base))
    warn_of_another_base(adapter, base)
    content = format_modelfile(
        base.resolve(), adapter.resolve(), chosen_profile(opened, profile), context
    )
    if output is not None:
        write_modelfile(output, content)
    if as_json:
        written = None if output is None else str(output)
        print_json(orjson.dumps({"output": written, "modelfile": content}))
    else:
        print_text(content if output is None else text("cli.adapter.modelfile", output=output))


def merge(adapter: Path, base: Path, output: Path, *, as_json: bool) -> None:
    """Merge in the trainer's process and say what was written."""
    from raise_finetune.adapters.merge import merge_adapter

    warn_of_another_base(adapter, base)
    with cancelled_by_signals() as cancelled:
        merge_adapter(adapter, base, output, cancelled)
    if as_json:
        print_json(orjson.dumps({"output": str(output)}))
    else:
        print_text(text("cli.adapter.merged", output=output))


def _is_adapter(path: Path) -> bool:
    (kind,) = _metadata(path, "general.type")
    return kind == "adapter"


def _is_base_of_ours(path: Path) -> bool:
    """Only ``adapter base`` writes a sample of the weights into a base."""
    from raise_finetune.adapters.trained_on import WEIGHTS_KEY

    kind, weights = _metadata(path, "general.type", WEIGHTS_KEY)
    return kind != "adapter" and weights != ""


def _metadata(path: Path, *keys: str) -> list[str]:
    """Return texts of a GGUF file's metadata, all empty where it is no such file."""
    from raise_finetune.adapters.gguf_file import open_gguf

    try:
        file = open_gguf(path)
        return [file.string(key) for key in keys]
    except BadInputError:
        return [""] * len(keys)


def warn_of_another_base(adapter: Path, base: Path) -> None:
    """Say that an adapter was trained on another base: of the same shape, it would seem to fit."""
    from raise_finetune.adapters.trained_on import other_base

    warning = other_base(adapter, base)
    if warning is not None:
        print_warning(str(warning))
