"""Where conversations are kept: one contract, one file per database."""
