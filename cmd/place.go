package cmd

import (
	"cmp"
	"os"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/spec"
)

// subscriptionVariable is the environment variable with the subscription to use without --subscription.
const subscriptionVariable = "AZURE_SUBSCRIPTION_ID"

// checkPlace refuses a subscription, resource group or location that Azure would refuse.
func checkPlace(p spec.Scope) error {
	return cmp.Or(
		checkSubscription("--subscription", p.Subscription),
		checkGroup(p.ResourceGroup),
		checkRegion(p.Location),
	)
}

// checkSubscription refuses a subscription that is not an id. The source is the flag or variable that it comes from.
func checkSubscription(source, id string) error {
	if id == "" || aks.SubscriptionIDOK(id) {
		return nil
	}
	return cli.Usagef("%s is %q, expected an id such as 00000000-0000-0000-0000-000000000000; "+
		"az account show --query id prints yours", source, id)
}

// checkGroup refuses a resource group whose name Azure would refuse.
func checkGroup(name string) error {
	rule, _ := aks.NameRuleFor(aks.NameResourceGroup)
	if name == "" || rule.Valid(name) {
		return nil
	}
	return cli.Usagef("--resource-group is %q, expected 1 to %d of %s", name, rule.Max, rule.Describe)
}

// checkRegion refuses a location that cannot be an Azure region.
func checkRegion(name string) error {
	if name == "" || aks.RegionOK(name) {
		return nil
	}
	return cli.Usagef(
		"--location is %q, expected a region such as westeurope; az account list-locations prints all",
		name,
	)
}

// subscriptionID returns the subscription of the flag, else that of the environment. It is empty if neither is set.
func (o *azureOptions) subscriptionID() string {
	return cmp.Or(o.subscription, os.Getenv(subscriptionVariable))
}

// checkSubscriptionID refuses a subscription that is not an id.
func (o *azureOptions) checkSubscriptionID() error {
	source := "--subscription"
	if o.subscription == "" {
		source = subscriptionVariable
	}
	return checkSubscription(source, o.subscriptionID())
}
