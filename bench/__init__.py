"""The measured claims of ``docs/benchmarks.md``, each a command: ``python -m bench.export``."""
