"""A launch template that answers without a session token, and one that does not."""

import pulumi_aws as aws

aws.ec2.LaunchTemplate("old")
aws.ec2.LaunchTemplate("new", metadata_options={"http_tokens": "required"})
