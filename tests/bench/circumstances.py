"""What figures were measured with: without commit and load nobody can compare them."""

import os
import subprocess
from pathlib import Path


def circumstances() -> str:
    """The commit, with a word when files differ from it, and how many jobs wanted a processor in the minute before."""
    described = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(described, cwd=Path(__file__).parent, check=False, stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"commit {commit or 'unknown'}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
