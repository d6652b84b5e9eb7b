"""A demo domain: a realistic RAISE data folder, the same for everyone with the same seed."""
