"""Pure wording: effects of a turn become one message in the person's language."""
