"""What is kept of people: seen, taken along, destroyed in time."""
