"""What planners look at: how often help was asked for and not found, who is served, where few reach it. Never anything of one person."""
