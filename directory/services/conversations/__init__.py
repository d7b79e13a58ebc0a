"""Conversations of organizations on an overlap or a gap."""
