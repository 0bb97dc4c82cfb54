package main

import (
	"context"
	"fmt"
	"strings"

	"mx.example/conformance/clause"
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

// showChanges writes what changed for socket code since 2017, from the table
// of clauses and nothing else.
func showChanges(ctx context.Context, t *tool, args []string) error {
	f := newFlags("changes")
	rf := addReportFlags(f, formatText, formatJSON, formatMarkdown)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if err := noArguments("changes", rest); err != nil {
		return err
	}
	if err := rf.check(); err != nil {
		return err
	}
	changes, same := t.changes()
	return t.deliver(rf, func(p *page) error {
		switch rf.format.value {
		case formatJSON:
			return writeJSON(p, changes)
		case formatMarkdown:
			changesMarkdown(p, changes, same)
		default:
			changesText(p, changes, same)
		}
		return nil
	})
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

func changesText(p *page, changes []change, same []string) {
	p.line("%s", p.bold(changesTitle))
	p.line("")
	p.paragraph("", changesIntro(changes, same))
	byGroup(changes, func(g clause.Group, some []change) {
		p.heading("%s", g.Title)
		for _, c := range some {
			p.line("")
			p.hanging("  "+c.ID+": ", "    ", c.about())
			p.hanging("    2017   ", "           ", c.before())
			p.hanging("    today  ", "           ", c.Zircon)
		}
	})
	p.heading("As it was")
	p.paragraph("  ", strings.Join(same, " "))
	p.line("")
	p.line(`"mxconform explain CLAUSE" has a clause in full, with the cases that show it.`)
}

func changesMarkdown(p *page, changes []change, same []string) {
	p.line("# %s", changesTitle)
	p.line("")
	p.line("%s", changesIntro(changes, same))
	byGroup(changes, func(g clause.Group, some []change) {
		p.line("")
		p.line("## %s", g.Title)
		markdownHead(p, "clause", "about", "2017", "today")
		for _, c := range some {
			markdownRow(p, c.ID, c.about(), c.before(), c.Zircon)
		}
	})
	p.line("")
	p.line("## As it was")
	p.line("")
	p.line("%s.", strings.Join(same, ", "))
	p.line("")
	p.line("`mxconform explain CLAUSE` has a clause in full, with the cases that show it. This document was made by `mxconform changes -format markdown`.")
}
