"""What is registered on AWS, as the calls of boto3 that would make it and take it away."""
