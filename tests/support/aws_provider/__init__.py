"""An AWS for the real Pulumi engine: provider `aws`, whose cloud is a SQLite file.

It replaces and updates by the rules of the real provider (`changes.yaml`), and does what AWS does
with its objects by rows (`rows/`): what must exist, what is in the way of a deletion, which names
are taken, what AWS makes by itself. It never adopts what a killed run has made: the real one does
not either.
"""
