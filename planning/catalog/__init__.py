"""Facts as YAML rows, each with a source and a date; see CONTRIBUTING for adding one."""

from planning.catalog.load import Catalog, load_catalog
from planning.catalog.tables import CatalogError

__all__ = ["Catalog", "CatalogError", "load_catalog"]
