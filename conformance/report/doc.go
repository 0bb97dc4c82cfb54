// Package report renders what package compare says of a report: as text for a
// terminal, JSON, JUnit XML, Markdown, or a page for a browser. The report may
// be of any backends.
package report

import (
	"bytes"
	"encoding/json"
	"io"
)

// JSON writes v indented, so that two reports can be compared by lines.
func JSON(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", " "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = w.Write(b.Bytes())
	return err
}
