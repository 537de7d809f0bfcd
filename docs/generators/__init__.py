"""The generated parts of the documentation, one module each; every ``page()`` returns Markdown."""
