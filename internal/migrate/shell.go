package migrate

import (
	"strings"

	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// az writes commands of the Azure CLI for one cluster.
type az struct {
	subscription, group, cluster string
}

func newAz(s *spec.Spec, c *plan.Cluster) az { return az{s.Subscription, c.ResourceGroup, c.Name} }

// aks returns "az aks VERB" for the cluster.
func (a az) aks(verb string, arguments ...string) string {
	return a.word(append([]string{"aks", verb, "--name", a.cluster}, arguments...)...)
}

func (a az) update(arguments ...string) string { return a.aks("update", arguments...) }

func (a az) show(query string) string { return a.aks("show", "--query", query, "--output", "json") }

// word returns an az command in the resource group of the cluster.
func (a az) word(arguments ...string) string { return a.inGroup(a.group, arguments...) }

// inGroup returns an az command in a resource group. A group that the spec does not name is the shell's variable
// RESOURCE_GROUP.
func (a az) inGroup(group string, arguments ...string) string {
	words := []string{"az"}
	for _, w := range arguments {
		words = append(words, shell.Word(w))
	}
	words = append(words, "--resource-group")
	if group == "" {
		words = append(words, `"$RESOURCE_GROUP"`)
	} else {
		words = append(words, shell.Word(group))
	}
	if a.subscription != "" {
		words = append(words, "--subscription", shell.Word(a.subscription))
	}
	return strings.Join(words, " ")
}
