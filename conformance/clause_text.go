package conformance

import (
	"fmt"
	"strings"
)

func writeClause(b *strings.Builder, id string) { fmt.Fprintf(b, "  %s\n", id) }
