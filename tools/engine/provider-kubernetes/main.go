// Command pulumi-resource-kubernetes is Pulumi's Kubernetes provider without its generated schema,
// which its module leaves out and which neither up nor destroy reads.
package main

import "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"

// version is what programs ask for, linked in by the build.
var version string

func main() {
	provider.Serve("kubernetes", version, []byte("{}"), []byte("{}"))
}
