// Command pulumi-resource-kubernetes is Pulumi's Kubernetes provider without its generated schema,
// which its module leaves out and which neither up nor destroy reads.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte("{}"), []byte("{}"))
}
