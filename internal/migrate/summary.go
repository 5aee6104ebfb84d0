package migrate

// Summary counts the clusters of a guide by their verdict.
type Summary struct {
	Clusters     int `json:"clusters"`
	AlreadyThere int `json:"alreadyThere"`
	Possible     int `json:"possible"`
	Blocked      int `json:"blocked"`
	NewCluster   int `json:"newCluster"`
	// VNetAddressesBefore and VNetAddressesAfter are those of all clusters.
	VNetAddressesBefore int `json:"vnetAddressesBefore"`
	VNetAddressesAfter  int `json:"vnetAddressesAfter"`
}

func summarize(clusters []Cluster) Summary {
	out := Summary{Clusters: len(clusters)}
	counts := map[Verdict]*int{
		There: &out.AlreadyThere, Possible: &out.Possible, Blocked: &out.Blocked, NewCluster: &out.NewCluster,
	}
	for _, c := range clusters {
		*counts[c.Verdict]++
		out.VNetAddressesBefore += c.VNetAddressesBefore
		out.VNetAddressesAfter += c.VNetAddressesAfter
	}
	return out
}
