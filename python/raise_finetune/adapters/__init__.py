"""Adapters: from PEFT's format to llama.cpp's, checked against the base; an extra.

Nothing here needs torch: weights are read with numpy, files are written with ``gguf``. The readers
of a base's folder, ``model_config`` and ``model_weights``, need no extra: the estimate uses them.
"""
