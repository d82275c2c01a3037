"""Plain Kubernetes objects from specs: pure, so they can be read, checked and golden-tested."""
