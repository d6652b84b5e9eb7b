"""The application's commands: request model → response model, with no transport."""
