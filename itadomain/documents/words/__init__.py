"""What documents call things: headings, indicators, units. Data only; the rules that use it stand one floor up."""
