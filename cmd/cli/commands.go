package cli

import (
	"maps"
	"slices"

	"github.com/spf13/cobra"
)

// Commands builds commands by their names. Help lists them in alphabetical order.
type Commands map[string]func(IO) *cobra.Command

// AddTo adds the command that the first argument names to parent, or all of them when it names none. Help and
// completion need all; any other run saves the time to build dozens.
func (all Commands) AddTo(parent *cobra.Command, io IO, args []string) {
	if len(args) > 0 {
		if build, ok := all[args[0]]; ok {
			parent.AddCommand(build(io))
			return
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		parent.AddCommand(all[name](io))
	}
}
