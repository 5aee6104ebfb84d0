package validate

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
)

// snatLadder returns Azure's default allocation of outbound ports as text: "1,024 up to 50 nodes, 512 up to 100".
func snatLadder() string {
	var steps []string
	for _, s := range aks.SNATSteps() {
		steps = append(steps, english.Text("%v up to %v", s.Ports, s.MaxNodes))
	}
	return strings.Join(append([]string{steps[0] + " nodes"}, steps[1:]...), ", ")
}
