"""The web form outside LINE for what is told of corruption: no login, no cookie, no script, and no address is kept."""
