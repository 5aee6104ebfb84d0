package cmd

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newVersion(io cli.IO) *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of aksnet",
		Example: `  aksnet version
  aksnet version -o json`,
		Args: cli.Args("", 0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := cli.OneOf("output", output, "text", "json"); err != nil {
				return err
			}
			if output == "text" {
				return printVersion(io)
			}
			return report.WriteJSON(io.Out, struct {
				Version string `json:"version"`
				OS      string `json:"os"`
				Arch    string `json:"arch"`
				Go      string `json:"go"`
			}{version(), runtime.GOOS, runtime.GOARCH, runtime.Version()})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "text", "`FORMAT`: text or json")
	cli.CompleteFlag(c, "output", []string{"text", "json"})
	return c
}

func printVersion(io cli.IO) error {
	_, err := fmt.Fprintf(io.Out, "aksnet %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// version returns the version of the module from the build, with the commit for a development build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && v == "devel" {
			v += "+" + s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}
