"""The market: its people, their tribes, and the social network between them."""
