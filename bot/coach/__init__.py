"""Pure knowledge of the subject: reading what people write, drafting, etiquette, dates in words."""
