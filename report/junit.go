package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Tested is a test of a detection that was run. Without Mistakes it passed.
type Tested struct {
	Detection string
	Name      string
	Mistakes  []string
	Seconds   float64
}

// junitSuites is the XML that CI systems read: a suite for each detection, a case for each test.
// https://github.com/testmoapp/junitxml
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
	seconds  float64
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit prints tests as JUnit XML; those of one detection stand together.
func JUnit(w io.Writer, tests []Tested) error {
	all := junitSuites{Name: "retrohunt rules test", Tests: len(tests)}
	var seconds float64
	for _, t := range tests {
		if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != visible(t.Detection) {
			all.Suites = append(all.Suites, junitSuite{Name: visible(t.Detection)})
		}
		suite := &all.Suites[len(all.Suites)-1]
		c := junitCase{Class: suite.Name, Name: visible(t.Name), Time: secondsText(t.Seconds)}
		if len(t.Mistakes) > 0 {
			c.Failure = failureOf(t.Mistakes)
			suite.Failures++
			all.Failures++
		}
		suite.Cases = append(suite.Cases, c)
		suite.Tests++
		suite.seconds += t.Seconds
		suite.Time = secondsText(suite.seconds)
		seconds += t.Seconds
	}
	all.Time = secondsText(seconds)
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	encoder := xml.NewEncoder(&buf)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	buf.WriteByte('\n')
	_, err := buf.WriteTo(w)
	return err
}

// failureOf tells the first mistake in the message, and all in the text.
func failureOf(mistakes []string) *junitFailure {
	lines := make([]string, len(mistakes))
	for i, m := range mistakes {
		lines[i] = visible(m)
	}
	return &junitFailure{Message: lines[0], Type: "rows", Text: strings.Join(lines, "\n")}
}

func secondsText(s float64) string { return fmt.Sprintf("%.3f", s) }
