"""What each paper says, as a value: nothing here knows how it is written or who asks for it."""
