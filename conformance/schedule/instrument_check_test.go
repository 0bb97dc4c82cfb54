package schedule

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What package step has nothing for is refused, and not let go by.
func TestWhatHasNoStepIsRefused(t *testing.T) {
	for name, body := range map[string]string{
		"go statement":         "go f()",
		"range over a channel": "for range c {\n}",
		"time.After":           "<-time.After(1)",
		"select whose default": "select {\ndefault:\ncase <-c:\n}",
	} {
		dir := t.TempDir()
		source := "package x\n\nimport \"time\"\n\nvar c chan int\n\nfunc f() {\n" + body + "\n}\n"
		if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := instrument(dir, func(_ string, source []byte) ([]byte, error) { return source, nil })
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
