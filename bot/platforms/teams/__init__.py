"""Microsoft Teams: the coach in a personal chat, with cards, forms and reminders, for one or several tenants."""
