"""Where an adapter comes from and how to prompt it, carried in the GGUF file's own metadata."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from raise_finetune.adapters.gguf_file import GgufFile
from raise_finetune.adapters.trained_on import (
    BASE_KEY,
    LINEAGE_FILE,
    WEIGHTS_KEY,
    TrainedOn,
    trained_on,
)
from raise_finetune.dataset.manifest import ManifestProfile, read_manifest
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.prompts import get_text_profile, text_profile_names
from raise_finetune.dataset.prompts.resolve import is_template
from raise_finetune.dataset.prompts.text import TextProfile
from raise_finetune.dataset.verification.existing import find_dataset_folder
from raise_finetune.dataset.writing.kept_templates import text_profile_of
from raise_finetune.errors import BadInputError
from raise_finetune.problems import reason_of
from raise_finetune.regular_file import check_folder
from raise_finetune.version import __version__

_PREFIX = "raise."


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an adapter was trained with; what is not known is empty."""

    profile: ManifestProfile
    input_hash: str = ""
    manifest_sha256: str = ""
    base: TrainedOn = field(default_factory=TrainedOn)

    def metadata(self) -> Mapping[str, str]:
        """Return it as keys and texts for a GGUF file; what is not known is left out."""
        values = {
            f"{_PREFIX}tool_version": __version__,
            f"{_PREFIX}profile": self.profile.name,
            f"{_PREFIX}bos": self.profile.bos,
            f"{_PREFIX}eos": self.profile.eos,
            f"{_PREFIX}special_tokens_written_by": self.profile.special_tokens_written_by,
            f"{_PREFIX}system_placement": self.profile.system_placement,
            f"{_PREFIX}llama_cpp_template": self.profile.llama_cpp_template or "",
            f"{_PREFIX}dataset.input_hash": self.input_hash,
            f"{_PREFIX}dataset.manifest_sha256": self.manifest_sha256,
            BASE_KEY: self.base.name,
            WEIGHTS_KEY: self.base.weights,
        }
        return {key: value for key, value in values.items() if value}


def profile_of(adapter: GgufFile) -> str:
    """Return the name of the prompt profile that an adapter was trained with, or ""."""
    return adapter.string(f"{_PREFIX}profile")


def chosen_profile(adapter: GgufFile, chosen: str | None) -> TextProfile:
    """Return the prompt profile that an adapter was trained with, or the ``chosen`` one.

    Raises ``BadInputError`` where neither is a text profile, and where both differ.
    """
    written = profile_of(adapter)
    if written and chosen and chosen != written:
        raise BadInputError(
            "adapter_profile_differs", path=adapter.path, written=written, chosen=chosen
        )
    name = chosen or written
    if name not in text_profile_names():
        known = ", ".join(text_profile_names())
        raise BadInputError(
            "adapter_profile_unknown", path=adapter.path, profile=name or "—", known=known
        )
    return get_text_profile(name)


def _as_built_in(written: ManifestProfile, dataset: Path) -> ManifestProfile:
    """Return the profile of the rows; of a chat template, the built-in one that writes the same."""
    if not is_template(written.name):
        return written
    profile = text_profile_of(dataset, written.name)
    return written if profile is None else ManifestProfile.of(profile, written.columns)


class _Lineage(BaseModel):
    """What the trainer writes beside an adapter; more stands there than is needed here."""

    model_config = ConfigDict(extra="ignore")

    profile: ManifestProfile
    input_hash: str = ""
    manifest_sha256: str = ""


def provenance_of(adapter: Path, dataset: Path | None = None) -> Provenance | None:
    """Return where a PEFT adapter comes from, or None if nothing says so.

    The trainer leaves a file beside the adapter. For one that was trained elsewhere, ``dataset``
    names the folder that it was trained on; a relative path lies where exports put it, else here.
    Raises ``BadInputError`` for an unreadable one.
    """
    if dataset is not None:
        folder = find_dataset_folder(dataset)
        manifest = read_manifest(folder)
        content = (folder / MANIFEST_FILE).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        profile = _as_built_in(manifest.profile, folder)
        return Provenance(profile, manifest.input_hash, digest, trained_on(adapter))
    path = adapter / LINEAGE_FILE
    check_folder(adapter)
    try:
        lineage = _Lineage.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise BadInputError("adapter_unreadable", path=path, reason=reason_of(error)) from error
    return Provenance(
        lineage.profile, lineage.input_hash, lineage.manifest_sha256, trained_on(adapter)
    )
