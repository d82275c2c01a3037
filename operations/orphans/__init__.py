"""What a stack has left on AWS: found by tag, told and priced, never changed."""
