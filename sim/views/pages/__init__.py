"""Pages: self-contained HTML files about finished studies and sweeps."""
