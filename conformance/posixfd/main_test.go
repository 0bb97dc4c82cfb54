package posixfd

import (
	"os"
	"runtime/debug"
	"testing"
)

func TestMain(m *testing.M) {
	ServeChild()
	debug.SetGCPercent(400) // thousands of short campaigns leave little behind
	os.Exit(m.Run())
}
