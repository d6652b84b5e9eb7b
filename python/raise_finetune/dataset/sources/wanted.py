"""Which collections of the domain a recipe asks for."""

from raise_finetune.dataset.recipe import SourceSection
from raise_finetune.dataset.sources.feedback import FEEDBACK
from raise_finetune.dataset.sources.forgotten import FORGOTTEN
from raise_finetune.errors import BadInputError
from raise_finetune.storage.engine import StorageEngine
from raise_finetune.storage.layout import CollectionRef


def wanted_collections(engine: StorageEngine, source: SourceSection) -> list[CollectionRef]:
    """Return the collections that a recipe names, sorted, without this application's own.

    Raises ``BadInputError`` for a space or a database that is not there.
    """
    spaces = engine.spaces()
    _check_known("space_unknown", source.spaces, spaces)
    wanted_spaces = source.spaces or spaces
    databases = {space: engine.databases(space) for space in wanted_spaces}
    _check_known("database_unknown", source.databases, [d for ds in databases.values() for d in ds])
    return sorted(
        ref
        for space, names in databases.items()
        for database in names
        if not source.databases or database in source.databases
        for ref in engine.collections(space, database)
        if (not source.collections or ref.name in source.collections)
        and ref not in (FEEDBACK, FORGOTTEN)
    )


def missing_collections(engine: StorageEngine, source: SourceSection) -> tuple[list[str], str]:
    """Return the names of collections that a recipe asks for in vain, and those that there are."""
    everywhere = source.model_copy(update={"collections": ()})
    known = {ref.name for ref in wanted_collections(engine, everywhere)}
    missing = [name for name in source.collections if name not in known]
    return missing, ", ".join(sorted(known)) or "—"


def left_out_folders(engine: StorageEngine, source: SourceSection) -> list[str]:
    """Return the folders that a recipe's source could mean and that are not read, by their paths.

    They are symbolic links, or their names are no Unicode text.
    """
    asked = (source.spaces, source.databases, source.collections)
    return [
        "/".join(folder)
        for folder in engine.left_out_folders()
        if all(not names or name in names for name, names in zip(folder, asked, strict=False))
    ]


def _check_known(code: str, wanted: tuple[str, ...], known: list[str]) -> None:
    for name in wanted:
        if name not in known:
            raise BadInputError(code, name=name, known=", ".join(sorted(set(known))) or "—")
