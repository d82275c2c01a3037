"""Images made here where no upstream image can be pulled, for tests on the cluster.

A stand-in holds the same program as the upstream image, from a package registry, and little else:
what it is and is not is said in docs/adr/0021-stand-in-images.md.
"""
