//go:build !unix

package remote

import "os/exec"

func ownGroup(*exec.Cmd) {}

// killGroup ends the program. What it has started is its own to end.
func killGroup(c *exec.Cmd) {
	_ = c.Process.Kill() // it may have ended
}
