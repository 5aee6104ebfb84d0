package test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestKnowledgePages holds the pages of models, changes and limits to what the commands print.
func TestKnowledgePages(t *testing.T) {
	heads := map[string]string{
		"models": "# Network models\n\nWhat aksnet knows of the network models, with sources. Written by `aksnet " +
			"models -o " +
			"markdown`;\n[choosing.md](choosing.md) says what is done with it.\n\n",
		"changes": "# Changes of what runs\n\nWhat becomes of a running cluster or network when a key of the " +
			"spec changes: the table that\n`aksnet validate --against` and `aksnet migrate` read, the first row that fits. " +
			"Written by `aksnet changes -o\nmarkdown`.\n\n",
		"limits": "# Limits\n\nThe numbers that aksnet plans by, with sources. Written by `aksnet limits -o " +
			"markdown`.\n\n",
	}
	for verb, head := range heads {
		t.Run(verb, func(t *testing.T) {
			out, errs, code := aksnet(t, verb, "-o", "markdown")
			if code != 0 || !strings.Contains(out, "<https://") {
				t.Fatalf("exit %d: %s%s", code, errs, out)
			}
			golden(t, filepath.Join("docs", verb+".md"), head+out)
		})
	}
}
