"""The application's commands: request model → response model, with no transport."""

from raise_finetune.commands import application as application
