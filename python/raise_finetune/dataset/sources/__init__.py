"""Documents and chat files → conversations and documentation, with what was said of them."""
