//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package host

import "syscall"

// release returns what uname -r prints.
func release() string {
	release, err := syscall.Sysctl("kern.osrelease")
	if err != nil {
		return ""
	}
	return release
}
