package report

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
	"mx.example/conformance/view"
)

// The page is one file: style, scripts and data are in it, and it asks the
// network for nothing. The data are JSON, deflated and in base64, because the
// results of a few hundred cases on a dozen backends say the same thing often.
var (
	//go:embed html/compare.html
	comparePage string
	//go:embed html/compare.css
	compareStyle string
	//go:embed html/data.js
	compareData string
	//go:embed html/filter.js
	compareFilter string
	//go:embed html/matrix.js
	compareMatrix string
	//go:embed html/case.js
	compareCase string
	//go:embed html/differences.js
	compareDifferences string
	//go:embed html/compare.js
	compareMain string

	compareTemplate = template.Must(template.New("compare").Parse(comparePage))
)

// compareScript is the program of the page. Its parts share one scope, and
// nothing outside of it.
func compareScript() string {
	parts := []string{compareData, compareFilter, compareMatrix, compareCase, compareDifferences, compareMain}
	return "(async () => {\n\"use strict\";\n" + strings.Join(parts, "\n") + "})();\n"
}

// HTML writes a comparison as a page of its own, which loads nothing. rec has
// what there is to play of each result, and may be nil. The same results give
// the same bytes.
func HTML(w io.Writer, c *compare.Comparison, rec *Recording) error {
	data, err := packed(htmlDataOf(c))
	if err != nil {
		return err
	}
	runs, err := packed(htmlRunsOf(c, rec))
	if err != nil {
		return err
	}
	r := c.Report
	date := ""
	if !r.Date.IsZero() {
		date = r.Date.Format("2 January 2006, 15:04 MST")
	}
	return compareTemplate.Execute(w, map[string]any{
		"Environment": EnvironmentText(r.Environment),
		"Answer":      answer(c),
		"Date":        date,
		"Command":     r.Command,
		"OK":          r.OK() && !r.Canceled,
		"Verdict":     Verdict(r),
		"Style":       template.CSS(compareStyle + view.Style),
		"Player":      template.JS(view.Script),
		"Script":      template.JS(compareScript()),
		"Data":        template.HTML(data), // base64: nothing in it needs escaping
		"Runs":        template.HTML(runs),
	})
}

// answer says in a sentence what a comparison shows.
func answer(c *compare.Comparison) string {
	said := fmt.Sprintf("%s on %s.", text.Plural(len(c.Report.Cases), "case"), text.Plural(len(c.Report.Backends), "backend"))
	if len(c.Pairs) > 0 {
		return said
	}
	differing := c.Differing()
	if len(differing) == 0 {
		return said + " No answer differs from the contract's under a name."
	}
	return said + fmt.Sprintf(" The answers differ from the contract's in %s, most often in %s (%s).",
		text.Plural(len(differing), "named way"), differing[0].Name, differing[0].Where())
}

// packed is v as JSON, deflated and in base64. That has none of the characters
// that mean something in HTML.
func packed(v any) (string, error) {
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if err := json.NewEncoder(w).Encode(v); err != nil {
		return "", fmt.Errorf("the data of the page: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(deflated.Bytes()), nil
}
