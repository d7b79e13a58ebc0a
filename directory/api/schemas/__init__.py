"""What the interface takes and gives, as marshmallow schemas: they check what comes in and document what goes out."""
