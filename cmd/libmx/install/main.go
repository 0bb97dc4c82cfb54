// Install builds libmx and puts it where C and C++ programs find it:
//
//	go run ./cmd/libmx/install -prefix /usr/local
//
//	PREFIX/include/{magenta,zircon,libmx}   the headers
//	PREFIX/lib/libmx.so.0, libmx.so         the shared library; it exports mx_* and zx_* alone
//	PREFIX/lib/libmx.a                      the archive; its other names are local
//	PREFIX/lib/pkgconfig/libmx.pc           pkg-config --cflags --libs libmx
//	PREFIX/lib/cmake/libmx                  find_package(libmx): libmx::libmx, libmx::static
//	PREFIX/share/libmx/libmx.supp           what valgrind should not mention
//	PREFIX/share/doc/libmx                  the page to begin with, and its example
//
// The files may be moved together: they find each other from where they lie.
// -uninstall removes them, and the folders that were made for them. A file that
// is in the way and was not put there by this command is left alone, and
// nothing is installed.
//
// It takes cgo, a C compiler, objcopy and ar (binutils), and Linux or FreeBSD.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// version is that of the package. Its first number is that of the SONAME, and
// changes when programs have to be compiled anew.
const version = "0.1.0"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command, and returns its exit status: 2 for a usage error, 1 if
// something failed.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("install", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: go run ./cmd/libmx/install -prefix DIR [-uninstall]")
		flags.PrintDefaults()
	}
	prefix := flags.String("prefix", "", "the `directory` to install in, such as /usr/local")
	remove := flags.Bool("uninstall", false, "remove what was installed there")
	if err := flags.Parse(args); err != nil {
		if err == flag.ErrHelp {
			return 0
		}
		return 2
	}
	switch {
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "install: unexpected argument %q\n", flags.Arg(0))
		flags.Usage()
		return 2
	case *prefix == "":
		fmt.Fprintln(stderr, "install: -prefix is missing: where to install")
		flags.Usage()
		return 2
	}
	dir, err := filepath.Abs(*prefix)
	if err == nil && *remove {
		err = uninstall(dir, stdout)
	} else if err == nil {
		err = install(dir, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "install: %v\n", err)
		return 1
	}
	return 0
}

// install builds the library and puts all files below prefix.
func install(prefix string, stdout io.Writer) error {
	if runtime.GOOS != "linux" && runtime.GOOS != "freebsd" {
		return fmt.Errorf("it is for Linux and FreeBSD; \"go doc mx.example/cmd/libmx\" says how to build the library alone")
	}
	tmp, err := os.MkdirTemp("", "libmx")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	files, err := build(tmp)
	if err != nil {
		return err
	}
	if err := put(prefix, files); err != nil {
		return err
	}
	fmt.Fprintf(stdout, `libmx %s is in %s: %d files.
  export PKG_CONFIG_PATH=%s
  cc -o program program.c $(pkg-config --cflags --libs libmx) -Wl,-rpath,%s
or, with CMake, find_package(libmx) with -DCMAKE_PREFIX_PATH=%s.
%s begins at the beginning.
`, version, prefix, len(files), filepath.Join(prefix, "lib/pkgconfig"), filepath.Join(prefix, "lib"), prefix,
		filepath.Join(prefix, docs, "README.md"))
	return nil
}
