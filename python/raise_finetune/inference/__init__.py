"""Asking a base model, with and without an adapter: llama.cpp in a process of its own; an extra.

Native code that crashes on a bad file takes its process along, never the application.
"""
