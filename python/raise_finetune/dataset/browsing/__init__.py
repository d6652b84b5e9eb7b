"""Looking before anything is exported: what there is, what would be written, what is sensitive."""
