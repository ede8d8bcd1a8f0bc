"""The agency's own surveys: a rehearsal of what outsiders and insiders are asked, and a short one after a visit."""
