"""What tests share: databases, tools found on this machine, the summary at the end, and small made-up listings."""
