"""What pipelines call: the same commands for GitHub, GitLab and a person (`make ci-preview`)."""
