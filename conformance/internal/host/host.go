// Package host tells which kernel this program runs on.
package host

// Release returns the release of the kernel as uname -r prints it. It is empty
// where the standard library cannot tell.
func Release() string { return release() }
