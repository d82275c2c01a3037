//go:build tools

// Package tools pins the docker-build provider so that `go build` takes it from go.sum.
package tools

import _ "github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build"
