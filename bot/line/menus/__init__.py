"""The pictures of the menus under the chat."""
