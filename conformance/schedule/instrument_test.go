package schedule

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const stepPath = "mx.example/conformance/schedule/step"

// instrumented are the packages that are run step by step, by their directory
// in the module.
var instrumented = []string{"handle", "mxsocket"}

// instrument returns the sources of the package in dir, by file, with each
// operation on locks, atomics, channels and the clock made a step. edit changes
// a source before.
func instrument(dir string, edit func(file string, source []byte) ([]byte, error)) (map[string][]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	p := &rewriting{fset: token.NewFileSet(), source: map[string][]byte{}}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if source, err = edit(filepath.Base(name), source); err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(p.fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.files, p.source[name] = append(p.files, file), source
	}
	// What other packages have is unknown and not needed: which expressions are
	// channels can be told without.
	p.info = types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	unknown := types.Config{Importer: importer{}, Error: func(error) {}}
	unknown.Check(dir, p.fset, p.files, &p.info)
	done := map[string][]byte{}
	for i, file := range p.files {
		name := p.fset.File(file.Pos()).Name()
		if done[name], err = p.rewrite(p.files[i], p.source[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return done, nil
}

// An importer has empty packages.
type importer struct{}

func (importer) Import(path string) (*types.Package, error) {
	p := types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:])
	p.MarkComplete()
	return p, nil
}

// A rewriting is that of one package.
type rewriting struct {
	fset   *token.FileSet
	files  []*ast.File
	source map[string][]byte
	info   types.Info

	// Of the file at hand.
	text  []byte
	edits []replacement
	err   error
	used  bool // package step
}

// A replacement puts a text in the place of from to to.
type replacement struct {
	from, to int
	text     string
}

// steps are what package step has in the place of a function or type of another
// package.
var steps = map[string]map[string]bool{
	"time":    {"Now": true, "Until": true, "Since": true, "NewTimer": true, "AfterFunc": true, "Timer": true},
	"runtime": {"Gosched": true},
}

// refused are those that it should have, too, if they were ever used.
var refused = map[string]map[string]bool{
	"time": {"After": true, "Sleep": true, "Tick": true, "NewTicker": true, "Ticker": true},
}

func (p *rewriting) rewrite(file *ast.File, source []byte) ([]byte, error) {
	p.text, p.edits, p.err, p.used = source, nil, nil, false
	var keep []string // uses of packages that may have lost theirs
	for _, spec := range file.Imports {
		switch path, _ := strconv.Unquote(spec.Path.Value); path {
		case "sync", "sync/atomic":
			p.put(spec.Path, fmt.Sprintf("%s %q", path[strings.LastIndexByte(path, '/')+1:], stepPath))
		case "time":
			keep = append(keep, "var _ time.Time")
		case "runtime":
			keep = append(keep, "var _ runtime.Error")
		}
	}
	ast.Inspect(file, p.visit)
	if p.err != nil {
		return nil, p.err
	}
	slices.SortFunc(p.edits, func(a, b replacement) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	var b bytes.Buffer
	at := 0
	for _, e := range p.edits {
		if e.from < at {
			return nil, fmt.Errorf("two changes meet at %q", p.text[e.from:e.to])
		}
		b.Write(p.text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(p.text[at:])
	for _, line := range keep {
		fmt.Fprintf(&b, "\n%s\n", line)
	}
	out := b.Bytes()
	if p.used || bytes.Contains(source, []byte("step.Planted(")) {
		clause := p.offset(file.Name.End())
		out = slices.Concat(out[:clause], fmt.Appendf(nil, "; import %q", stepPath), out[clause:])
	}
	if _, err := format.Source(out); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *rewriting) offset(pos token.Pos) int { return p.fset.Position(pos).Offset }

func (p *rewriting) source1(n ast.Node) string {
	return string(p.text[p.offset(n.Pos()):p.offset(n.End())])
}

func (p *rewriting) put(n ast.Node, text string) { p.replace(n.Pos(), n.End(), text) }

func (p *rewriting) replace(from, to token.Pos, text string) {
	p.used = p.used || strings.Contains(text, "step.")
	p.edits = append(p.edits, replacement{p.offset(from), p.offset(to), text})
}

func (p *rewriting) refuse(n ast.Node, what string) {
	p.err = fmt.Errorf("line %d: package step has no %s", p.fset.Position(n.Pos()).Line, what)
}

func (p *rewriting) isChannel(e ast.Expr) bool {
	t := p.info.Types[e].Type
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func (p *rewriting) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if of, ok := n.X.(*ast.Ident); ok {
			switch {
			case steps[of.Name][n.Sel.Name]:
				p.put(of, "step")
				p.used = true
			case refused[of.Name][n.Sel.Name]:
				p.refuse(n, of.Name+"."+n.Sel.Name)
			}
		}
	case *ast.GoStmt:
		p.refuse(n, "go statement")
	case *ast.RangeStmt:
		if p.isChannel(n.X) {
			p.refuse(n, "range over a channel")
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			p.replace(n.Pos(), n.X.Pos(), "step.Receive(")
			p.replace(n.X.End(), n.X.End(), ")")
		}
	case *ast.SendStmt:
		p.replace(n.Pos(), n.Pos(), "step.Send(")
		p.replace(n.Chan.End(), n.Value.Pos(), ", ")
		p.replace(n.Value.End(), n.Value.End(), ")")
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) == 1 {
			switch {
			case f.Name == "len" && p.isChannel(n.Args[0]):
				p.put(f, "step.Len")
			case f.Name == "close": // what it closes may come from an atomic, whose type is unknown
				p.put(f, "step.Close")
			}
		}
	case *ast.SelectStmt:
		p.selection(n)
		return false
	}
	return true
}

// selection makes a select statement a switch over what step.Select chooses.
func (p *rewriting) selection(n *ast.SelectStmt) {
	var before, cases strings.Builder
	orElse := false
	last := len(n.Body.List) - 1
	for i, stmt := range n.Body.List {
		c := stmt.(*ast.CommClause)
		first := "" // of the body
		name := fmt.Sprintf("r%d", i)
		switch comm := c.Comm.(type) {
		case nil:
			orElse = true
		case *ast.SendStmt:
			fmt.Fprintf(&before, "%s := step.Sending(%s, %s); ", name, p.source1(comm.Chan), p.source1(comm.Value))
		case *ast.ExprStmt:
			fmt.Fprintf(&before, "%s := step.Receiving(%s); ", name, p.received(comm.X))
		case *ast.AssignStmt:
			fmt.Fprintf(&before, "%s := step.Receiving(%s); ", name, p.received(comm.Rhs[0]))
			first = p.source1(comm.Lhs[0])
			if len(comm.Lhs) > 1 {
				first += ", " + p.source1(comm.Lhs[1])
			}
			first += " " + comm.Tok.String() + " " + name + ".Value"
			if len(comm.Lhs) > 1 {
				first += ", " + name + ".OK"
			}
		}
		label := fmt.Sprintf("case %d: ", i)
		if c.Comm == nil || i == last && !orElse {
			label = "default: " // so that the switch ends as the select does
		}
		if c.Comm != nil {
			fmt.Fprintf(&cases, ", %s", name)
		}
		p.replace(c.Pos(), c.Colon+1, label+first)
		for _, s := range c.Body {
			ast.Inspect(s, p.visit)
		}
	}
	if orElse && n.Body.List[last].(*ast.CommClause).Comm != nil {
		p.refuse(n, "select whose default is not at its end")
	}
	p.replace(n.Pos(), n.Body.Pos()+1, fmt.Sprintf("{ %sswitch step.Select(%t%s) {", before.String(), orElse, cases.String()))
	p.replace(n.Body.Rbrace, n.Body.Rbrace+1, "}}")
}

// received is the channel of a receive.
func (p *rewriting) received(e ast.Expr) string { return p.source1(e.(*ast.UnaryExpr).X) }
