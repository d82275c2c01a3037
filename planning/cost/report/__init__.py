"""An estimate as JSON, Markdown for a pull request, terminal text and arithmetic."""
