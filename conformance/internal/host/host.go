// Package host tells which kernel this program runs on, and what it may use of it.
package host

// Release returns the release of the kernel as uname -r prints it. It is empty
// where the standard library cannot tell.
func Release() string { return release() }

// DescriptorLimit returns how many descriptors this process may have open, or 0
// where that cannot be told.
func DescriptorLimit() uint64 { return descriptorLimit() }
