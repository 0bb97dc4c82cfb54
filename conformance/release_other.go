//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package conformance

// kernelRelease is not known here.
func kernelRelease() string { return "" }
