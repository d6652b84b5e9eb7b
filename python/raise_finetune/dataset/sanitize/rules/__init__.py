"""The rules: for each, an anchor that finds candidates fast and a check that decides."""
