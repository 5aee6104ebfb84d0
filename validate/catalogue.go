package validate

import "slices"

// Rules returns the catalogue, in the order in which it is shown: families, and ids within them.
func Rules() []*Rule {
	return slices.Concat(
		specRules(),
		nameRules(),
		ipRules(),
		vnetRules(),
		aksRules(),
		poolRules(),
		egressRules(),
		lifeRules(),
	)
}
