//go:build !(linux || darwin || freebsd || netbsd || dragonfly)

package guardpage

func pageSize() int { return 1 }

func mapWithWall(good, wall int) ([]byte, error) { return nil, ErrUnavailable }

func unmap([]byte) {}
