"""From plans to answers: designs, runs, stores, statistics, and the questions asked of them."""
