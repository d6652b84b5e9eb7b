"""Names found by a model that the user supplies, in a process of its own; off by default."""
