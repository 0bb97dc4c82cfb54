package schedule

import "mx.example/handle"

// published are the counts of each family, of two calls and of three, as the
// README has them.
var published = map[handle.Edition]map[string][2]counts{
	handle.Manual: {
		"waits":     {{55, 575, 15010}},
		"ports":     {{66, 485, 10948}},
		"stream":    {{55, 544, 13176}},
		"datagrams": {{36, 444, 11569}},
	},
	handle.Kernel2017: {
		"waits":     {{55, 575, 15010}},
		"ports":     {{66, 485, 10948}},
		"stream":    {{55, 542, 13145}},
		"datagrams": {{36, 444, 11583}},
	},
	handle.Zircon: {
		"waits":     {{55, 575, 15064}},
		"ports":     {{66, 485, 10949}},
		"stream":    {{55, 542, 13145}},
		"datagrams": {{36, 444, 11583}},
	},
}
