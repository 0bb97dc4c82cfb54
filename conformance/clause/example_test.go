package clause_test

import (
	"fmt"

	"mx.example/conformance/clause"
	"mx.example/handle"
)

func ExampleLookup() {
	c, ok := clause.Lookup("W-NO-MEMORY")
	if !ok {
		return
	}
	fmt.Println(c.ID, "-", c.Title)
	for _, e := range []handle.Edition{handle.Manual, handle.Kernel2017} {
		fmt.Printf("%v: %s\n", e, c.Says(e.String()))
	}
	fmt.Println(clause.Near("W-STREAM-SHRT"))
	// Output:
	// W-NO-MEMORY - room, but no memory
	// manual: NO_MEMORY
	// kernel2017: SHOULD_WAIT
	// [W-STREAM-SHORT]
}
