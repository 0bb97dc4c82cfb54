package main

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// The measures of a picture, in pixels.
const (
	svgWidth  = 860
	svgHeight = 440 // of lines
	svgTop    = 18
	svgBottom = 46
	svgLeft   = 66  // of lines: the ticks
	svgRight  = 204 // of lines: the names of the series
	svgNames  = 190 // of rows: their names
	svgValues = 96  // of rows: their values
	svgRow    = 19
	svgLabel  = 15 // from one label to the next
)

// An svg is a picture that is being drawn. Colors, dashes and fonts are up to
// the style of the page: what is drawn has classes, "look0" and so on for
// series.
type svg struct{ strings.Builder }

func (w *svg) add(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// text writes text with its end, middle or start at a place.
func (w *svg) text(x, y float64, anchor, class, text string) {
	w.add(`<text x="%.1f" y="%.1f" text-anchor="%s" class="%s">%s</text>`, x, y, anchor, class, html.EscapeString(text))
}

func (w *svg) line(class string, x1, y1, x2, y2 float64) {
	w.add(`<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

// begin opens the picture. id is unique in the page: those who cannot see it
// are told the title and the note.
func (w *svg) begin(id string, height float64, p *plot) {
	w.add(`<svg viewBox="0 0 %d %.0f" role="img" aria-labelledby="%s-title %s-note">`, svgWidth, height, id, id)
	w.add(`<title id="%s-title">%s</title>`, id, html.EscapeString(p.title))
	w.add(`<desc id="%s-note">%s The table below has the numbers.</desc>`, id, html.EscapeString(p.note))
}

// picture draws a plot.
func picture(id string, p *plot) string {
	w := &svg{}
	if p.series != nil {
		w.lines(id, p)
	} else {
		w.dots(id, p)
	}
	w.add(`</svg>`)
	return w.String()
}

// lines draws the series: ticks on the left and below, names on the right.
func (w *svg) lines(id string, p *plot) {
	const right, bottom = svgWidth - svgRight, svgHeight - svgBottom
	w.begin(id, svgHeight, p)
	xs, ys := p.spans()
	x := func(v float64) float64 { return svgLeft + xs.part(v)*(right-svgLeft) }
	y := func(v float64) float64 { return bottom - ys.part(v)*(bottom-svgTop) }
	for _, v := range ys.marks() {
		w.line("grid", svgLeft, y(v), right, y(v))
		w.text(svgLeft-8, y(v)+4, "end", "tick", p.y.show(v))
	}
	for _, v := range xs.marks() {
		w.line("grid", x(v), svgTop, x(v), bottom)
		w.text(x(v), bottom+18, "middle", "tick", p.x.show(v))
	}
	w.text(svgLeft-8, svgTop-6, "end", "axis", p.y.label)
	w.text((svgLeft+right)/2, svgHeight-8, "middle", "axis", p.x.label)
	for _, s := range p.series {
		class := fmt.Sprintf("look%d", s.look)
		if s.hollow {
			class += " hollow"
		}
		var path strings.Builder
		for i, q := range s.points {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], x(q.x), y(q.y))
		}
		w.add(`<g class="%s"><path class="series" d="%s"/>`, class, path.String())
		for _, q := range s.points {
			w.add(`<path class="mark" d="%s"><title>%s, %s: %s %s</title></path>`, marker(s.look, x(q.x), y(q.y)),
				html.EscapeString(s.name), html.EscapeString(p.x.show(q.x)), number(q.y), html.EscapeString(p.y.label))
		}
		w.add(`</g>`)
	}
	w.names(p, x, y)
}

// names writes the name of each series beside its end, or as near as there is
// room, with a thread between.
func (w *svg) names(p *plot, x, y func(float64) float64) {
	const right, bottom = svgWidth - svgRight, svgHeight - svgBottom
	last := func(s series) point { return s.points[len(s.points)-1] }
	sorted := slices.SortedStableFunc(slices.Values(p.series), func(a, b series) int {
		if y(last(a).y) < y(last(b).y) {
			return -1
		}
		return 1
	})
	var ends []float64
	for _, s := range sorted {
		ends = append(ends, y(last(s).y))
	}
	for i, at := range spaced(ends, svgLabel, svgTop, bottom) {
		s := sorted[i]
		class := fmt.Sprintf("look%d", s.look)
		if s.hollow {
			class += " hollow"
		}
		end := x(last(s).x)
		w.add(`<g class="%s"><path class="thread" d="M%.1f %.1fL%d %.1fL%d %.1f"/>`, class, end+6, ends[i], right+10, at, right+14, at)
		w.add(`<path class="mark" d="%s"/>`, marker(s.look, right+21, at))
		w.text(right+30, at+4, "start", "name", s.name)
		w.add(`</g>`)
	}
}

// marker is the outline of the mark of a look around a point.
func marker(look int, x, y float64) string {
	const r = 4.2
	polygon := func(points ...float64) string {
		var b strings.Builder
		for i := 0; i < len(points); i += 2 {
			fmt.Fprintf(&b, "%c%.1f %.1f", "ML"[min(i, 1)], x+points[i]*r, y+points[i+1]*r)
		}
		return b.String() + "Z"
	}
	switch look {
	case 0: // a circle
		return fmt.Sprintf("M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 %.1f 0Z", x-r, y, r, r, 2*r, r, r, -2*r)
	case 1: // a square
		return polygon(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9)
	case 2: // a triangle
		return polygon(0, -1.2, 1.1, 0.8, -1.1, 0.8)
	case 3: // a diamond
		return polygon(0, -1.3, 1.1, 0, 0, 1.3, -1.1, 0)
	case 4: // a triangle that stands on its head
		return polygon(0, 1.2, 1.1, -0.8, -1.1, -0.8)
	case 5: // a plus
		return polygon(-0.35, -1.2, 0.35, -1.2, 0.35, -0.35, 1.2, -0.35, 1.2, 0.35, 0.35, 0.35, 0.35, 1.2, -0.35, 1.2, -0.35, 0.35, -1.2, 0.35, -1.2, -0.35, -0.35, -0.35)
	case 6: // a cross
		return polygon(-1, -0.5, -0.5, -1, 0, -0.5, 0.5, -1, 1, -0.5, 0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5, -0.5, 1, -1, 0.5, -0.5, 0)
	default: // an hourglass
		return polygon(-1, -1.1, 1, -1.1, -1, 1.1, 1, 1.1)
	}
}

// dots draws the rows: names on the left, values on the right.
func (w *svg) dots(id string, p *plot) {
	const right = svgWidth - svgValues
	bottom := float64(svgTop + svgRow*len(p.rows) + 4)
	w.begin(id, bottom+svgBottom, p)
	xs, _ := p.spans()
	x := func(v float64) float64 { return svgNames + xs.part(v)*(right-svgNames) }
	for _, v := range xs.marks() {
		w.line("grid", x(v), svgTop, x(v), bottom)
		w.text(x(v), bottom+16, "middle", "tick", p.x.show(v))
	}
	if p.x.line != 0 {
		w.line("one", x(p.x.line), svgTop, x(p.x.line), bottom)
	}
	w.text((svgNames+right)/2, bottom+svgBottom-8, "middle", "axis", p.x.label)
	for i, r := range p.rows {
		y := float64(svgTop + svgRow*i + svgRow/2)
		if r.sample == nil {
			w.line("rule", 0, y-svgRow/2+1, svgWidth, y-svgRow/2+1)
			w.text(0, y+5, "start", "group", r.name)
			continue
		}
		look := looks[r.name]
		w.add(`<g class="look%d">`, look)
		w.text(svgNames-12, y+4, "end", "name", r.name)
		w.line("bar", x(r.sample.Quantile(0.25)), y, x(r.sample.Quantile(0.75)), y)
		w.add(`<path class="mark" d="%s"/>`, marker(look, x(r.sample.Median()), y))
		w.text(svgWidth, y+4, "end", "value", measured(r.sample))
		w.add(`</g>`)
	}
}
