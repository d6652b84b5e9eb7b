"""Commands on training configurations: presets, TOML, estimates."""

from typing import Annotated

from pydantic import Field

from raise_finetune.commands.context import Context
from raise_finetune.commands.registry import command
from raise_finetune.commands.wire import LongRequest, NoRequest, Request, Response, WireModel
from raise_finetune.errors import BadInputError
from raise_finetune.messages import text
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.config_file import format_config, parse_config
from raise_finetune.training.devices import Gpu, find_gpus
from raise_finetune.training.estimate import TrainingEstimate, estimate_training
from raise_finetune.training.presets import PRESET_NAMES, Device, PresetName, preset
from raise_finetune.training.process import check_trainer


class PresetView(WireModel):
    """A configuration to start from, for this machine."""

    name: PresetName
    config: TrainingConfig


class PresetsResponse(Response):
    """The presets for this machine; ``missing`` says what keeps a trainer from starting here."""

    presets: tuple[PresetView, ...]
    gpus: tuple[Gpu, ...]
    missing: str | None


class ConfigTextRequest(Request):
    """A training configuration as TOML."""

    toml: Annotated[str, Field(max_length=1_000_000)]


class ConfigRequest(Request):
    """A training configuration."""

    config: TrainingConfig


class ConfigResponse(Response):
    """A training configuration."""

    config: TrainingConfig


class ConfigTextResponse(Response):
    """A training configuration as TOML that explains itself."""

    toml: str


class EstimateRequest(LongRequest):
    """The configuration to estimate, with its dataset and its base model."""

    config: TrainingConfig


class EstimateResponse(Response):
    """What a training by this configuration would take; ``notices`` in the user's language."""

    estimate: TrainingEstimate
    notices: tuple[str, ...]


@command("training_presets")
def training_presets(_request: NoRequest, context: Context) -> PresetsResponse:
    """Return the configurations to start from on this machine."""
    gpus = tuple(find_gpus())
    device: Device = "cuda" if gpus else "cpu"
    missing = None
    try:
        check_trainer()
    except BadInputError as error:
        missing = f"{error.message(context.language)} {error.hint_in_window(context.language)}"
    presets = tuple(PresetView(name=name, config=preset(name, device)) for name in PRESET_NAMES)
    return PresetsResponse(presets=presets, gpus=gpus, missing=missing)


@command("training_config_parse")
def training_config_parse(request: ConfigTextRequest, context: Context) -> ConfigResponse:
    """Return the training configuration that a TOML text holds."""
    name = text("training.pasted", context.language)
    return ConfigResponse(config=parse_config(request.toml, name))


@command("training_config_format")
def training_config_format(request: ConfigRequest, context: Context) -> ConfigTextResponse:
    """Return a training configuration as TOML with a comment for every key."""
    return ConfigTextResponse(toml=format_config(request.config, context.language))


@command("training_estimate")
def training_estimate(request: EstimateRequest, context: Context) -> EstimateResponse:
    """Say what a training would take, having checked all that could keep it from starting."""
    estimate = estimate_training(request.config, find_gpus(), context.cancelled)
    notices = tuple(notice.said(context.language) for notice in estimate.notices)
    return EstimateResponse(estimate=estimate, notices=notices)
