// Package browser tests the pages that mxconform writes where they are read:
// in a browser. It has the command make them, opens them from the disk, presses
// keys and clicks, and looks at what is shown.
//
// The tests need Chromium or Chrome, and are skipped where there is none. Two
// variables of the environment change that:
//
//	MXCONFORM_BROWSER=required   a missing browser is a failure
//	MXCONFORM_BROWSER=PATH       the browser to use
//	MXCONFORM_SCREENSHOTS=DIR    keep pictures of the pages, to look at
package browser
