package cmd

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/spec"
)

func newSchema(s cli.IO) *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the spec",
		Long: `Print the JSON Schema (2020-12) of the spec, for editors that complete and validate YAML. With -o markdown, print the
reference page instead.`,
		Example: `  aksnet schema > aksnet.schema.json
  aksnet schema -o markdown`,
		Args: cli.Args("", 0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := cli.OneOf("output", output, "json", "markdown"); err != nil {
				return err
			}
			text := string(spec.Schema())
			if output == "markdown" {
				text = spec.Reference()
			}
			_, err := io.WriteString(s.Out, text)
			return err
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "json", "`FORMAT`: json or markdown")
	return c
}
