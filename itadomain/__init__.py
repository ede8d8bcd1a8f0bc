"""The rules of the ITA: pure values and functions; nothing here touches a file, a clock or a framework."""
