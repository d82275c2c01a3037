//go:build tools

// Package tools pins Pulumi's Python language host so that `go build` takes it from go.sum.
package tools

import _ "github.com/pulumi/pulumi/sdk/python/cmd/pulumi-language-python/v3"
