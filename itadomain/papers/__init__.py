"""What an agency's papers say, before anybody writes them down."""
