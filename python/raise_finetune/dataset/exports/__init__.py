"""Finished exports: which there are, how two differ, where a row comes from, what to forget."""
