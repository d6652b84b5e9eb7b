"""Llama 3.1's way to stretch its context: slow frequencies are divided, fast ones stay."""

import math

import numpy as np
import numpy.typing as npt

from raise_finetune.adapters.model_config import RopeParameters


def llama3_rope_factors(rope: RopeParameters, head_size: int) -> npt.NDArray[np.float32]:
    """Return by what llama.cpp divides each frequency: ``head_size / 2`` numbers.

    Waves that fit ``high_freq_factor`` times into the original context stay, those that fit less
    than ``low_freq_factor`` times are stretched by ``factor``, and between the two it is blended.
    """
    exponents = np.arange(0, head_size, 2, dtype=np.float64) / head_size
    wavelengths = 2 * math.pi * rope.rope_theta**exponents
    waves = rope.original_max_position_embeddings / wavelengths
    low, high = rope.low_freq_factor, rope.high_freq_factor
    kept = np.clip((waves - low) / (high - low), 0.0, 1.0)
    return (1.0 / ((1.0 - kept) / rope.factor + kept)).astype(np.float32)
