package main

import (
	"fmt"
	"strings"

	"mx.example/conformance/clause"
	"mx.example/conformance/report/text"
)

// A change is a clause on which zircon does not say what both editions of 2017
// said.
type change struct {
	ID         string      `json:"id"`
	Group      string      `json:"group"`
	Title      string      `json:"title"`
	Text       string      `json:"text"`
	Manual     string      `json:"manual"`
	Kernel2017 string      `json:"kernel2017"`
	Zircon     string      `json:"zircon"`
	Needs      clause.Need `json:"needs"`
	Cases      []string    `json:"cases"`
}

// changes are the clauses that differ, in the order of the contract, and the
// ids of those that do not.
func (t *tool) changes() (changes []change, same []string) {
	for _, c := range clause.All() {
		x := change{
			ID: c.ID, Group: c.Group, Title: c.Title, Text: c.Text, Needs: c.Needs, Cases: t.casesOf(c.ID),
			Manual: c.Says("manual"), Kernel2017: c.Says("kernel2017"), Zircon: c.Says("zircon"),
		}
		if x.Manual == x.Zircon && x.Kernel2017 == x.Zircon {
			same = append(same, c.ID)
		} else {
			changes = append(changes, x)
		}
	}
	return changes, same
}

// before is what 2017 said.
func (c *change) before() string {
	if c.Manual == c.Kernel2017 {
		return c.Manual
	}
	return "by the manual: " + c.Manual + "; in the kernel: " + c.Kernel2017
}

// about is what the clause is about. What came with Zircon is told in full,
// since nobody who comes from 2017 knows it.
func (c *change) about() string {
	if c.Needs == clause.Zircon {
		return c.Text
	}
	return c.Title
}

const changesTitle = "What changed for socket code between Magenta 2017 and Zircon today"

// changesIntro says what the document is, in sentences.
func changesIntro(changes []change, same []string) string {
	return fmt.Sprintf("Of the %d clauses of the contract, %d say the same in the manual pages of mid-2017, in the kernel of that time and in today's Zircon. "+
		"What follows is the rest. Statuses keep their numbers; those that were MX_ERR_ are ZX_ERR_ now.", len(changes)+len(same), len(same))
}

// byGroup calls f for each group that has changes, with those.
func byGroup(changes []change, f func(clause.Group, []change)) {
	for _, g := range clause.Groups() {
		var some []change
		for _, c := range changes {
			if c.Group == g.Letter {
				some = append(some, c)
			}
		}
		if len(some) > 0 {
			f(g, some)
		}
	}
}

// changesText writes what changed for socket code since 2017, from the table
// of clauses and nothing else.
func changesText(p *text.Page, changes []change, same []string) {
	p.Line("%s", p.Bold(changesTitle))
	p.Line("")
	p.Paragraph("", changesIntro(changes, same))
	byGroup(changes, func(g clause.Group, some []change) {
		p.Heading("%s", g.Title)
		for _, c := range some {
			p.Line("")
			p.Hanging("  "+c.ID+": ", "    ", c.about())
			p.Hanging("    2017   ", "           ", c.before())
			p.Hanging("    today  ", "           ", c.Zircon)
		}
	})
	p.Heading("As it was")
	p.Paragraph("  ", strings.Join(same, " "))
	p.Line("")
	p.Line(`"mxconform explain CLAUSE" has a clause in full, with the cases that show it.`)
}
