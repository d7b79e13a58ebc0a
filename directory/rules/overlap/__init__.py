"""Offerings of two organizations held against each other: the same help, for the same people, in the same area, at the same hours.

Nobody is judged by it. Three full pantries in one area may be just right, and a choice of culture or language is a good in itself: each
part of a pair is kept and shown, and the community's own rules (`flag`) say how it is read.
"""
