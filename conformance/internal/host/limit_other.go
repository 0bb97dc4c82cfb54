//go:build !unix

package host

func descriptorLimit() uint64 { return 0 }
