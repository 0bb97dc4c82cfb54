package view

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
)

// Style is the style sheet of what [Script] draws. It is to stand in a style
// element. All its rules are for elements whose class begins with "mx-".
//
//go:embed view.css
var Style string

var (
	//go:embed js/parts.js
	partsJS string
	//go:embed js/history.js
	historyJS string
	//go:embed js/why.js
	whyJS string
	//go:embed js/segment.js
	segmentJS string
	//go:embed js/picture.js
	pictureJS string
	//go:embed js/panel.js
	panelJS string
	//go:embed js/list.js
	listJS string
	//go:embed js/timeline.js
	timelineJS string
	//go:embed js/find.js
	findJS string
	//go:embed js/player.js
	playerJS string
)

// Script defines window.mxView(element, runs, options) and nothing else. It is
// to stand in a script element.
//
// The function fills the element with a player for the runs, an array of what
// a [Run] is as JSON, side by side. Options, and each of them, may be left
// out:
//
//	step   the step that is shown first, from 0 (before the first call)
//	hash   true to keep the step in the address of the page, as #step=N
//	keys   the element or document whose keys play the run; the element
//	title  the level of the heading of a run, from 2 to 6; 3
//	moved  a function that is told which step is shown, now and then
//
// It returns an object with go(n), which shows a step; at(), the step that is
// shown; row(n, step), which is the number on the page of a step of run number
// n, of which the first step is 1; and stop(), which ends the playing and lets go of keys and address.
var Script = "(() => {\n\"use strict\";\n" + partsJS + historyJS + whyJS + segmentJS + pictureJS +
	panelJS + listJS + timelineJS + findJS + playerJS + "})();\n"

// boot starts the player on a page of its own.
const boot = `mxView(document.getElementById("mx-stage"),
  JSON.parse(document.getElementById("mx-runs").textContent),
  {hash: true, keys: document, title: 2});
`

// Page writes a page that plays the runs, which may be of several backends:
// the calls are then side by side. It is whole in itself: it loads nothing and
// may load nothing.
func Page(w io.Writer, title string, runs ...*Run) error {
	// The encoder escapes <, > and & and the line ends of JavaScript, so that
	// nothing in a case can end the element or begin another.
	data, err := json.Marshal(runs)
	if err != nil {
		return err
	}
	title = html.EscapeString(title)
	script := Script + boot
	_, err = fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '%s'; script-src '%s'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>%s</title>
<style>%s</style>
</head>
<body class="mx-page">
<h1 class="mx-page-title">%s</h1>
<main id="mx-stage"></main>
<noscript>This page plays a run with JavaScript.</noscript>
<script type="application/json" id="mx-runs">%s</script>
<script>%s</script>
</body>
</html>
`, digest(Style), digest(script), title, Style, title, data, script)
	return err
}

// digest is what a policy allows an element to hold.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
