package schedule

import "mx.example/handle"

// published are the counts of each family, of two calls and of three, as the
// README has them.
var published = map[handle.Edition]map[string][2]counts{
	handle.Manual: {
		"waits":     {{55, 575, 18637}},
		"ports":     {{66, 484, 14128}},
		"stream":    {{55, 544, 17313}},
		"datagrams": {{36, 444, 15411}},
	},
	handle.Kernel2017: {
		"waits":     {{55, 575, 18637}},
		"ports":     {{66, 484, 14128}},
		"stream":    {{55, 542, 17284}},
		"datagrams": {{36, 444, 15425}},
	},
	handle.Zircon: {
		"waits":     {{55, 575, 18691}},
		"ports":     {{66, 484, 14129}},
		"stream":    {{55, 542, 17284}},
		"datagrams": {{36, 444, 15425}},
	},
}
