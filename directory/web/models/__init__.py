"""View models: what each part of a page shows, worked out in plain values before a template sees it."""
