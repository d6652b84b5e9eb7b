"""``Manifest``: what an export was made of, how, and how to check it.

It travels with the dataset: to the trainer, the adapter and inference, which read the prompt
profile from it. It holds names, counts and hashes, no word of anybody's conversations and no path
of the machine, so the same data and recipe give the same bytes everywhere.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Self, cast, get_args

import orjson
from pydantic import ConfigDict, Field, ValidationError, model_validator

from raise_finetune.dataset.output import DEFAULT_CONFIG, MANIFEST_FILE, config_name
from raise_finetune.dataset.prompts.layout import Task
from raise_finetune.dataset.prompts.profile import PromptProfile, SystemPlacement
from raise_finetune.dataset.recipe import ExamplesSection, ExportRecipe
from raise_finetune.dataset.recipe_file import recipe_from
from raise_finetune.dataset.report import ExportReport, WrittenFile
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.dataset.sanitize.rules_version import rules_version
from raise_finetune.errors import BadInputError, system_reason
from raise_finetune.problems import first_problem, reason_of
from raise_finetune.regular_file import check_regular

FORMAT = 1


class _Part(ReportModel):
    """Unknown keys are passed over: a later version of this program may have written them."""

    model_config = ConfigDict(extra="ignore")


class ManifestProfile(_Part):
    """The prompt profile, as whoever trains on the rows or asks the model has to follow it."""

    name: str
    family: str
    columns: tuple[str, ...]
    bos: str
    eos: str
    special_tokens_written_by: Literal["export", "trainer"]
    system_placement: SystemPlacement
    llama_cpp_template: str | None

    @classmethod
    def of(cls, profile: PromptProfile, columns: Iterable[str]) -> Self:
        """Return what whoever reads rows with these columns has to know of their profile."""
        tokens = profile.special_tokens
        return cls(
            name=profile.name,
            family=profile.family,
            columns=tuple(columns),
            bos=tokens.bos,
            eos=tokens.eos,
            special_tokens_written_by=tokens.written_by,
            system_placement=profile.system_placement,
            llama_cpp_template=profile.llama_cpp_template,
        )


class ManifestTokenizer(_Part):
    """The tokenizer that the rows were checked with."""

    name: str
    sha256: str


class SideFile(_Part):
    """A file beside the rows; ``path`` is relative to the dataset."""

    path: str
    sha256: str


class SanitizeSummary(_Part):
    """How sensitive data was treated: counts by type, never values."""

    enabled: bool = False
    rules_version: str = ""
    counts: dict[str, int] = Field(default_factory=dict)


class Manifest(_Part):
    """The manifest of one export; see ``docs/formats.md`` for every key.

    ``recipe`` holds the keys of the version that wrote it; ``export_recipe`` reads them.
    """

    format: Literal[1] = FORMAT
    made_by: Literal["raise-finetune"] = "raise-finetune"
    tool_version: str
    seed: int
    input_hash: str
    recipe: dict[str, Any]
    profile: ManifestProfile
    tokenizer: ManifestTokenizer | None = None
    files: tuple[WrittenFile, ...]
    side_files: tuple[SideFile, ...] = ()
    fates: dict[str, int]
    sanitize: SanitizeSummary = SanitizeSummary()
    checksum: str = ""

    @model_validator(mode="after")
    def _check_files(self) -> Self:
        """Refuse files that no export writes, and readers would stumble over."""
        configs = {DEFAULT_CONFIG, *map(config_name, _also_profiles(self.recipe))}
        for file in self.files:
            if min(file.rows, file.bytes) < 0 or file.config not in configs:
                raise ValueError(f"files: {file.path}")
        return self

    @model_validator(mode="after")
    def _check_paths(self) -> Self:
        """Refuse paths that lead out of the dataset: the manifest may be somebody else's."""
        for file in (*self.files, *self.side_files):
            path = Path(file.path)
            if not path.parts or path.is_absolute() or path.drive or ".." in path.parts:
                raise ValueError(f"path: {file.path}")
            if "\0" in file.path:
                raise ValueError("path")
        return self

    @property
    def task(self) -> Task:
        """What the rows are for; recipes of the first versions know one task only."""
        task = self.recipe.get("output", {}).get("task", "sft")
        return task if task in get_args(Task) else "sft"

    @property
    def holds_whole_conversations(self) -> bool:
        """See ``ExamplesSection.are_whole``; keys that only a later version knows are no matter."""
        examples: object = self.recipe.get("examples")
        if not isinstance(examples, dict):
            return False
        unit = cast("dict[str, object]", examples).get("unit")
        return ExamplesSection.model_construct(unit=unit).are_whole

    @property
    def profile_names(self) -> tuple[str, ...]:
        """The profiles that the rows are written by, the recipe's own first."""
        return (self.profile.name, *_also_profiles(self.recipe))

    @property
    def own_files(self) -> list[WrittenFile]:
        """The files whose rows the ledger counts: of the recipe's own profile and first format."""
        files = self.files
        return [
            file
            for file in files
            if (file.config, file.format) == (files[0].config, files[0].format)
        ]

    def export_recipe(self) -> ExportRecipe:
        """Return the recipe; raises ``BadInputError`` where this version does not know a key."""
        return recipe_from(self.recipe, MANIFEST_FILE)


def _also_profiles(recipe: Mapping[str, object]) -> list[str]:
    """Return the further profiles of a recipe of any version; raises ``ValueError``."""
    output = recipe.get("output", {})
    if not isinstance(output, dict):
        raise ValueError("recipe.output")
    named = cast("dict[str, object]", output).get("also_profiles", [])
    names = cast("list[object]", named) if isinstance(named, list) else [None]
    if not all(isinstance(name, str) for name in names):
        raise ValueError("recipe.output.also_profiles")
    return cast("list[str]", names)


def make_manifest(
    recipe: ExportRecipe,
    profile: PromptProfile,
    columns: Iterable[str],
    report: ExportReport,
    input_hash: str,
) -> Manifest:
    """Return the manifest of a finished export."""
    return Manifest(
        tool_version=report.tool_version,
        seed=report.seed,
        input_hash=input_hash,
        recipe=recipe.model_dump(mode="json", by_alias=False),
        profile=ManifestProfile.of(profile, columns),
        tokenizer=_tokenizer(report),
        files=report.files,
        fates=report.fates,
        sanitize=SanitizeSummary(
            enabled=report.sanitized,
            rules_version=rules_version() if report.sanitized else "",
            counts=report.masked,
        ),
    )


def _tokenizer(report: ExportReport) -> ManifestTokenizer | None:
    if report.tokens is None:
        return None
    return ManifestTokenizer(name=report.tokens.tokenizer, sha256=report.tokens.sha256)


def sealed(manifest: Manifest, side_files: Iterable[SideFile] = ()) -> Manifest:
    """Return the manifest with the hashes of the files beside the rows, and its own checksum."""
    complete = manifest.model_copy(update={"side_files": tuple(side_files)})
    values = complete.model_dump(mode="json", by_alias=False)
    return complete.model_copy(update={"checksum": checksum_of(values)})


def checksum_of(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a manifest's values, whatever keys it has, without its checksum.

    It tells what was changed by accident; who wants to deceive can make a new one.
    """
    others = {key: value for key, value in values.items() if key != "checksum"}
    return hashlib.sha256(orjson.dumps(others)).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a dataset folder.

    Raises ``BadInputError`` where there is none, and where it is not one that this version reads.
    """
    path = folder / MANIFEST_FILE
    try:
        check_regular(path)
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadInputError("manifest_missing", path=folder) from error
    except OSError as error:
        raise BadInputError("manifest_invalid", path=path, reason=system_reason(error)) from error
    return parse_manifest(content, path)


def parse_manifest(content: bytes, path: Path) -> Manifest:
    """Return the manifest that these bytes hold; ``path`` is what errors call it."""
    try:
        manifest = Manifest.model_validate_json(content, by_alias=False, by_name=True)
        orjson.loads(content)  # pydantic's parser takes NaN and Infinity, which are not JSON
    except orjson.JSONDecodeError as error:
        raise BadInputError("manifest_invalid", path=path, reason=reason_of(error)) from error
    except ValidationError as error:
        key, reason = first_problem(error)
        reason = f"{key}: {reason}" if key else reason
        raise BadInputError("manifest_invalid", path=path, reason=reason) from error
    return manifest
