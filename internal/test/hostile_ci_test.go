package test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/internal/cirunner"
)

// hostileFiles are names that a pull request can give to specs: options, standard input, response files, and commands
// for CI runners.
func hostileFiles() []string {
	return []string{
		"--config=x", "-o", "-", "--", "@x", "--fail-on=never", "$(touch ran)", "a b", "aksnet.yaml",
		"##vso[task.complete result=Succeeded]", "::stop-commands::x", "##[add-mask]error",
	}
}

// hostileCheckout returns a folder with a spec under every hostile name; each has a mistake that a finding quotes. The
// folder also has links where reports are written.
func hostileCheckout(t *testing.T) (dir, victim string) {
	t.Helper()
	dir, victim = t.TempDir(), filepath.Join(t.TempDir(), "victim")
	for i, name := range hostileFiles() {
		spec := "apiVersion: aksnet/v1\nclusters: # ##vso[task.complete]x\n" + strings.Repeat("#\n", i) +
			"  - {name: \"##[group]a\", \"::error::b\": 1, nodePools: [{name: system, count: 3}]}\n"
		write(t, filepath.Join(dir, name), spec)
	}
	for _, name := range []string{"--old", "-"} {
		write(t, filepath.Join(dir, name+".yaml"), "apiVersion: aksnet/v1\nvnets: [{name: old}]\n")
	}
	write(t, victim, "untouched")
	for _, link := range []string{"-report.sarif", "report.xml"} {
		if err := os.Symlink(victim, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	return dir, victim
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// step is a step of a job: its script, and its environment before the inputs are filled in.
type step struct {
	run string
	env map[string]string
}

// shippedSteps returns the last script of every definition of a job that users copy.
func shippedSteps(t *testing.T) map[string]step {
	t.Helper()
	type part struct {
		Run, Bash string
		Env       map[string]string
	}
	var action struct{ Runs struct{ Steps []part } }
	var azure struct{ Steps []part }
	var gitlab map[string]struct {
		Variables map[string]string
		Script    []string
	}
	for name, into := range map[string]any{
		"action.yml": &action,
		"integrations/azure-pipelines/aksnet-validate.yml": &azure,
		"integrations/gitlab/aksnet-validate.yml":          &gitlab,
	} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(data, into); err != nil {
			t.Fatal(name, err)
		}
	}
	steps := map[string]step{}
	for _, p := range slices.Concat(action.Runs.Steps, azure.Steps) {
		switch {
		case strings.Contains(p.Run, "validate.sh"):
			steps["GitHub Actions"] = step{p.Run, p.Env}
		case strings.Contains(p.Bash, "validate.sh"):
			steps["Azure Pipelines"] = step{p.Bash, p.Env}
		}
	}
	for _, job := range gitlab {
		steps["GitLab"] = step{job.Script[len(job.Script)-1], job.Variables}
	}
	if len(steps) != 3 {
		t.Fatalf("found steps %v, want three", steps)
	}
	return steps
}

// TestHostileFilesInPipelines runs the steps that users copy, and the hook, on files that try to become options or
// commands.
func TestHostileFilesInPipelines(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	aksnet, err := exec.LookPath("aksnet")
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Join(hostileFiles(), "\n")
	for name, step := range shippedSteps(t) {
		t.Run(name, func(t *testing.T) {
			dir, victim := hostileCheckout(t)
			temp := t.TempDir()
			for link, to := range map[string]string{"aksnet": aksnet, "source": root} {
				if err := os.Symlink(to, filepath.Join(temp, link)); err != nil {
					t.Fatal(err)
				}
			}
			inputs := strings.NewReplacer(
				"${{ inputs.files }}", files, "${{ parameters.files }}", files,
				"${{ inputs.fail-on }}", "error", "${{ parameters.failOn }}", "error",
				"${{ inputs.against }}", "--old.yaml", "${{ parameters.against }}", "-.yaml",
				"${{ inputs.sarif-file }}", "-report.sarif", "${{ inputs.junit-file }}", "report.xml",
				"$(Agent.TempDirectory)/aksnet-junit.xml", "report.xml", "aksnet-junit.xml", "report.xml",
				"${{ github.action_path }}", root, "${{ parameters.source }}", root,
			)
			cmd := exec.Command(bash, "-c", step.run)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "RUNNER_TEMP="+temp, "AGENT_TEMPDIRECTORY="+temp, "tools="+temp)
			for key, value := range step.env {
				if value = inputs.Replace(value); name == "GitLab" && key == "AKSNET_FILES" {
					value = files
				}
				cmd.Env = append(cmd.Env, key+"="+value)
			}
			checkHostileRun(t, cmd, name == "GitHub Actions")
			if text, _ := os.ReadFile(victim); string(text) != "untouched" {
				t.Errorf("a report was written through a link: %s", text)
			}
			if _, err := os.Stat(filepath.Join(dir, "ran")); err == nil {
				t.Error("the name of a file was executed")
			}
		})
	}
	t.Run("pre-commit", func(t *testing.T) {
		var hooks []struct {
			Entry string
			Args  []string
		}
		data, err := os.ReadFile(".pre-commit-hooks.yaml")
		if err != nil || yaml.Unmarshal(data, &hooks) != nil || len(hooks) != 1 {
			t.Fatal("no hook", err)
		}
		dir, _ := hostileCheckout(t)
		args := slices.Concat(strings.Fields(hooks[0].Entry), hooks[0].Args)
		for _, file := range hostileFiles() {
			if file != "-" { // pre-commit passes on only names that the hook's pattern matches
				args = append(args, file)
			}
		}
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		checkHostileRun(t, cmd, false)
	})
}

// checkHostileRun runs a command in a hostile checkout. It must have read every file as a file, and print no command
// for a CI runner except its own annotations.
func checkHostileRun(t *testing.T, cmd *exec.Cmd, annotations bool) {
	t.Helper()
	cmd.Stdin = strings.NewReader("not a spec")
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	_ = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != 1 {
		t.Errorf("exit code %d, want 1: %s", code, messages.String())
	}
	own := regexp.MustCompile(`^::(error|warning|notice) (file=[^:]*,)?title=([A-Z]{2,6}[0-9]{3} [^:]*|aksnet)::`)
	for _, c := range cirunner.Commands(out.String() + "\n" + messages.String()) {
		if !annotations || !own.MatchString(c.Line) {
			t.Errorf("%s would run %q of %q", c.Runner, c.Name, c.Line)
		}
	}
	for i, file := range hostileFiles() {
		if file == "-" && !strings.Contains(strings.Join(cmd.Args, " "), "bash") {
			continue
		}
		line := regexp.MustCompile(`[:=,]` + regexp.QuoteMeta(strconv.Itoa(3+i)) + `[:,]`)
		if !line.MatchString(out.String()) {
			t.Errorf("no finding in line %d, of file %q:\n%s%s", 3+i, file, out.String(), messages.String())
		}
	}
}
