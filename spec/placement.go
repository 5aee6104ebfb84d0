package spec

// Placement is where in a network the plan places the subnets that the spec does not pin.
type Placement string

// The placements; the zero value means BestFit.
const (
	// BestFit takes the smallest free block that fits, from the start of the network.
	BestFit Placement = "best-fit"
	// LastFit takes the highest free block that fits, so that subnets stand at the end of the network.
	LastFit Placement = "last-fit"
)

// Words returns both placements, the default first.
func (Placement) Words() []string { return []string{string(BestFit), string(LastFit)} }
