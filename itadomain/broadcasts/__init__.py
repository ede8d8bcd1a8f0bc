"""Telling many people at once: who hears it, what it costs, who has to agree."""
