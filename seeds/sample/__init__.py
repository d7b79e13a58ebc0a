"""The sample community: the made-up city of Rivebourg, Ontario, whose directory has the riches and the flaws of real ones."""
