package validate

import "slices"

// The ids of this package. A number is never used twice; what retires keeps it.
//
//	SPEC001–015  what the reader of the spec finds     SPEC016–019  waivers
//	NAME001–008  clusters and their pools              NAME009–016  networks and what belongs to them
//	NAME017–020  words of Azure
//	IP001–011    ranges that meet                      IP012–020    ranges that are forbidden, public, too large or small
//	IP021–027    what does not fit                     IP028–031    lists of ranges, and pools
//	VNET001–010  networks and peerings                 VNET011–021  subnets and their services
//	VNET022–026  limits and regions                    VNET027–030  what a subnet is used for
//	VNET031–032  what a subnet refers to
//
// The other families stand in the files of their names; aksnet rules and docs/rules.md list every rule.

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
		nsgRules(),
		lifeRules(),
	)
}
