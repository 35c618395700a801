"""The shell: one path for every event, the outbox and the worker."""
