"""What a run learns from: the base and the dataset that it began with, or it does not go on."""

from collections.abc import Generator
from contextlib import contextmanager

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


# What is said of a folder that is gone, where a run has begun with it.
_OF_A_RUN = {"base_missing": "run_base_missing", "training_dataset_missing": "run_dataset_missing"}


@contextmanager
def _told_where_to_name_it(run: Run, path: str) -> Generator[None]:
    try:
        yield
    except BadInputError as error:
        if error.code not in _OF_A_RUN:
            raise
        code = _OF_A_RUN[error.code]
        raise BadInputError(code, path=path, name=run.name, config=run.config_file) from error


def _open_base(run: Run, config: TrainingConfig) -> BaseModel:
    with _told_where_to_name_it(run, config.model.base):
        base = read_base_model(config.model.base)
    known = run.lineage().base_weights  # empty in a run of an earlier version
    if known and known != sample_of_weights(base.folder):
        raise BadInputError("run_base_changed", path=base.folder, name=run.name)
    return base


def _open_data(run: Run, config: TrainingConfig) -> TrainingData:
    with _told_where_to_name_it(run, config.data.dataset):
        data = open_dataset(config.data)
    if config.data.verify and data.manifest_sha256() != run.lineage().manifest_sha256:
        raise BadInputError("run_dataset_changed", path=data.folder, name=run.name)
    return data
