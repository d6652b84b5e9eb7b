"""The trainer: QLoRA with transformers, peft and trl, in a process of its own.

Nothing of the application imports this package; it is started as ``raise-trainer``, or on a GPU
machine by hand, with nothing but a dataset folder and a ``training.toml``.
"""
