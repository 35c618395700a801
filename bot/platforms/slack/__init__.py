"""Slack: the coach in direct messages, as App Home, in forms and behind a slash command."""
