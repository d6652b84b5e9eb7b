"""RAISE fine-tuning: training sets from rated conversations and documentation."""
