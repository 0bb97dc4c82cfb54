//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package host

// release is not known here.
func release() string { return "" }
