"""Steps from each schema to the next, forward only; run inside one transaction, so that a killed one never happened."""
