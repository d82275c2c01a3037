// Package codegen stands in for Pulumi's C# generator, which the Go proxy does not have. The
// docker-build provider takes one type of it, to write C# code, which nobody here asks for.
package codegen

// CSharpPackageInfo is what the provider says to that generator.
type CSharpPackageInfo struct {
	RespectSchemaVersion bool
	PackageReferences    map[string]string
}
