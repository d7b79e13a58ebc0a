"""What other rules would have changed, reckoned over history, a module for each kind of set."""
