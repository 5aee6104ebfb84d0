package render_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bicepFile is a Bicep file of the subset that this package writes.
type bicepFile struct {
	params  []bicepParam
	decls   []bicepDecl
	outputs []bicepOutput
}

type bicepParam struct {
	name, typ, description string
	value                  any // nil when there is none
}

type bicepOutput struct {
	name, typ, description string
	value                  any
}

// bicepDecl is a resource or module.
type bicepDecl struct {
	keyword, symbol, what string
	existing              bool
	condition             any
	comments              []string
	body                  bicepObject
}

type bicepObject []bicepField

type bicepField struct {
	key   any // string or bicepText
	value any
}

func (o bicepObject) get(key string) any {
	for _, f := range o {
		if f.key == key {
			return f.value
		}
	}
	return nil
}

// bicepText is a string with expressions in it; bicepName a chain of names; bicepCall a call with names after it.
type bicepText []any
type bicepName []string
type bicepCall struct {
	name string
	args []any
	tail []string
}

type bicepParser struct {
	in       string
	at       int
	comments []string
}

// parseBicep reads a file. It panics with a message on what it does not know, which the caller turns into a failure.
func parseBicep(text string) (f *bicepFile, err error) {
	p := &bicepParser{in: text}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("line %d: %v", 1+strings.Count(text[:min(p.at, len(text))], "\n"), r)
		}
	}()
	f = &bicepFile{}
	description := ""
	for p.comments = nil; !p.end(); {
		switch word := p.word(); word {
		case "":
			p.expect("@")
			if p.word() != "description" {
				panic("unknown decorator")
			}
			p.expect("(")
			description = p.text().(string)
			p.expect(")")
			continue
		case "targetScope":
			p.expect("=")
			p.text()
		case "param":
			param := bicepParam{name: p.word(), typ: p.word(), description: description}
			if strings.HasPrefix(p.in[p.at:], " =") {
				p.expect("=")
				param.value = p.expression()
			}
			f.params = append(f.params, param)
		case "output":
			out := bicepOutput{name: p.word(), typ: p.word(), description: description}
			p.expect("=")
			out.value = p.expression()
			f.outputs = append(f.outputs, out)
		case "resource", "module":
			f.decls = append(f.decls, p.declaration(word))
		default:
			panic("unknown statement " + word)
		}
		description, p.comments = "", nil
	}
	return f, nil
}

func (p *bicepParser) declaration(keyword string) bicepDecl {
	d := bicepDecl{keyword: keyword, comments: p.comments, symbol: p.word()}
	p.comments = nil
	d.what = p.text().(string)
	if p.accept("existing") {
		d.existing = true
	}
	p.expect("=")
	if p.accept("if") {
		p.expect("(")
		d.condition = p.expression()
		p.expect(")")
	}
	d.body = p.object()
	return d
}

func (p *bicepParser) end() bool {
	p.space()
	return p.at >= len(p.in)
}

// space skips blanks and keeps the comments it passes; an empty line ends a comment.
func (p *bicepParser) space() {
	for p.at < len(p.in) {
		switch {
		case strings.HasPrefix(p.in[p.at:], "\n\n"):
			p.comments = nil
			p.at++
		case strings.ContainsRune(" \n\r\t", rune(p.in[p.at])):
			p.at++
		case strings.HasPrefix(p.in[p.at:], "//"):
			end := strings.IndexByte(p.in[p.at:], '\n')
			p.comments = append(p.comments, strings.TrimSpace(p.in[p.at+2:p.at+end]))
			p.at += end
		default:
			return
		}
	}
}

func (p *bicepParser) accept(s string) bool {
	p.space()
	if strings.HasPrefix(p.in[p.at:], s) {
		p.at += len(s)
		return true
	}
	return false
}

func (p *bicepParser) expect(s string) {
	if !p.accept(s) {
		panic("want " + s)
	}
}

func (p *bicepParser) word() string {
	p.space()
	start := p.at
	for p.at < len(p.in) {
		c := p.in[p.at]
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			break
		}
		p.at++
	}
	return p.in[start:p.at]
}

func (p *bicepParser) object() (o bicepObject) {
	p.expect("{")
	for !p.accept("}") {
		var key any
		if p.in[p.at] == '\'' {
			key = p.text()
		} else {
			key = p.word()
		}
		p.expect(":")
		o = append(o, bicepField{key, p.expression()})
	}
	return o
}

func (p *bicepParser) expression() any {
	p.space()
	switch c := p.in[p.at]; {
	case c == '{':
		return p.object()
	case c == '[':
		p.at++
		list := []any{}
		for !p.accept("]") {
			list = append(list, p.expression())
		}
		return list
	case c == '\'':
		return p.text()
	case c >= '0' && c <= '9' || c == '-':
		start := p.at
		for p.at++; p.at < len(p.in) && p.in[p.at] >= '0' && p.in[p.at] <= '9'; {
			p.at++
		}
		return json.Number(p.in[start:p.at])
	}
	return p.chain()
}

func (p *bicepParser) chain() any {
	word := p.word()
	switch word {
	case "true", "false":
		return word == "true"
	case "":
		panic("want an expression")
	}
	if p.at < len(p.in) && p.in[p.at] == '(' {
		p.at++
		call := bicepCall{name: word}
		for !p.accept(")") {
			call.args = append(call.args, p.expression())
			p.accept(",")
		}
		call.tail = p.tail()
		return call
	}
	return append(bicepName{word}, p.tail()...)
}

func (p *bicepParser) tail() (names []string) {
	for p.at < len(p.in) && p.in[p.at] == '.' {
		p.at++
		names = append(names, p.word())
	}
	return names
}

// text reads a string: plain, or with expressions in it.
func (p *bicepParser) text() any {
	p.expect("'")
	var parts bicepText
	var b strings.Builder
	for p.in[p.at] != '\'' {
		switch {
		case p.in[p.at] == '\n':
			panic("line end in a string")
		case strings.HasPrefix(p.in[p.at:], "${"):
			parts = append(parts, b.String())
			b.Reset()
			p.at += 2
			parts = append(parts, p.expression())
			p.expect("}")
		case p.in[p.at] == '\\':
			b.WriteRune(p.escape())
		default:
			r, n := utf8.DecodeRuneInString(p.in[p.at:])
			b.WriteRune(r)
			p.at += n
		}
	}
	p.at++
	if parts == nil {
		return b.String()
	}
	return append(parts, b.String())
}

func (p *bicepParser) escape() rune {
	c := p.in[p.at+1]
	p.at += 2
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case '\\', '\'', '$':
		return rune(c)
	case 'u':
		end := strings.IndexByte(p.in[p.at:], '}')
		n, err := strconv.ParseUint(p.in[p.at+1:p.at+end], 16, 32)
		if err != nil {
			panic(err)
		}
		p.at += end + 1
		return rune(n)
	}
	panic("unknown escape")
}
