package report

import (
	"testing"

	"mx.example/conformance"
)

// TestReplayCommand names a case of the suite, or the file of another.
func TestReplayCommand(t *testing.T) {
	c := conformance.Cases()[0]
	if got, want := ReplayCommand(&c, "mx"), "mxconform replay "+c.Name+" -backend mx"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c.File = "mine.mx" // the same name, in a file of one's own
	if got, want := ReplayCommand(&c, "mx"), "mxconform replay mine.mx -backend mx"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
