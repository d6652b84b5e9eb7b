"""The commands and their options; what they do stands in the modules that they call.

Heavy modules are imported when a command runs, so that ``--help`` answers at once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypedDict

import typer

from raise_finetune.cli.adapter_commands import ADAPTER_COMMANDS
from raise_finetune.cli.compare_command import compare
from raise_finetune.cli.exits import with_exit_code
from raise_finetune.cli.help import Command, Group
from raise_finetune.cli.options import Json, Root, option, path_argument, path_option
from raise_finetune.cli.training_commands import TRAINING_COMMANDS
from raise_finetune.cli.trust_commands import TRUST_COMMANDS
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text

_DOCUMENT = "SPACE/DB/COLLECTION/ID"
_LAST_PORT = 65_535


class _Help(TypedDict):
    help: str
    short_help: str


def demo(
    directory: Annotated[Path, path_argument("directory", "DIR")],
    conversations: Annotated[int, option("conversations", "--conversations", "N", 0)] = 200,
    seed: Annotated[int, option("demo_seed", "--seed", "N", 0)] = 0,
    as_json: Json = False,
) -> None:
    """Write a demo domain."""
    from raise_finetune.cli.demo import write

    write(directory, conversations, seed, as_json=as_json)


def inspect(root: Root = None, as_json: Json = False) -> None:
    """Say what lies in the domain."""
    from raise_finetune.cli.inspect import show

    show(root, as_json=as_json)


def export(
    output: Annotated[Path, path_argument("output", "OUTPUT")],
    root: Root = None,
    space: Annotated[list[str] | None, option("space", "--space", "NAME")] = None,
    db: Annotated[list[str] | None, option("db", "--db", "NAME")] = None,
    recipe: Annotated[Path | None, path_option("recipe", "--recipe", "FILE")] = None,
    min_rating: Annotated[float | None, option("min_rating", "--min-rating", "N")] = None,
    include_unrated: Annotated[
        bool | None, option("include_unrated", "--include-unrated/--rated-only")
    ] = None,
    documentation: Annotated[
        bool | None, option("documentation", "--documentation/--no-documentation")
    ] = None,
    val_fraction: Annotated[float | None, option("val_fraction", "--val-fraction", "F")] = None,
    test_fraction: Annotated[float | None, option("test_fraction", "--test-fraction", "F")] = None,
    task: Annotated[str | None, option("task", "--task", "TASK")] = None,
    profile: Annotated[str | None, option("profile", "--profile", "NAME")] = None,
    sanitize: Annotated[bool | None, option("sanitize", "--sanitize/--no-sanitize")] = None,
    also_profile: Annotated[
        list[str] | None, option("also_profile", "--also-profile", "NAME")
    ] = None,
    format: Annotated[list[str] | None, option("format", "--format", "NAME")] = None,  # noqa: A002
    shard_megabytes: Annotated[
        int | None, option("shard_megabytes", "--shard-megabytes", "N")
    ] = None,
    seed: Annotated[int | None, option("seed", "--seed", "N")] = None,
    tokenizer: Annotated[str | None, option("tokenizer", "--tokenizer", "NAME")] = None,
    max_length: Annotated[int | None, option("max_length", "--max-length", "N")] = None,
    count_all_tokens: Annotated[bool, option("count_all_tokens", "--count-all-tokens")] = False,
    allow_empty: Annotated[bool, option("allow_empty", "--allow-empty")] = False,
    as_json: Json = False,
) -> None:
    """Write a dataset."""
    from raise_finetune.cli.export import run

    changes = {
        "source": {
            "spaces": space or None,
            "databases": db or None,
            # Chats lie in no space: who names spaces or databases does not mean them.
            "chats": False if space or db else None,
            "documentation": documentation,
        },
        "sanitize": {"enabled": sanitize},
        "rating": {"minimum": min_rating, "include_unrated": include_unrated},
        "output": {
            "task": task,
            "profile": profile,
            "also_profiles": also_profile or None,
            "formats": format or None,
            "shard_megabytes": shard_megabytes,
            "val_fraction": val_fraction,
            "test_fraction": test_fraction,
            "seed": seed,
        },
        "tokens": {
            "tokenizer": tokenizer,
            "max_length": max_length,
            "counting": "all" if count_all_tokens else None,
        },
    }
    run(output, root, recipe, changes, allow_empty=allow_empty, as_json=as_json)


def scan(
    root: Root = None,
    recipe: Annotated[Path | None, path_option("scan_recipe", "--recipe", "FILE")] = None,
    show: Annotated[bool, option("show", "--show")] = False,
    as_json: Json = False,
) -> None:
    """Report sensitive data without exporting."""
    from raise_finetune.cli.scan import run

    run(root, recipe, show=show, as_json=as_json)


def rate(
    message: Annotated[int, option("message", "--message", "INDEX")],
    root: Root = None,
    chat: Annotated[str | None, option("chat", "--chat", "NAME")] = None,
    document: Annotated[str | None, option("document", "--document", _DOCUMENT)] = None,
    rating: Annotated[float | None, option("rating", "--rating", "N")] = None,
    correction: Annotated[str | None, option("correction", "--correction", "TEXT")] = None,
    tag: Annotated[list[str] | None, option("tag", "--tag", "TAG")] = None,
    note: Annotated[str | None, option("note", "--note", "TEXT")] = None,
    remove: Annotated[bool, option("remove", "--remove")] = False,
    as_json: Json = False,
) -> None:
    """Rate an answer, or take its rating away."""
    from raise_finetune.cli.rate import Said, remove_rating, store_rating, target_of

    target = target_of(chat, document)
    said = Said(rating, correction, tag, note)
    if remove and any(part is not None for part in said):
        raise BadInputError("rating_and_removal")
    if remove:
        remove_rating(root, target, message, as_json=as_json)
    else:
        store_rating(root, target, message, said, as_json=as_json)


def recipe(
    write: Annotated[Path | None, path_option("write", "--write", "FILE")] = None,
) -> None:
    """Print the default recipe, or write it to a file."""
    from raise_finetune.cli.recipe import show

    show(write)


def window() -> None:
    """Open the window."""
    from raise_finetune.cli.page import open_window

    open_window()


def serve(
    port: Annotated[int, option("port", "--port", "N", 0, maximum=_LAST_PORT)] = 0,
) -> None:
    """Serve the window's page to a browser on this machine."""
    from raise_finetune.cli.page import serve_page

    serve_page(port)


COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo,
    "inspect": inspect,
    "export": export,
    "scan": scan,
    **TRUST_COMMANDS,
    "rate": rate,
    "recipe": recipe,
    **TRAINING_COMMANDS,
    **ADAPTER_COMMANDS,
    "compare": compare,
    "window": window,
    "serve": serve,
}


def register(app: typer.Typer) -> None:
    """Add the commands to the application, with help in the user's language.

    Of a name of two words, the first is a group.
    """
    groups: dict[str, typer.Typer] = {}
    for name, function in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        if group and group not in groups:
            groups[group] = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)
            app.add_typer(groups[group], name=group, **_help(group))
        parent = groups[group] if group else app
        command = parent.command(last, cls=Command, **_help(name.replace(" ", "_")))
        command(with_exit_code(function))


def _help(key: str) -> _Help:
    """Return a command's help; the list of commands would cut it off after a few words."""
    explanation = text(f"cli.{key}.help")
    return {"help": explanation, "short_help": explanation}
