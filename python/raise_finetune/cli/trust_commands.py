"""Commands on finished datasets: is it still good, what differs, where does a row come from."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from raise_finetune.cli.options import Json, Root, argument, option, path_argument, path_option

Dataset = Annotated[Path, path_argument("dataset", "DATASET")]


def verify(
    dataset: Dataset,
    rebuild: Annotated[bool, option("rebuild", "--rebuild")] = False,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Check a dataset."""
    from raise_finetune.cli.verify import run

    run(dataset, root, rebuild=rebuild, as_json=as_json)


def diff(
    old: Annotated[Path, path_argument("old_dataset", "OLD")],
    new: Annotated[Path, path_argument("new_dataset", "NEW")],
    as_json: Json = False,
) -> None:
    """Say what two datasets have different, and why."""
    from raise_finetune.cli.diff import run

    run(old, new, as_json=as_json)


def explain(
    dataset: Dataset,
    row: Annotated[str, argument("row", "ROW")],
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Say where a row comes from."""
    from raise_finetune.cli.explain import run

    run(dataset, row, root, as_json=as_json)


def forget(
    record: Annotated[str, argument("record", "RECORD")],
    root: Root = None,
    dataset: Annotated[list[Path] | None, path_option("dataset", "--dataset", "DATASET")] = None,
    yes: Annotated[bool, option("yes", "--yes")] = False,
    undo: Annotated[bool, option("undo_forget", "--undo")] = False,
    as_json: Json = False,
) -> None:
    """Keep a record out of all exports, and make those that hold it again."""
    from raise_finetune.cli.forget import run, undo_forgetting

    if undo:
        undo_forgetting(record, root, as_json=as_json)
    else:
        run(record, root, dataset or [], confirmed=yes, as_json=as_json)


TRUST_COMMANDS: dict[str, Callable[..., None]] = {
    "verify": verify,
    "diff": diff,
    "explain": explain,
    "forget": forget,
}
