package trace

import "mx.example/status"

// errnoNames is empty: Plan 9 has no error numbers.
var errnoNames map[status.Errno]string
