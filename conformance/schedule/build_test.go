package schedule

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// module is the directory of the module, from here.
const module = "../.."

// A binary is the test binary with steps.
type binary struct {
	path    string
	planted map[string]bool // the plantings whose place was found
}

// build makes the test binary of this package anew, with copies of the packages
// under test in which each operation is a step, and a switch for each of the
// plantings. It leaves the packages themselves alone: the copies are in dir, and
// an overlay puts them in their place for this one build.
func build(dir string, all []planting) (b binary, err error) {
	replaced := map[string]string{}
	b = binary{path: filepath.Join(dir, "explorer.exe"), planted: map[string]bool{}}
	for _, pkg := range instrumented {
		from, err := filepath.Abs(filepath.Join(module, pkg))
		if err != nil {
			return b, err
		}
		sources, err := instrument(from, func(file string, source []byte) ([]byte, error) {
			for _, p := range all {
				if p.file != pkg+"/"+file {
					continue
				}
				if strings.Count(string(source), p.old) != 1 {
					continue
				}
				b.planted[p.name] = true
				source = []byte(strings.Replace(string(source), p.old, p.new, 1))
			}
			return source, nil
		})
		if err != nil {
			return b, err
		}
		for name, source := range sources {
			to := filepath.Join(dir, pkg+"-"+filepath.Base(name))
			if err := os.WriteFile(to, source, 0o666); err != nil {
				return b, err
			}
			replaced[name] = to
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return b, err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o666); err != nil {
		return b, err
	}
	c := exec.Command("go", "test", "-c", "-overlay="+file, "-o", b.path, ".")
	if out, err := c.CombinedOutput(); err != nil {
		return b, fmt.Errorf("%w\n%s", err, out)
	}
	return b, nil
}
