package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// A toolchain is the library, installed, and what programs are built with.
type toolchain struct {
	dir     string // of programs
	prefix  string // of the installation
	cc, cxx string
	skip    string // why there is no library
	err     error
}

// lib is a file of the installed library.
func (tc toolchain) lib(name string) string { return filepath.Join(tc.prefix, "lib", name) }

// build installs the library once, as its users do, if MXCONFORM_LONG is set:
// the standard library has to be compiled anew for a shared library.
var build = sync.OnceValue(func() (tc toolchain) {
	if os.Getenv("MXCONFORM_LONG") == "" {
		tc.skip = "building the library takes long: set MXCONFORM_LONG=1 to do it"
		return tc
	}
	if runtime.GOOS != "linux" && runtime.GOOS != "freebsd" {
		tc.skip = "libmx is installed on Linux and FreeBSD"
		return tc
	}
	env, err := exec.Command("go", "env", "CGO_ENABLED", "CC", "CXX").Output()
	if err != nil {
		tc.skip = fmt.Sprintf("libmx is built with the go command, which cannot be run: %v", err)
		return tc
	}
	words := strings.Split(strings.TrimSpace(string(env)), "\n")
	if len(words) < 3 || words[0] != "1" {
		tc.skip = "libmx takes cgo: install a C compiler such as gcc, or set CGO_ENABLED=1"
		return tc
	}
	tc.cc, tc.cxx = words[1], words[2]
	for _, tool := range []string{tc.cc, "objcopy", "ar"} {
		if _, err := exec.LookPath(tool); err != nil {
			tc.skip = fmt.Sprintf("libmx takes a C compiler and binutils: %v", err)
			return tc
		}
	}
	if tc.dir, tc.err = os.MkdirTemp("", "libmx"); tc.err != nil {
		return tc
	}
	tc.prefix = filepath.Join(tc.dir, "prefix")
	installed = tc
	for _, c := range []*exec.Cmd{
		exec.Command("go", "build", "-o", filepath.Join(tc.dir, "install"), "./install"),
		exec.Command(filepath.Join(tc.dir, "install"), "-prefix", tc.prefix),
	} {
		if out, err := c.CombinedOutput(); err != nil {
			tc.err = fmt.Errorf("%v: %v\n%s", c, err, out)
			break
		}
	}
	return tc
})

// installed is what build has made, if it was called.
var installed toolchain

func TestMain(m *testing.M) {
	code := m.Run()
	if installed.dir != "" {
		out, err := exec.Command(filepath.Join(installed.dir, "install"), "-uninstall", "-prefix", installed.prefix).CombinedOutput()
		if _, left := os.Lstat(installed.prefix); code == 0 && (err != nil || left == nil) {
			fmt.Printf("uninstalling leaves something behind: %v\n%s", err, out)
			code = 1
		}
		os.RemoveAll(installed.dir)
	}
	os.Exit(code)
}

func tools(t testing.TB) toolchain {
	t.Helper()
	tc := build()
	if tc.skip != "" {
		t.Skip(tc.skip)
	}
	if tc.err != nil {
		t.Fatal(tc.err)
	}
	return tc
}

// compile compiles a program, linked with the shared library or with what
// flags say, and returns its path.
func (tc toolchain) compile(t testing.TB, name, source string, flags ...string) string {
	t.Helper()
	compiler := tc.cc
	if filepath.Ext(source) == ".cc" {
		compiler = tc.cxx
		if _, err := exec.LookPath(compiler); err != nil {
			t.Skipf("no C++ compiler: %v", err)
		}
	}
	program := filepath.Join(tc.dir, name)
	args := []string{"-Wall", "-Wextra", "-pedantic", "-Werror", "-O1",
		"-I", filepath.Join(tc.prefix, "include"), "-o", program, source}
	if len(flags) == 0 || strings.HasPrefix(flags[len(flags)-1], "-D") || strings.HasPrefix(flags[len(flags)-1], "-std") {
		flags = append(flags, "-L"+tc.lib(""), "-lmx", "-Wl,-rpath,"+tc.lib(""), "-lpthread")
	}
	if out, err := exec.Command(compiler, append(args, flags...)...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", compiler, source, err, out)
	}
	return program
}

// run runs a program with MX_EDITION set, unless edition is empty, and returns
// what it printed.
func run(t testing.TB, edition, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "MX_EDITION=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	if edition != "" {
		cmd.Env = append(cmd.Env, "MX_EDITION="+edition)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("MX_EDITION=%s %s: %v\n%s%s", edition, filepath.Base(program), err, &stdout, &stderr)
	}
	return stdout.String()
}

// Programs that check themselves, in every edition.
func TestPrograms(t *testing.T) {
	tc := tools(t)
	for _, p := range []struct {
		name, source string
		flags        []string
	}{
		{"calls", "testdata/calls.c", []string{"-std=c99"}},
		{"pointers", "testdata/pointers.c", nil},
		{"pointers-zx", "testdata/pointers.c", []string{"-DSPELLING=zx"}},
		{"pointers-static", "testdata/pointers.c", []string{tc.lib("libmx.a"), "-lpthread"}},
		{"threads", "testdata/threads.c", nil},
		{"echo", "example/echo.c", nil},
		{"echo-static", "example/echo.c", []string{tc.lib("libmx.a"), "-lpthread"}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			program := tc.compile(t, p.name, p.source, p.flags...)
			for _, e := range handle.Editions() {
				run(t, e.String(), program)
			}
		})
	}
	for _, p := range []struct {
		name, source string
		flags, args  []string
	}{
		{"zircon", "testdata/zircon.c", []string{"-std=c99"}, nil},
		{"wrappers", "testdata/wrappers.cc", []string{"-std=c++11"}, nil},
		{"zx-wrappers", "testdata/zx_wrappers.cc", []string{"-std=c++17"}, nil},
		{"lab", "testdata/lab.c", nil, nil},
		{"host-chain", "testdata/host.c", nil, []string{"chain"}},
		{"host-fork", "testdata/host.c", nil, []string{"fork"}},
		{"host-edition", "testdata/host.c", nil, []string{"edition"}},
		{"host-environment", "testdata/host.c", nil, []string{"environment"}},
		{"host-late", "testdata/host.c", []string{"-DLATE", "-ldl"}, []string{tc.lib("libmx.so")}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			run(t, "", tc.compile(t, p.name, p.source, p.flags...), p.args...)
		})
	}
}

// The headers are clean in every dialect, say what the contract says (abi.c
// asserts it when it is compiled), and name the statuses as package status
// does.
func TestHeaders(t *testing.T) {
	tc := tools(t)
	for _, compilers := range [][2]string{{tc.cc, tc.cxx}, {"clang", "clang++"}} {
		for _, d := range [][2]string{{"c", "c99"}, {"c", "c11"}, {"c++", "c++11"}, {"c++", "c++17"}, {"c++", "c++20"}} {
			compiler := compilers[0]
			if d[0] == "c++" {
				compiler = compilers[1]
			}
			if _, err := exec.LookPath(compiler); err != nil {
				t.Logf("%v: install it to have the headers compiled as %s with it", err, d[1])
				continue
			}
			out, err := exec.Command(compiler, "-x", d[0], "-std="+d[1], "-Wall", "-Wextra", "-pedantic", "-Werror",
				"-I", "include", "-fsyntax-only", "testdata/abi.c").CombinedOutput()
			if err != nil {
				t.Errorf("%s as %s: %v\n%s", compiler, d[1], err, out)
			}
		}
	}
	headers, err := filepath.Glob("include/*/*.h")
	deeper, err2 := filepath.Glob("include/*/*/*.h")
	if err != nil || err2 != nil || len(headers) == 0 || len(deeper) == 0 {
		t.Fatalf("no headers: %v, %v", err, err2)
	}
	for _, h := range append(headers, deeper...) {
		cmd := exec.Command(tc.cc, "-x", "c", "-std=c99", "-I", "include", "-fsyntax-only", "-")
		name := strings.TrimPrefix(filepath.ToSlash(h), "include/")
		cmd.Stdin = strings.NewReader(fmt.Sprintf("#include <%s>\n#include <%[1]s>\n", name))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s does not stand alone: %v\n%s", name, err, out)
		}
	}
	program := tc.compile(t, "abi", "testdata/abi.c")
	var want strings.Builder
	for s := status.OK; s >= -100; s-- {
		mx, zx := s.Name(status.Magenta), s.Name(status.Zircon)
		if !strings.HasPrefix(mx, status.Magenta) {
			mx, zx = "(UNKNOWN)", "(UNKNOWN)"
		}
		fmt.Fprintf(&want, "%d %s %s\n", s, mx, zx)
	}
	if got := run(t, "", program); got != want.String() {
		t.Errorf("the names of statuses in C:\n%s\nwant:\n%s", got, &want)
	}
}

// What the headers do not work with they name, and a program can have the
// calls that are not here undeclared.
func TestRefusals(t *testing.T) {
	tc := tools(t)
	const channel = "#include <magenta/syscalls.h>\n#include <zircon/syscalls.h>\n" +
		"int main(void) { return mx_channel_create(0, 0, 0) + zx_vmo_get_size(0, 0); }\n"
	const socket = "#include <magenta/syscalls.h>\n#include <zircon/syscalls.h>\n" +
		"int main(void) { return mx_handle_close(0) + zx_handle_close(0); }\n"
	for _, c := range []struct {
		name, source, want string
		command            []string
	}{
		{"C89", socket, "libmx: these headers are for C99", []string{tc.cc, "-std=gnu89", "-x", "c"}},
		{"C++98", socket, "libmx: these headers are for C++11", []string{tc.cxx, "-std=gnu++98", "-x", "c++"}},
		{"musl", socket, "libmx: on Linux it works with glibc", []string{"musl-gcc", "-x", "c"}},
		{"declared", channel, "", []string{tc.cc, "-Werror", "-x", "c"}},
		{"undeclared", channel, "mx_channel_create", []string{tc.cc, "-Werror", "-DLIBMX_ONLY_SUPPORTED", "-x", "c"}},
		{"supported", socket, "", []string{tc.cc, "-Werror", "-DLIBMX_ONLY_SUPPORTED", "-x", "c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := exec.LookPath(c.command[0]); err != nil {
				t.Skipf("%v: install it to run this test (musl-gcc is in musl-tools)", err)
			}
			cmd := exec.Command(c.command[0], append(c.command[1:], "-I", "include", "-fsyntax-only", "-")...)
			cmd.Stdin = strings.NewReader(c.source)
			out, err := cmd.CombinedOutput()
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(string(out), c.want)) {
				t.Errorf("%v, want %q in:\n%s", err, c.want, out)
			}
		})
	}
}

// A handler for SIGSEGV that cannot hand faults on is complained about once, and
// one that can is not.
func TestHandlerIsComplainedAbout(t *testing.T) {
	program := tools(t).compile(t, "host-handlers", "testdata/host.c")
	for mode, want := range map[string]int{"deaf": 1, "chain": 0} {
		out, err := exec.Command(program, mode).CombinedOutput()
		if n := strings.Count(string(out), "has replaced this library's handler for SIGSEGV"); err != nil || n != want {
			t.Errorf("%s: %v, %d complaints, want %d:\n%s", mode, err, n, want, out)
		}
	}
}

// A program that comes to be linked with musl all the same, past the headers,
// says what is wrong instead of crashing.
func TestMusl(t *testing.T) {
	tc := tools(t)
	source := filepath.Join(t.TempDir(), "musl.c")
	if err := os.WriteFile(source, []byte("int mx_handle_close(int);\nint main(void) { return mx_handle_close(0); }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(tc.dir, "musl")
	command(t, "", nil, "musl-gcc", "-static", "-o", program, source, tc.lib("libmx.a"), "-lpthread")
	out, err := exec.Command(program).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "libmx: on Linux it works with glibc and not with musl") {
		t.Errorf("%v:\n%s", err, out)
	}
}

// An edition that does not exist is a message and an exit, not a guess.
func TestUnknownEdition(t *testing.T) {
	tc := tools(t)
	cmd := exec.Command(tc.compile(t, "echo-unknown", "example/echo.c"))
	cmd.Env = append(os.Environ(), "MX_EDITION=kernel2018")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 || !strings.Contains(string(out), "MX_EDITION") || !strings.Contains(string(out), "kernel2017") {
		t.Errorf("%v\n%s", err, out)
	}
}

// measure is what writing and reading 64 bytes costs in C, in nanoseconds,
// through the library and through a socketpair.
func measure(t testing.TB, rounds int) (libmx, socketpair float64) {
	program := tools(t).compile(t, "bench", "testdata/bench.c", "-std=gnu11")
	out := run(t, "", program, fmt.Sprint(rounds))
	if _, err := fmt.Sscanf(out, "libmx %f\nsocketpair %f\n", &libmx, &socketpair); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return libmx, socketpair
}

// BenchmarkLibmx is what writing and reading 64 bytes costs, called from Go
// and from C; the latter is also shown as a part of what a socketpair takes.
func BenchmarkLibmx(b *testing.B) {
	b.Run("Go", func(b *testing.B) {
		t := handle.NewTable()
		x, y, err := mxsocket.Create(t, mxsocket.Stream)
		if err != nil {
			b.Fatal(err)
		}
		var message, answer [64]byte
		for b.Loop() {
			mxsocket.Write(t, x, 0, message[:])
			mxsocket.Read(t, y, 0, answer[:])
		}
	})
	b.Run("C", func(b *testing.B) {
		tools(b)
		b.ResetTimer()
		libmx, socketpair := measure(b, max(b.N, 100_000))
		b.ReportMetric(libmx, "ns/op")
		b.ReportMetric(socketpair, "socketpair-ns/op")
		b.ReportMetric(libmx/socketpair, "of-socketpair")
	})
}
