package validate

import (
	"fmt"
	"maps"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/plan"
)

// message describes the difference and ends with what becomes of it.
func (d *difference) message(end string) string {
	switch {
	case d.Before != d.After:
	case isRemoved(d):
		return d.what + " is no longer in the spec"
	default:
		return fmt.Sprintf("%s is %s: %s", d.what, d.Kind, end)
	}
	return fmt.Sprintf("%s changes from %s to %s: %s", d.what, d.Before, d.After, end)
}

// easyEnd returns the end of the message about a change that Azure makes on what runs.
func (d *difference) easyEnd() string {
	who := "Azure"
	if strings.HasPrefix(d.Key, "clusters") {
		who = "AKS"
	}
	switch {
	case d.change.OneWay:
		return who + " makes the change in place, and it cannot be reversed"
	case d.change.How == aks.Reimage:
		return who + " makes the change in place, and reimages nodes"
	}
	return who + " makes the change in place"
}

// lines returns what else to know about the difference, and its steps.
func (d *difference) lines() []string {
	out := append([]string{}, d.change.Notes...)
	if d.change.Disputed != "" {
		out = append(out, d.change.Disputed)
	}
	for _, c := range d.unmet {
		out = append(out, fmt.Sprintf("it needs %s: %s", c.Text, c.Otherwise))
	}
	for _, c := range d.unknown {
		out = append(out, fmt.Sprintf("it needs %s; the older plan does not say whether the cluster has it", c.Text))
	}
	steps := d.steps()
	if len(steps) == 1 && strings.HasPrefix(d.advice(), "run ") {
		return out
	}
	for i, s := range steps {
		if len(steps) == 1 {
			return append(out, d.stepText(s))
		}
		out = append(out, fmt.Sprintf("step %d: %s", i+1, d.stepText(s)))
	}
	return out
}

// steps returns the steps of the change, those for conditions that are not met first.
func (d *difference) steps() (out []aks.Step) {
	switch d.change.How {
	case aks.NewCluster, aks.NewPool, aks.Rejected, aks.Undocumented:
		return nil
	}
	for _, c := range d.unmet {
		out = append(out, c.Steps...)
	}
	if d.change.Between == "" {
		for _, v := range d.versions() {
			out = append(out, aks.Step{Command: "aks upgrade --kubernetes-version " + v})
		}
	}
	return append(out, d.change.Steps...)
}

// versions returns the versions of an upgrade that takes several steps.
func (d *difference) versions() []string {
	if len(d.between) == 0 || d.change.Between != "" {
		return nil
	}
	return append(append([]string{}, d.between...), d.After)
}

// stepText returns a step in one line: its command, and what the command waits for.
func (d *difference) stepText(s aks.Step) string {
	if s.Command == "" {
		return s.Text
	}
	command := d.command(s)
	if s.Text == "" {
		return command
	}
	return command + " (" + s.Text + ")"
}

// command returns the command of a step with the names of the cluster.
func (d *difference) command(s aks.Step) string {
	az := d.az
	az.Values = map[string]string{
		"value": shell.Word(listWord(d.After)), "list": addressList(d.After), "version": `"$KUBERNETES_VERSION"`,
		"file": `"$CONFIG_FILE"`, "identity": shell.Word("id-" + az.Cluster),
		"identityID": `"$(` + az.Command("identity show --name ‹identity›") + ` --query id --output tsv)"`,
	}
	maps.Copy(az.Values, d.az.Values)
	az.Values["identityID"] = `"$(` + az.Command("identity show --name ‹identity›") + ` --query id --output tsv)"`
	return az.Command(s.Command)
}

// listWord returns a list as the options of the Azure CLI take it: its elements with commas between them.
func listWord(text string) string {
	list, ok := strings.CutPrefix(text, "[")
	if !ok {
		return text
	}
	return strings.ReplaceAll(strings.TrimSuffix(list, "]"), ", ", ",")
}

// addressList returns a list that may be empty, for an option that then takes an empty word.
func addressList(text string) string {
	if text == aks.NotSet {
		return `""`
	}
	return shell.Word(listWord(text))
}

// advice returns what to do, and nothing where going back is the answer.
func (d *difference) advice() string {
	steps := d.steps()
	switch {
	case d.Kind == aks.Added && isNewCluster(d):
		return "remove it from this cluster, or create another cluster that has it"
	case len(d.unmet) > 0:
		return d.unmet[0].Otherwise
	case d.change.Between != "":
		return fmt.Sprintf("set %s to %s first, then to %s", lastKey(d.Key), d.change.Between, d.After)
	case len(d.versions()) > 0:
		return "upgrade to " + strings.Join(d.versions(), ", then to ")
	case len(steps) == 1 && steps[0].Command != "" && !d.rejected():
		return "run " + d.command(steps[0])
	case len(steps) > 1 && !d.rejected():
		return "apply the steps in this order"
	}
	return ""
}

// subnetID returns the id of a subnet for a command: the Azure CLI looks it up.
func subnetID(az shell.Az, s *plan.Subnet) string {
	az.Values = map[string]string{
		"vnet": shell.Word(s.VNet.Name), "subnet": shell.Word(s.Name), "networkGroup": groupWord(s.VNet.ResourceGroup),
	}
	return `"$(` + az.Command("network vnet subnet show --vnet-name ‹vnet› --name ‹subnet›") +
		` --query id --output tsv)"`
}

// poolArguments returns the options of az aks nodepool add for a pool.
func poolArguments(az shell.Az, p *plan.NodePool) string {
	out := []string{
		"--mode", string(p.Mode), "--os-type", string(p.OSType), "--node-count", fmt.Sprint(p.CreateNodes),
		"--max-pods", fmt.Sprint(p.MaxPods),
	}
	if s := p.NodeSubnet(); s != nil {
		out = append(out, "--vnet-subnet-id", subnetID(az, s))
	}
	if s := p.PodSubnet(); s != nil {
		out = append(out, "--pod-subnet-id", subnetID(az, s))
	}
	return strings.Join(out, " ")
}
