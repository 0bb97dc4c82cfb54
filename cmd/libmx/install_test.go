package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// need skips the test unless there are these commands.
func need(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%v: install it to run this test", err)
		}
	}
}

// command runs a command in dir and returns what it printed, or skips if there
// is none such.
func command(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	need(t, args[0])
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// The libraries export the calls and nothing else of ours, and need no resolver.
func TestSymbols(t *testing.T) {
	tc := tools(t)
	for _, c := range []struct{ name, defined string }{
		{"libmx.so.0", "-D"},
		{"libmx.a", "-g"},
	} {
		calls := 0
		for line := range strings.Lines(command(t, "", nil, "nm", c.defined, "--defined-only", tc.lib(c.name))) {
			words := strings.Fields(line)
			if len(words) < 3 {
				continue // the name of an object file
			}
			if name := words[len(words)-1]; strings.HasPrefix(name, "mx_") || strings.HasPrefix(name, "zx_") {
				calls++
			} else {
				t.Errorf("%s exports %s", c.name, name)
			}
		}
		if calls < 50 {
			t.Errorf("%s exports %d calls", c.name, calls)
		}
		if undefined := command(t, "", nil, "nm", c.defined, "--undefined-only", tc.lib(c.name)); strings.Contains(undefined, "getaddrinfo") {
			t.Errorf("%s needs the resolver of the C library", c.name)
		}
	}
	if runtime.GOOS == "linux" {
		if dynamic := command(t, "", nil, "readelf", "-d", tc.lib("libmx.so")); !strings.Contains(dynamic, "soname: [libmx.so.0]") {
			t.Errorf("libmx.so has no SONAME:\n%s", dynamic)
		}
	}
}

// page returns the blocks of README.md in a language, in order.
func page(t *testing.T, language string) (blocks []string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(string(text), "\n```") {
		if i%2 == 0 {
			continue // text between blocks
		}
		if block, ok := strings.CutPrefix(part, language+"\n"); ok {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// home is an environment whose HOME is a folder with the installation in libmx, which is another place than
// where it was installed: its files find each other.
func home(t *testing.T, tc toolchain) (env []string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "libmx"), os.DirFS(tc.prefix)); err != nil {
		t.Fatal(err)
	}
	return []string{"HOME=" + dir, "CC=" + tc.cc}
}

// The page's commands do what it says, in the order in which it has them.
func TestPage(t *testing.T) {
	tc := tools(t)
	t.Parallel()
	env := home(t, tc)
	need(t, "sh", "cc", "pkg-config")
	blocks := page(t, "sh")
	if len(blocks) != 4 {
		t.Fatalf("the page has %d blocks of commands", len(blocks))
	}
	work := t.TempDir()
	script := strings.Join(blocks[1:3], "\n") // the first is the installation
	out := command(t, work, env, "sh", "-e", "-c", script)
	if want := strings.Repeat("1048576 bytes came back\n", 4); out != want {
		t.Errorf("it prints:\n%s", out)
	}
	static := strings.ReplaceAll(blocks[1], "--libs libmx)", "--libs --static libmx) -static")
	command(t, t.TempDir(), env, "sh", "-e", "-c", static)

	t.Run("CMake", func(t *testing.T) {
		const mine = "\nadd_executable(static echo.c)\ntarget_link_libraries(static libmx::static)\n" +
			"add_test(NAME static COMMAND static)\n" +
			"find_package(libmx 1.0 QUIET)\nif(libmx_FOUND)\n  message(FATAL_ERROR \"0.1 passes for 1.0\")\nendif()\n"
		project := page(t, "cmake")[0] + mine
		if err := os.WriteFile(filepath.Join(work, "CMakeLists.txt"), []byte(project), 0o666); err != nil {
			t.Fatal(err)
		}
		need(t, "cmake", "ctest")
		out := command(t, work, env, "sh", "-e", "-c", blocks[3])
		if !strings.Contains(out, "100% tests passed, 0 tests failed out of 4") {
			t.Errorf("ctest prints:\n%s", out)
		}
	})
}

// Valgrind has nothing to say of the example, with what is suppressed.
func TestValgrind(t *testing.T) {
	tc := tools(t)
	t.Parallel()
	program := tc.compile(t, "echo-valgrind", "example/echo.c")
	need(t, "valgrind")
	out, err := exec.Command("valgrind", "-q", "--leak-check=full", "--error-exitcode=1",
		"--suppressions="+filepath.Join(tc.prefix, "share", "libmx", "libmx.supp"), program).CombinedOutput()
	if strings.Contains(string(out), "Illegal opcode") && strings.Contains(string(out), ": runtime.") {
		t.Skipf("this valgrind does not know an instruction that the Go runtime uses on this processor: install a newer one\n%s", out)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
