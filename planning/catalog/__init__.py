"""Facts as YAML rows, each with a source and a date; see CONTRIBUTING for adding one."""

from planning.catalog.load import Catalog, CatalogError, load_catalog

__all__ = ["Catalog", "CatalogError", "load_catalog"]
