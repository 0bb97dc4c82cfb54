package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// A file is one to install: at, below the prefix and with slashes, either what
// it holds or what it is a symbolic link to.
type file struct {
	at       string
	contents []byte
	link     string
}

//go:embed files
var embedded embed.FS

const (
	command = "mx.example/cmd/libmx"
	soname  = "libmx.so.0"
	docs    = "share/doc/libmx"
	// tags keep the C resolver of package net out, which no call needs.
	tags = "netgo,osusergo"
)

// build makes all files in the folder tmp, or reads them from the source.
func build(tmp string) ([]file, error) {
	source, err := output("go", "list", "-f", "{{.Dir}}", command)
	if err != nil {
		return nil, err
	}
	env, err := output("go", "env", "CGO_ENABLED", "CC")
	if err != nil {
		return nil, err
	}
	cgo, cc, _ := strings.Cut(env, "\n")
	if cgo != "1" {
		return nil, fmt.Errorf("libmx takes cgo: install a C compiler such as gcc, or set CGO_ENABLED=1")
	}
	shared, err := buildShared(tmp)
	if err != nil {
		return nil, err
	}
	static, err := buildStatic(tmp, strings.Fields(cc))
	if err != nil {
		return nil, err
	}
	files := []file{
		{at: "lib/" + soname, contents: shared},
		{at: "lib/libmx.so", link: soname},
		{at: "lib/libmx.a", contents: static},
	}
	for _, at := range []string{
		"lib/pkgconfig/libmx.pc",
		"lib/cmake/libmx/libmx-config.cmake",
		"lib/cmake/libmx/libmx-config-version.cmake",
		"share/libmx/libmx.supp",
	} {
		text, err := embedded.ReadFile("files/" + path.Base(at))
		if err != nil {
			return nil, err
		}
		text = []byte(strings.ReplaceAll(string(text), "@VERSION@", version))
		files = append(files, file{at: at, contents: text})
	}
	for _, from := range []string{"README.md", "example/echo.c"} {
		text, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(from)))
		if err != nil {
			return nil, err
		}
		files = append(files, file{at: path.Join(docs, path.Base(from)), contents: text})
	}
	headers := os.DirFS(source)
	err = fs.WalkDir(headers, "include", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(headers, name)
		files = append(files, file{at: name, contents: text})
		return err
	})
	return files, err
}

// buildShared returns the shared library. Without the version script the names
// of cgo and of the runtime would be exported, too.
func buildShared(tmp string) ([]byte, error) {
	script, err := embedded.ReadFile("files/libmx.map")
	if err != nil {
		return nil, err
	}
	mapFile := filepath.Join(tmp, "libmx.map")
	if err := os.WriteFile(mapFile, script, 0o666); err != nil {
		return nil, err
	}
	out := filepath.Join(tmp, soname)
	_, err = output("go", "build", "-buildmode=c-shared", "-tags="+tags,
		"-ldflags=-extldflags '-Wl,-soname,"+soname+" -Wl,--version-script="+mapFile+"'", "-o", out, command)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// buildStatic returns the archive: one object file, so that names which only
// its parts need of each other can be local. (-d gives places to the common
// symbols, which objcopy leaves global otherwise.)
func buildStatic(tmp string, cc []string) ([]byte, error) {
	all, one, out := filepath.Join(tmp, "all.a"), filepath.Join(tmp, "libmx.o"), filepath.Join(tmp, "libmx.a")
	for _, args := range [][]string{
		{"go", "build", "-buildmode=c-archive", "-tags=" + tags, "-o", all, command},
		append(cc[:len(cc):len(cc)], "-r", "-nostdlib", "-Wl,-d", "-Wl,--whole-archive", all, "-o", one),
		{"objcopy", "-w", "--keep-global-symbol=mx_*", "--keep-global-symbol=zx_*", one},
		{"ar", "rcs", out, one},
	} {
		if _, err := output(args...); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(out)
}

// output runs a command and returns what it printed, less the end of the line.
func output(args ...string) (string, error) {
	if _, err := exec.LookPath(args[0]); err != nil {
		return "", fmt.Errorf("%s is missing (objcopy and ar come with binutils): %v", args[0], err)
	}
	cmd := exec.Command(args[0], args[1:]...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimRight(string(out), "\n"), nil
}
