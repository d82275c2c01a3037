"""What other people's scanners say of rendered manifests, Dockerfiles and pipelines."""
