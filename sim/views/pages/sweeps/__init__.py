"""Pages about sweeps: the sweep itself, sensitivity, the best plan, and where a plan fails or shines."""
