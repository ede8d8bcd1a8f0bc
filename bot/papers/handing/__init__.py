"""How a paper is asked for, made, and handed out once."""
