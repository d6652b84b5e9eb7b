"""What a run learns from: the base and the dataset that it began with, or it does not go on."""

from raise_finetune.adapters.model_weights import sample_of_weights
from raise_finetune.errors import BadInputError
from raise_finetune.training.base_model import BaseModel, read_base_model
from raise_finetune.training.config import TrainingConfig
from raise_finetune.training.runs import Run
from raise_finetune.training.source import TrainingData, open_dataset


def open_sources(run: Run, config: TrainingConfig) -> tuple[BaseModel, TrainingData]:
    """Return the base and the dataset of a run.

    Raises ``BadInputError`` where one of them is gone or has become another since it began.
    """
    return _open_base(run, config), _open_data(run, config)


def _open_base(run: Run, config: TrainingConfig) -> BaseModel:
    try:
        base = read_base_model(config.model.base)
    except BadInputError as error:
        if error.code == "base_missing":
            path = config.model.base
            raise BadInputError(
                "run_base_missing", path=path, name=run.name, config=run.config_file
            ) from error
        raise
    known = run.lineage().base_weights  # empty in a run of an earlier version
    if known and known != sample_of_weights(base.folder):
        raise BadInputError("run_base_changed", path=base.folder, name=run.name)
    return base


def _open_data(run: Run, config: TrainingConfig) -> TrainingData:
    try:
        data = open_dataset(config.data)
    except BadInputError as error:
        if error.code == "training_dataset_missing":
            path = config.data.dataset
            raise BadInputError(
                "run_dataset_missing", path=path, name=run.name, config=run.config_file
            ) from error
        raise
    if config.data.verify and data.manifest_sha256() != run.lineage().manifest_sha256:
        raise BadInputError("run_dataset_changed", path=data.folder, name=run.name)
    return data
