"""What several features share: picking from lists, words on taps, what is sent and taken back."""
