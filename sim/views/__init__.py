"""From answers to words and pictures: language, figures, pages."""
