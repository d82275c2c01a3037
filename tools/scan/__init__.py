"""What other people's scanners say of rendered manifests and of Dockerfiles."""
