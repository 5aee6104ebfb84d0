package cmd

import (
	"cmp"
	"os"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// subscriptionVariable is the variable of the environment that names a subscription where no flag does.
const subscriptionVariable = "AZURE_SUBSCRIPTION_ID"

// checkPlace refuses what flags say of a place and Azure refuses.
func checkPlace(p spec.Place) error {
	return cmp.Or(checkSubscription("--subscription", p.Subscription), checkGroup(p.ResourceGroup), checkRegion(p.Location))
}

// checkSubscription refuses a subscription, given by a flag or a variable, that is no id.
func checkSubscription(given, id string) error {
	if id == "" || aks.SubscriptionIDOK(id) {
		return nil
	}
	return usagef("%s is %q, wants an id such as 00000000-0000-0000-0000-000000000000; az account show --query id prints it", given, id)
}

// checkGroup refuses the name of a resource group that Azure refuses.
func checkGroup(name string) error {
	rule, _ := aks.NameRuleFor(aks.NameResourceGroup)
	if name == "" || rule.Valid(name) {
		return nil
	}
	return usagef("--resource-group is %q, wants 1 to %d of %s", name, rule.Max, rule.Describe)
}

// checkRegion refuses a region that Azure cannot have.
func checkRegion(name string) error {
	if name == "" || aks.RegionOK(name) {
		return nil
	}
	return usagef("--location is %q, wants a region such as westeurope; az account list-locations prints them", name)
}

// chosen is the subscription of the flag, else of the environment; empty when neither names one.
func (o *azureOptions) chosen() string {
	if o.subscription != "" {
		return o.subscription
	}
	return os.Getenv(subscriptionVariable)
}

// checkChosen refuses a chosen subscription that is no id.
func (o *azureOptions) checkChosen() error {
	given := "--subscription"
	if o.subscription == "" {
		given = subscriptionVariable
	}
	return checkSubscription(given, o.chosen())
}
