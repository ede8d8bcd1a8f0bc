"""The commands, by what they are for. Each module adds its own to the table that `bot/cli.py` reads."""
