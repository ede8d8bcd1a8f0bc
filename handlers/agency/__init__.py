"""Who works here, as what, and how the agency presents itself."""
