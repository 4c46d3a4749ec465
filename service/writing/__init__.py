"""Writing: the use cases draft and edit, their ports and their typed prompts."""
