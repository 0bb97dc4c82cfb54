package conformance

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"mx.example/conformance/trace"
)

//go:embed cases/*.mx
var files embed.FS

// Cases returns the authored suite, in the order of the files' names and of
// the lines in them. The slice is the caller's own; what is in it is shared
// and not to be changed.
func Cases() []trace.Case { return slices.Clone(authored()) }

// authored parses the suite once. The files are part of the program, and a
// test reads every one of them, so a malformed file is a mistake of the build.
var authored = sync.OnceValue(func() []trace.Case {
	names, err := fs.Glob(files, "cases/*.mx")
	if err != nil {
		panic(err)
	}
	var cases []trace.Case
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			panic(err)
		}
		more, err := trace.Parse("conformance/"+name, f)
		if err != nil {
			panic(fmt.Sprintf("conformance: the suite does not parse:\n%v", err))
		}
		cases = append(cases, more...)
	}
	return cases
})
