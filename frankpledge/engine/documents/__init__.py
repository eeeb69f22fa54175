"""One list of blocks, three renderers: HTML page, Word document, tagged PDF."""
