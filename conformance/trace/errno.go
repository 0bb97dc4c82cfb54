package trace

import (
	"strconv"

	"mx.example/status"
)

// errnoName is the name that the headers have for the error numbers that calls
// on descriptors return.
func errnoName(e status.Errno) string {
	if name, ok := errnoNames[e]; ok {
		return name
	}
	return "errno " + strconv.Itoa(int(e))
}
