//go:build !(linux || darwin || freebsd)

package main

import "io"

// terminalColumns returns 0: how wide a terminal is cannot be told here.
func terminalColumns(io.Writer) int { return 0 }
