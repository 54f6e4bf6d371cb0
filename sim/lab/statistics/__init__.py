"""Statistics of replicates: intervals, paired differences, resampling, shares of a difference."""
