package schedule

import "mx.example/handle"

// published are the counts of each family for two calls, as the README has them.
var published = map[handle.Edition]map[string]counts{
	handle.Manual:     {"waits": {55, 575}, "ports": {66, 484}, "stream": {55, 544}, "datagrams": {36, 444}},
	handle.Kernel2017: {"waits": {55, 575}, "ports": {66, 484}, "stream": {55, 542}, "datagrams": {36, 444}},
	handle.Zircon:     {"waits": {55, 575}, "ports": {66, 484}, "stream": {55, 542}, "datagrams": {36, 444}},
}
