"""Training runs on disk: a folder each, which any process can read at any time.

::

    training.toml      the configuration
    run.json           the lineage: dataset, its manifest's hash, prompt profile, base model
    manifest.json      the dataset's manifest, so that the recipe is known when the dataset is gone
    events.jsonl       what the trainer tells, see ``events``
    trainer.log        what else it printed
    parity.json        prompts of a few rows with their token ids, for inference to compare
    checkpoints/       what it can be resumed from, until it is finished
    best/              the adapter that answered the validation rows best so far, as long
    adapter/           the result, as PEFT saves it, with the lineage as ``raise.json``
    PAUSE, STOP        a request to pause or to stop, until the trainer has taken it
    lock               held by the trainer as long as it lives
"""

import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

import orjson
from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from raise_finetune.adapters.model_weights import sample_of_weights
from raise_finetune.adapters.peft_adapter import WEIGHTS_FILE
from raise_finetune.adapters.trained_on import LINEAGE_FILE
from raise_finetune.dataset.manifest import ManifestProfile
from raise_finetune.dataset.output import MANIFEST_FILE
from raise_finetune.dataset.report_model import ReportModel
from raise_finetune.errors import BadInputError
from raise_finetune.storage.atomic import make_folders, write_file
from raise_finetune.training.base_model import BaseModel
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import format_config, read_config
from raise_finetune.training.events import last_event
from raise_finetune.training.held import is_held
from raise_finetune.training.source import TrainingData
from raise_finetune.version import __version__

RunName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
RunState = Literal[
    "starting",
    "running",
    "pausing",
    "paused",
    "stopping",
    "stopped",
    "finished",
    "failed",
    "interrupted",
]
# Both save a checkpoint and the adapter; a paused run waits to be resumed, a stopped one is done.
Request = Literal["pause", "stop"]
REQUESTS: tuple[Request, ...] = get_args(Request)

# How long a trainer may take to be gone after it has told its end.
SECONDS_TO_LEAVE = 10.0
_SECONDS_TO_START = 60.0
PARITY_FILE = "parity.json"

_ACTIVE: tuple[RunState, ...] = ("starting", "running", "pausing", "stopping")
_END_STATES: Mapping[str, RunState] = {"finished": "finished", "paused": "paused"}
_REMOVED = ".removed-"


class Lineage(ReportModel):
    """What a run is made of.

    ``base_weights`` is a sample of the base's weights, empty in a run of an earlier version.
    """

    format: Literal[1] = 1
    tool_version: str
    created: str
    dataset: str
    manifest_sha256: str
    input_hash: str
    base: str
    base_weights: str = ""
    architecture: str
    profile: ManifestProfile


class AdapterLineage(Lineage):
    """What lies beside an adapter: ``step`` tells which one of the run's it is.

    ``eval_loss`` is its loss on the validation rows, None where these were not asked at that step.
    """

    step: int
    eval_loss: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """One run's folder."""

    folder: Path

    @property
    def name(self) -> str:
        """What the run is called: its folder's name."""
        return self.folder.name

    @property
    def config_file(self) -> Path:
        """The configuration."""
        return self.folder / "training.toml"

    @property
    def lineage_file(self) -> Path:
        """What the run is made of."""
        return self.folder / "run.json"

    @property
    def events(self) -> Path:
        """The trainer's events."""
        return self.folder / "events.jsonl"

    @property
    def log(self) -> Path:
        """What the trainer printed."""
        return self.folder / "trainer.log"

    @property
    def checkpoints(self) -> Path:
        """The folder of checkpoints."""
        return self.folder / "checkpoints"

    @property
    def best(self) -> Path:
        """The folder of the adapter that answered the validation rows best so far."""
        return self.folder / "best"

    @property
    def adapter(self) -> Path:
        """The folder of the result."""
        return self.folder / "adapter"

    @property
    def manifest(self) -> Path:
        """The dataset's manifest as it was; not there for a dataset that has none."""
        return self.folder / "manifest.json"

    @property
    def parity(self) -> Path:
        """Prompts and their token ids, for inference to compare."""
        return self.folder / PARITY_FILE

    def request_file(self, request: Request) -> Path:
        """Return the file that asks the trainer to pause or to stop."""
        return self.folder / request.upper()

    def requested(self) -> Request | None:
        """Return what the trainer is asked for and has not taken yet; to stop goes first."""
        return next((each for each in reversed(REQUESTS) if self.request_file(each).exists()), None)

    def clear_requests(self) -> None:
        """Take back what the trainer was asked for."""
        for request in REQUESTS:
            self.request_file(request).unlink(missing_ok=True)

    def lock(self) -> FileLock:
        """Return the lock that the trainer holds; only this process's own while it is held."""
        return FileLock(self.folder / "lock", timeout=0, is_singleton=False)

    def exists(self) -> bool:
        """Tell whether the folder is a run's; its lineage is written last."""
        return self.lineage_file.is_file()

    def config(self) -> TrainingConfig:
        """Return the configuration; raises ``BadInputError``."""
        return read_config(self.config_file)

    def lineage(self) -> Lineage:
        """Return what the run is made of; raises ``BadInputError``."""
        try:
            return Lineage.model_validate_json(self.lineage_file.read_bytes())
        except (OSError, ValidationError) as error:
            reason = self.lineage_file.name
            raise BadInputError("run_unreadable", name=self.name, reason=reason) from error

    def best_lineage(self) -> "AdapterLineage | None":
        """Return which adapter is the best so far, None where none was validated yet."""
        return _adapter_lineage(self.best)

    def adapter_lineage(self) -> "AdapterLineage | None":
        """Return which adapter is the result; None where there is none, or no one knows."""
        return _adapter_lineage(self.adapter)

    def has_adapter(self) -> bool:
        """Tell whether there is a result to use."""
        return (self.adapter / WEIGHTS_FILE).is_file()

    def is_alive(self) -> bool:
        """Tell whether a trainer process holds the run."""
        return is_held(self.folder / "lock")

    def is_active(self) -> bool:
        """Tell whether a trainer works on the run, or is about to."""
        return self.state() in _ACTIVE

    def state(self) -> RunState:
        """Return where the run is."""
        event = last_event(self.events) or {"event": "queued", "t": 0.0}
        match event["event"]:
            case "end":
                return _END_STATES.get(str(event.get("state")), "stopped")
            case "error":
                return "failed"
            case "exit":
                return "interrupted"
            case kind:
                return self._state_without_end(kind, float(event.get("t", 0.0)))

    def _state_without_end(self, kind: str, told: float) -> RunState:
        if self.is_alive():
            match self.requested():
                case "stop":
                    return "stopping"
                case "pause":
                    return "pausing"
                case None:
                    return "starting" if kind == "queued" else "running"
        # Both ways: after the clock was put back, nothing would be starting for years.
        if kind == "queued" and abs(time.time() - told) < _SECONDS_TO_START:
            return "starting"
        return "interrupted"


def _adapter_lineage(adapter: Path) -> AdapterLineage | None:
    try:
        return AdapterLineage.model_validate_json((adapter / LINEAGE_FILE).read_bytes())
    except (OSError, ValidationError):  # of a run of an earlier version, without the step
        return None


def create_run(config: TrainingConfig, data: TrainingData, base: BaseModel, folder: Path) -> Run:
    """Write the folder of a new run, and return it.

    The configuration is written with absolute paths, so that the run can be resumed from anywhere.
    Raises ``BadInputError`` where the folder is there already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BadInputError("run_exists", path=folder)
    make_folders(folder.resolve())
    run = Run(folder.resolve())
    absolute = config.model_copy(
        update={
            "model": config.model.model_copy(update={"base": str(base.folder)}),
            "data": config.data.model_copy(update={"dataset": str(data.folder)}),
        }
    )
    write_file(run.config_file, format_config(absolute).encode())
    if data.manifest is not None:
        write_file(run.manifest, (data.folder / MANIFEST_FILE).read_bytes())
    write_file(run.lineage_file, _lineage(data, base).to_json())
    return run


def new_run_folder(home: Path) -> Path:
    """Return a name for a run that no other has: when, and four random digits."""
    when = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return home / f"{when}-{secrets.token_hex(2)}"


def find_run(home: Path, name: str) -> Run:
    """Return a run by its name; raises ``BadInputError`` where there is none."""
    run = Run(home / name)
    if run.folder.parent != home or not run.exists():
        raise BadInputError("run_unknown", name=name)
    return run


def list_runs(home: Path) -> list[Run]:
    """Return all runs, newest first; one whose lineage cannot be read is passed over.

    What a killed removal left goes.
    """
    if not home.is_dir():
        return []
    runs: list[tuple[str, str, Run]] = []
    _finish_removals(home)
    for folder in home.iterdir():
        if folder.name.startswith(_REMOVED):
            continue
        run = Run(folder)
        with suppress(BadInputError):
            runs.append((run.lineage().created, run.name, run))
    return [run for *_, run in sorted(runs, key=lambda each: each[:2], reverse=True)]


def delete_run(run: Run) -> None:
    """Remove a run with its checkpoints and its adapter; raises ``BadInputError`` if it works."""
    if run.is_active():
        raise BadInputError("run_busy", name=run.name)
    try:
        with run.lock().acquire(timeout=SECONDS_TO_LEAVE):
            pass
    except Timeout as error:
        raise BadInputError("run_busy", name=run.name) from error
    # Out of sight in one step: whoever still asks for the run finds none, never half of one.
    run.folder.rename(run.folder.with_name(f"{_REMOVED}{run.name}-{secrets.token_hex(2)}"))
    _finish_removals(run.folder.parent)


def _finish_removals(home: Path) -> None:
    """Remove what is out of sight; what cannot be removed now is tried again the next time."""
    for folder in home.glob(f"{_REMOVED}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _lineage(data: TrainingData, base: BaseModel) -> Lineage:
    return Lineage(
        tool_version=__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        dataset=str(data.folder),
        manifest_sha256=data.manifest_sha256(),
        input_hash="" if data.manifest is None else data.manifest.input_hash,
        base=str(base.folder),
        base_weights=sample_of_weights(base.folder),
        architecture=base.architecture,
        profile=ManifestProfile.of(data.profile, data.profile.columns),
    )


def write_parity(run: Run, prompts: list[dict[str, object]]) -> None:
    """Keep the prompts of a few rows with the ids that training gave them."""
    write_file(run.parity, orjson.dumps(prompts, option=orjson.OPT_INDENT_2))
