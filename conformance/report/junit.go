package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
)

// The elements that tools for JUnit reports understand. A backend is a test
// suite, a case a test.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Skipped *junitSkipped `xml:"skipped"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// JUnit writes a report as JUnit XML. What differs under a name is a test
// that passed, with the names in its output; what is unsupported or does not
// apply was skipped.
func JUnit(w io.Writer, r *conformance.Report) error {
	all := junitSuites{Name: "mxconform"}
	var took float64
	for i, b := range r.Backends {
		s, seconds := junitBackend(r, i)
		s.Name = b.Name
		s.Properties = []junitProperty{
			{"about", b.About},
			{"edition", b.Edition.String()},
			{"os", r.Environment.OS},
			{"kernel", r.Environment.Kernel},
			{"arch", r.Environment.Arch},
			{"go", r.Environment.Go},
		}
		if !b.Available {
			s.Properties = append(s.Properties, junitProperty{"unavailable", b.Why})
		}
		took += seconds
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Skipped += s.Skipped
		all.Suites = append(all.Suites, s)
	}
	all.Time = junitTime(took)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitBackend(r *conformance.Report, i int) (s junitSuite, seconds float64) {
	for _, f := range compare.ResultsOf(r, i) {
		c := junitCase{
			Name:  f.Case.Name,
			Class: r.Backends[i].Name,
			Time:  junitTime(f.Result.Took.Seconds()),
		}
		switch o := f.Result.Outcome; {
		case o.Bad():
			s.Failures++
			c.Failure = &junitFailure{
				Type:    string(o),
				Message: text.FirstLine(f.Result.Detail),
				Text:    conformance.Failure(f.Case, f.Result, ReplayCommand(f.Case, f.Result.Backend)),
			}
		case o == conformance.Differs:
			c.Out = "differs: " + f.Why()
		case o != conformance.Pass:
			s.Skipped++
			c.Skipped = &junitSkipped{string(o) + ": " + f.Why()}
		}
		s.Tests++
		s.Cases = append(s.Cases, c)
		seconds += f.Result.Took.Seconds()
	}
	s.Time = junitTime(seconds)
	return s, seconds
}

func junitTime(seconds float64) string { return fmt.Sprintf("%.6f", seconds) }
