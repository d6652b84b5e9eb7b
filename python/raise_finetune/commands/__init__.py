"""The application's commands: request model → response model, with no transport.

Importing the package registers them all.
"""

from raise_finetune.commands import application as application
from raise_finetune.commands import comparison as comparison
from raise_finetune.commands import datasets as datasets
from raise_finetune.commands import demo as demo
from raise_finetune.commands import dialogs as dialogs
from raise_finetune.commands import export as export
from raise_finetune.commands import forgetting as forgetting
from raise_finetune.commands import interrupted as interrupted
from raise_finetune.commands import library as library
from raise_finetune.commands import near_duplicates as near_duplicates
from raise_finetune.commands import past_exports as past_exports
from raise_finetune.commands import privacy as privacy
from raise_finetune.commands import ratings as ratings
from raise_finetune.commands import reading as reading
from raise_finetune.commands import recipes as recipes
from raise_finetune.commands import runs as runs
from raise_finetune.commands import token_preview as token_preview
from raise_finetune.commands import trained_models as trained_models
from raise_finetune.commands import training as training
from raise_finetune.commands import verification as verification
