//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package conformance

import "syscall"

// kernelRelease is what uname -r prints.
func kernelRelease() string {
	release, err := syscall.Sysctl("kern.osrelease")
	if err != nil {
		return ""
	}
	return release
}
