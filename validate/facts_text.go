package validate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// textf formats a text that contains facts. Every verb is %v; whole numbers get commas between thousands.
func textf(format string, facts ...any) string {
	for i, fact := range facts {
		if n, ok := fact.(int); ok {
			facts[i] = grouped(n)
		}
	}
	return fmt.Sprintf(format, facts...)
}

// grouped returns a number of zero or more with commas between thousands: "1,000".
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// snatLadder returns Azure's default allocation of outbound ports as text: "1,024 up to 50 nodes, 512 up to 100".
func snatLadder() string {
	var steps []string
	for _, s := range aks.SNATSteps() {
		steps = append(steps, textf("%v up to %v", s.Ports, s.MaxNodes))
	}
	return strings.Join(append([]string{steps[0] + " nodes"}, steps[1:]...), ", ")
}
