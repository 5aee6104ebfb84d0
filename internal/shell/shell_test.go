package shell_test

import (
	"os/exec"
	"testing"

	"github.com/aksnet/aksnet/internal/cirunner"
	"github.com/aksnet/aksnet/internal/shell"
)

// What a shell makes of a quoted text is the text.
func TestQuotes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	for _, text := range []string{"plain", "", "two words", "it's", "$HOME", "`id`", "~", "a\\b", "line\nend", "\x1b[31m",
		"ü", "*", "##vso[task.complete]x", "x ##[group]", "::error::it's", "::fe80", "\n::error::x\\", "##"} {
		for name, quote := range map[string]func(string) string{"Quote": shell.Quote, "Word": shell.Word} {
			out, err := exec.Command(bash, "-c", "printf %s "+quote(text)).Output()
			if err != nil || string(out) != text {
				t.Errorf("%s(%q) = %s, which bash reads as %q, %v", name, text, quote(text), out, err)
			}
			if found := cirunner.Commands(quote(text)); len(found) > 0 {
				t.Errorf("%s(%q) = %s, which runs %v", name, text, quote(text), found)
			}
		}
	}
}

func TestFile(t *testing.T) {
	for name, want := range map[string]string{
		"shop.yaml": "shop.yaml", "-o": "./-o", "-": "./-", "a b": "'a b'", "--config=x y": "'./--config=x y'",
	} {
		if got := shell.File(name); got != want {
			t.Errorf("File(%q) = %s, want %s", name, got, want)
		}
	}
}
