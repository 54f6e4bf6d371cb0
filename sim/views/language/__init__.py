"""All text that a reader sees, in English and Chinese, and how numbers are written."""
