"""How papers are written: Word, Excel, PDF, pictures. It knows nothing of what they say."""
