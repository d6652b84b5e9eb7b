"""Names found by a model that the user supplies, in a process of its own; off by default."""

from raise_finetune.dataset.sanitize.ner.tier import NerTier

__all__ = ["NerTier"]
