package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The picture in .github/ARCHITECTURE.md has every package of the module, and
// a package imports only what stands below it there.
func TestThePictureIsTrue(t *testing.T) {
	const root = "../.."
	layer := pictured(t, filepath.Join(root, ".github", "ARCHITECTURE.md"))
	there := make(map[string]bool)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(path, root), string(filepath.Separator)))
		if d.IsDir() {
			if name != "" && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == "conformance/external") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		of := name[:max(strings.LastIndexByte(name, '/'), 0)]
		there[of] = true
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			imported, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "mx.example/")
			if ok && layer[of] != 0 && layer[imported] <= layer[of] {
				t.Errorf("%s imports %s, which does not stand below %s in the picture", name, imported, of)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range there {
		if layer[name] == 0 {
			t.Errorf("the picture lacks %s", name)
		}
	}
	for name := range layer {
		if !there[name] {
			t.Errorf("the picture has %s, and there is no such package", name)
		}
	}
}

// pictured reads the picture: the layer of each package, from 1 at the top.
func pictured(t *testing.T, file string) map[string]int {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, picture, ok := strings.Cut(string(text), "```picture\n")
	if !ok {
		t.Fatalf("%s has no picture", file)
	}
	picture, _, _ = strings.Cut(picture, "```")
	layer := make(map[string]int)
	n := 1
	for line := range strings.Lines(picture) {
		if strings.TrimSpace(line) == "↓" {
			n++
			continue
		}
		name := strings.Fields(line)[0]
		if layer[name] != 0 {
			t.Errorf("the picture has %s twice", name)
		}
		layer[name] = n
	}
	return layer
}
