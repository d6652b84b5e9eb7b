"""Fine-tuning as the application sees it: configuration, estimate, runs, and their processes.

The training itself happens in ``raise_finetune.trainer``, which is only ever started as a process:
nothing here imports torch.
"""
