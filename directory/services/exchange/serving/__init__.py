"""HSDS over the wire: what is asked, which records that means, and what they are as objects. Reading only."""
