package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// wordHint answers words that people type from habit with what aksnet does instead.
type wordHint struct{ words, answer string }

// wordHints returns the words that no command has, by what they ask for.
func wordHints() []wordHint {
	return []wordHint{
		{"check lint test verify doctor audit preflight scan", "aksnet validate checks a spec"},
		{
			"create new generate-spec scaffold start setup",
			"aksnet init writes a new spec, and aksnet apply creates its networks",
		},
		{"show get list ls describe view status print inspect summary", "aksnet plan shows the plan of a spec"},
		{"up deploy push sync provision update set edit",
			"edit the spec; aksnet diff then shows the changes in Azure, and aksnet apply makes them"},
		{"destroy delete del rm remove down teardown prune purge uninstall",
			"remove it from the spec; aksnet apply --prune then deletes what the spec no longer has"},
		{"preview what-if whatif dry-run drift compare-live", "aksnet diff shows what apply would change in Azure"},
		{"export build gen generate synth template emit output code arm bicep terraform tf azcli az",
			"aksnet render arm|bicep|terraform|azcli writes infrastructure code"},
		{"pull fetch read discover convert scan-azure dump load", "aksnet import writes a spec from what exists"},
		{"fmt format tidy fix", "no command rewrites a spec; aksnet validate names the value to write"},
		{"calc cidr subnet subnets split size free contains overlaps merge subtract intersect next range tree capacity",
			"aksnet ip calculates with ranges, as in aksnet ip info 10.0.0.0/22"},
		{
			"why error errors rule what",
			"aksnet explain explains a rule, an error code, or an error that you paste",
		},
		{
			"model cni cnis plugin plugins",
			"aksnet models shows the network models, and aksnet compare plans under each",
		},
		{"limit quota quotas max", "aksnet limits shows the limits of AKS and Azure"},
		{"choose recommend options alternatives", "aksnet compare plans under every network model and recommends one"},
		{"forecast scale grow predict", "aksnet growth shows in which month what runs out"},
		{
			"snat ports outbound nat firewall fqdn fqdns endpoints",
			"aksnet egress shows SNAT ports, and with --fqdns the endpoints",
		},
		{
			"upgrade switch",
			"aksnet migrate shows the way to another model; aksnet validate checks whether upgrades fit",
		},
		{"docs doc manual usage", "aksnet --help lists the commands, and aksnet COMMAND --help explains one"},
		{"login signin auth", "run az login; diff, apply and import use its sign-in"},
	}
}

// hint returns the answer to a word that is not a command; empty if there is none.
func hint(word string) string {
	for _, h := range wordHints() {
		for w := range strings.FieldsSeq(h.words) {
			if strings.EqualFold(w, word) {
				return h.answer
			}
		}
	}
	return ""
}

// knownVerb refuses arguments that are not a command, with the command that does what the word asks for.
func knownVerb(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		if answer := hint(args[0]); answer != "" {
			return cli.Usagef("unknown command %q: %s", args[0], answer)
		}
	}
	return cli.KnownCommand(c, args)
}

// readWord makes the root say what is wrong with an unknown word rather than with the flags after it.
func readWord(root *cobra.Command, args []string) {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return
	}
	if found, _, _ := root.Find(args[:1]); found == root {
		root.DisableFlagParsing = true
	}
}
