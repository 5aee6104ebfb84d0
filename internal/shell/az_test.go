package shell_test

import (
	"os/exec"
	"testing"

	"github.com/aksnet/aksnet/internal/shell"
)

func TestAz(t *testing.T) {
	a := shell.Az{Group: "rg-shop", Cluster: "shop one", Values: map[string]string{
		"pool": "apps", "value": "33%", "vnet": "net", "networkGroup": "rg-net",
	}}
	for command, want := range map[string]string{
		"aks update --tier free": "az aks update --name 'shop one' --tier free --resource-group rg-shop",
		"aks mesh enable":        "az aks mesh enable --name 'shop one' --resource-group rg-shop",
		"aks nodepool update --max-surge ‹value›": "az aks nodepool update --cluster-name 'shop one' --name apps " +
			"--max-surge 33% --resource-group rg-shop",
		"network vnet show --name ‹vnet›": "az network vnet show --name net --resource-group rg-net",
		"kubectl delete nodeclaims --all": "kubectl delete nodeclaims --all",
	} {
		if got := a.Command(command); got != want {
			t.Errorf("%s\n got %s\nwant %s", command, got, want)
		}
	}
	if got, want := (shell.Az{Subscription: "sub", Cluster: "a"}).Command("aks stop"),
		`az aks stop --name a --resource-group "$RESOURCE_GROUP" --subscription sub`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What az makes of an argument is the text: it reads the files that arguments name as here.
func TestArg(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	const az = `az() {
  case $1 in
    @*) cat "${1#@}" ;;
    *=@*) printf %s= "${1%%=@*}"; cat "${1#*=@}" ;;
    *) printf %s "$1" ;;
  esac
}
az `
	for _, text := range []string{"a=b", "owner=@team", "@/etc/hostname", "=@", "a=@'b'", "##vso[a.b]=@::error::", "@"} {
		out, err := exec.Command(bash, "-c", az+shell.Arg(text)).Output()
		if err != nil || string(out) != text {
			t.Errorf("Arg(%q) = %s, which az reads as %q, %v", text, shell.Arg(text), out, err)
		}
	}
}
