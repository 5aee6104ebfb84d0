package shell

import (
	"strings"
)

// Az writes commands of the Azure CLI about one cluster.
type Az struct {
	Subscription, Group, Cluster string
	// Values are the words for which others in ‹› stand in a command, quoted as a shell needs them.
	Values map[string]string
}

// Arg writes a text as an argument of az for bash, always in quotes. Where an argument begins with @, or what follows
// its first equals sign does, az reads a file; such a text reaches az as the content of a file, which it takes as it
// is. An argument that begins with a hyphen would be an option in any case.
// https://github.com/Azure/azure-cli/blob/dev/src/azure-cli-core/azure/cli/core/commands/__init__.py (read 2026-11-29)
func Arg(s string) string {
	if _, value, ok := strings.Cut(s, "="); s != "" && s[0] == '@' || ok && strings.HasPrefix(value, "@") {
		return "@<(printf %s " + Quote(s) + ")"
	}
	return Quote(s)
}

// Command writes a command such as "aks update --tier ‹value›" with the names of the cluster, its resource group and
// subscription, for a POSIX shell. The values pool and networkGroup name the pool and the resource group of commands
// about pools and networks. A command of kubectl stays as it is.
func (a Az) Command(command string) string {
	words := strings.Fields(command)
	if words[0] == "kubectl" {
		return command
	}
	for i, w := range words {
		words[i] = a.word(w)
	}
	head, rest := a.named(words)
	return strings.Join(append(append(append([]string{"az"}, head...), rest...), a.place(words[0])...), " ")
}

// word returns a word of a command, or what stands for it.
func (a Az) word(w string) string {
	name, ok := strings.CutPrefix(w, "‹")
	if !ok {
		return Word(w)
	}
	return a.Values[strings.TrimSuffix(name, "›")]
}

// named splits a command behind its verb, and adds the name of the cluster to the verb, or that of the pool.
func (a Az) named(words []string) (head, rest []string) {
	switch {
	case words[0] != "aks":
		return words, nil
	case words[1] == "nodepool":
		return append(words[:3:3], "--cluster-name", Word(a.Cluster), "--name", a.Values["pool"]), words[3:]
	case len(words) > 2 && !strings.HasPrefix(words[2], "-"):
		return append(words[:3:3], "--name", Word(a.Cluster)), words[3:]
	}
	return append(words[:2:2], "--name", Word(a.Cluster)), words[2:]
}

// place returns the options that say where a resource is. A group that is not known is the shell's variable
// RESOURCE_GROUP.
func (a Az) place(kind string) []string {
	group := `"$RESOURCE_GROUP"`
	if own := a.Values["networkGroup"]; kind == "network" && own != "" {
		group = own
	} else if a.Group != "" {
		group = Word(a.Group)
	}
	out := []string{"--resource-group", group}
	if a.Subscription != "" {
		out = append(out, "--subscription", Word(a.Subscription))
	}
	return out
}
