// Package java stands in for Pulumi's Java generator, which the Go proxy does not have. The
// docker-build provider takes one type of it, to write Java code, which nobody here asks for.
package java

// PackageInfo is what the provider says to that generator.
type PackageInfo struct {
	BuildFiles                      string
	GradleNexusPublishPluginVersion string
	Dependencies                    map[string]string
}
