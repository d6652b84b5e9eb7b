"""Commands of the *Models* screen: what was trained, from what, and what can be made of it."""

import shlex
from pathlib import Path

from raise_finetune.adapters.installation import require_installed
from raise_finetune.adapters.modelfile import MODELFILE
from raise_finetune.commands.comparison_session import close_comparison
from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import NoRequest, Request, Response, WireModel
from raise_finetune.messages import text
from raise_finetune.paths import runs_home
from raise_finetune.training.lineage import RecipeChoice
from raise_finetune.training.runs import Run, RunName, RunState, delete_run, find_run, list_runs
from raise_finetune.training.status import run_status

ADAPTER_FILE = "adapter.gguf"


class ModelFile(WireModel):
    """A file that was made of an adapter; ``bytes`` is its size."""

    path: str
    bytes: int


class TrainedModel(WireModel):
    """One run and its lineage: the dataset, the base, the prompt profile and the recipe.

    ``recipe`` holds the keys that differ from the default one, None where it is not known.
    ``steps`` and ``loss`` are the last ones told. ``eval_loss`` is the loss on the validation rows
    at ``eval_step``, of the adapter where that is known, else the latest; None where it was taken
    only before the first step.
    """

    run: str
    state: RunState
    created: str
    dataset: str
    dataset_exists: bool
    input_hash: str
    base: str
    base_exists: bool
    architecture: str
    profile: str
    recipe: tuple[RecipeChoice, ...] | None
    has_adapter: bool
    steps: int
    loss: float | None
    eval_loss: float | None
    eval_step: int | None
    gguf: ModelFile | None
    modelfile: ModelFile | None


class ModelsResponse(Response):
    """The runs on this machine, newest first."""

    models: tuple[TrainedModel, ...]


class ConvertResponse(ModelsResponse):
    """The runs, now that one is converted; ``notices`` in the user's language."""

    notices: tuple[str, ...]


class ModelRequest(Request):
    """One run, by its name."""

    run: RunName


class ModelfileRequest(ModelRequest):
    """For which base, as a GGUF file; without one, the base's folder, which Ollama reads too."""

    base_gguf: str | None = None


class ModelfileResponse(Response):
    """Where the file lies and what stands in it; ``notices`` in the user's language."""

    path: str
    content: str
    command_line: str
    notices: tuple[str, ...]


@command("models_list")
def models_list(_request: NoRequest, _context: Context) -> ModelsResponse:
    """Return the runs on this machine with their adapters."""
    return _models()


@command("models_convert")
def models_convert(request: ModelRequest, context: Context) -> ConvertResponse:
    """Turn a run's adapter into a GGUF file beside it."""
    run = find_run(runs_home(), request.run)
    convert_run(run)
    notices = base_notices(run, Path(run.config().model.base), context)
    return ConvertResponse(models=_models().models, notices=notices)


@command("models_modelfile")
def models_modelfile(request: ModelfileRequest, context: Context) -> ModelfileResponse:
    """Write the file by which Ollama serves a run's adapter; its adapter is converted first."""
    require_installed()
    from raise_finetune.adapters.base import read_base
    from raise_finetune.adapters.fitting import check_fits
    from raise_finetune.adapters.modelfile import format_modelfile, write_modelfile
    from raise_finetune.adapters.provenance import chosen_profile

    run = find_run(runs_home(), request.run)
    adapter = convert_run(run)
    config = run.config()
    base = Path(request.base_gguf or config.model.base)
    profile = chosen_profile(check_fits(adapter, read_base(base)), None)
    content = format_modelfile(base, adapter, profile, config.data.max_length)
    path = run.folder / MODELFILE
    write_modelfile(path, content)
    return ModelfileResponse(
        path=str(path),
        content=content,
        command_line=shlex.join(["ollama", "create", run.name, "-f", str(path)]),
        notices=base_notices(run, base, context),
    )


@command("models_delete")
def models_delete(request: ModelRequest, _context: Context) -> ModelsResponse:
    """Delete a run with its adapter and its files; refused while it is being trained."""
    close_comparison(request.run)
    delete_run(find_run(runs_home(), request.run))
    return _models()


def convert_run(run: Run) -> Path:
    """Return the GGUF file of a run's adapter, made now unless it is there and newer."""
    require_installed()
    from raise_finetune.adapters.base import read_base
    from raise_finetune.adapters.convert import convert_adapter
    from raise_finetune.adapters.peft_adapter import WEIGHTS_FILE, read_peft_adapter
    from raise_finetune.adapters.provenance import provenance_of

    output, weights = run.folder / ADAPTER_FILE, run.adapter / WEIGHTS_FILE
    if output.is_file() and weights.is_file() and _age(output) <= _age(weights):
        return output
    provenance = provenance_of(run.adapter)
    convert_adapter(
        read_peft_adapter(run.adapter),
        read_base(Path(run.config().model.base)),
        output,
        None if provenance is None else provenance.metadata(),
    )
    return output


def base_notices(run: Run, base: Path, context: Context) -> tuple[str, ...]:
    """Say so where a run's adapter was trained on another base than this one."""
    from raise_finetune.adapters.trained_on import other_base

    notice = other_base(run.adapter, base)
    return () if notice is None else (text(notice.key, context.language, **notice.params),)


def _age(path: Path) -> int:
    """Return a number that is the smaller, the newer a file is."""
    return -path.stat().st_mtime_ns


def _models() -> ModelsResponse:
    return ModelsResponse(models=tuple(_view(run) for run in list_runs(runs_home())))


def _view(run: Run) -> TrainedModel:
    status = run_status(run)
    eval_loss, eval_step = status.eval_loss, status.eval_step
    if status.adapter_eval_loss is not None:
        eval_loss, eval_step = status.adapter_eval_loss, status.adapter_step
    return TrainedModel(
        run=run.name,
        state=status.state,
        created=status.created,
        dataset=status.dataset,
        dataset_exists=status.dataset_exists,
        input_hash=run.lineage().input_hash,
        base=status.base,
        base_exists=Path(status.base).is_dir(),
        architecture=status.architecture,
        profile=status.profile,
        recipe=status.recipe,
        has_adapter=bool(status.adapter),
        steps=status.step,
        loss=status.loss,
        eval_loss=eval_loss,
        eval_step=eval_step,
        gguf=_file(run.folder / ADAPTER_FILE),
        modelfile=_file(run.folder / MODELFILE),
    )


def _file(path: Path) -> ModelFile | None:
    return ModelFile(path=str(path), bytes=path.stat().st_size) if path.is_file() else None
