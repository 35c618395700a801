"""The pure machine: a conversation and an event in, a conversation and effects out."""
