"""Chaos: whether a coach that is killed, paused and starved loses, doubles or disorders what it says."""
