//go:build darwin || freebsd

package posixfd

// settleTCP does nothing: these systems do not say what is under way.
func settleTCP(*endpoint) {}

func stuck(*endpoint) bool { return false }
