"""Rows → files that take the target's place in one step, and what lies beside them."""
