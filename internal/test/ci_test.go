package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestCIDefinitions reads the definitions of the action, the pipeline template and the hook: they are YAML, name files
// that are there, and the script gets its inputs through the environment alone.
func TestCIDefinitions(t *testing.T) {
	for _, name := range []string{
		"action.yml", "integrations/azure-pipelines/aksnet-validate.yml", "integrations/gitlab/aksnet-validate.yml",
		".pre-commit-hooks.yaml",
	} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var doc any
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			run, isRun := strings.CutPrefix(strings.TrimLeft(line, " -"), "run: ")
			if isRun && strings.Contains(run, "${{") {
				t.Errorf("%s puts an input into a script: %s", name, line)
			}
		}
		if strings.Contains(string(data), "validate.sh") {
			if _, err := os.Stat("integrations/validate.sh"); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestCIScript runs the script of the CI definitions with a stand-in for aksnet that notes how it was called.
func TestCIScript(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	dir := t.TempDir()
	stub := filepath.Join(dir, "aksnet")
	script := "#!/bin/sh\nprintf '%s|' \"$@\" >> " + filepath.Join(dir, "calls") + "\necho >> " +
		filepath.Join(dir, "calls") + "\necho report\nexit ${STUB_EXIT:-0}\n"
	if err := os.WriteFile(stub, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		env   []string
		exit  int
		calls string
	}{
		{"defaults", nil, 0, "validate|-o|text|--fail-on|error|--|aksnet.yaml|\n"},
		{
			"findings in all formats", []string{"STUB_EXIT=1", "AKSNET_FILES=a b.yaml\n-c.yaml\n-", "AKSNET_FAIL_ON=note",
				"AKSNET_AGAINST=old $(x).json",
				"AKSNET_SARIF=" + filepath.Join(dir, "s"), "AKSNET_FORMAT=github"}, 1,
			"validate|-o|sarif|--fail-on|note|--against|old $(x).json|--|a b.yaml|./-c.yaml|./-|\n" +
				"validate|-o|github|--fail-on|note|--against|old $(x).json|--|a b.yaml|./-c.yaml|./-|\n",
		},
		{
			"broken", []string{"STUB_EXIT=3", "AKSNET_JUNIT=" + filepath.Join(dir, "j")}, 3,
			"validate|-o|junit|--fail-on|error|--|aksnet.yaml|\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_ = os.Remove(filepath.Join(dir, "calls"))
			cmd := exec.Command(bash, "integrations/validate.sh")
			cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "AKSNET=" + stub}, c.env...)
			out, err := cmd.CombinedOutput()
			if got := cmd.ProcessState.ExitCode(); got != c.exit {
				t.Errorf("exit %d, want %d (%v): %s", got, c.exit, err, out)
			}
			calls, err := os.ReadFile(filepath.Join(dir, "calls"))
			if err != nil || string(calls) != c.calls {
				t.Errorf("calls %q, want %q (%v)", calls, c.calls, err)
			}
		})
	}
}
