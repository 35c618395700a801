"""YAML files in, an immutable library and catalog out, or every problem at once."""
