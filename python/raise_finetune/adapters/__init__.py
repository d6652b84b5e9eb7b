"""Adapters: from PEFT's format to llama.cpp's, checked against the base; an extra.

Nothing here needs torch: weights are read with numpy, files are written with ``gguf``.
"""
