"""Where people meet the coach: each platform translates and sends, nothing more."""
