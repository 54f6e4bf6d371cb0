"""Questions asked of plans and answered by runs, always through the store: an interrupted one goes on."""
