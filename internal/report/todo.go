package report

import (
	"bytes"
	"strings"
)

// todo is one thing to do, with lines for a shell.
type todo struct {
	what     cell
	commands []string
}

// todoGrid returns things to do as a numbered table.
func todoGrid(todos []todo) grid {
	g := grid{columns: []column{right("STEP"), left("WHAT TO DO")}}
	for i, t := range todos {
		lines := []string{t.what.text}
		for _, c := range t.commands {
			lines = append(lines, "  "+c)
		}
		g.rows = append(g.rows, []cell{number(i + 1), {text: strings.Join(lines, "\n")}})
	}
	return g
}

// checklist writes things to do as a list of Markdown to tick off.
func checklist(out *bytes.Buffer, todos []todo) {
	for _, t := range todos {
		out.WriteString("- [ ] " + markdownText(t.what.text) + "\n")
		if len(t.commands) == 0 {
			continue
		}
		// The fence is longer than any run of backticks in the block, so that no name can end it.
		fence := strings.Repeat("`", max(3, longestRun(t.commands, '`')+1))
		out.WriteString("\n  " + fence + "sh\n")
		for _, c := range t.commands {
			out.WriteString("  " + c + "\n")
		}
		out.WriteString("  " + fence + "\n\n")
	}
}

func longestRun(lines []string, of byte) int {
	longest := 0
	for _, line := range lines {
		run := 0
		for i := range len(line) {
			if run++; line[i] != of {
				run = 0
			}
			longest = max(longest, run)
		}
	}
	return longest
}
