"""Conversations and documentation → the examples that the recipe wants."""
