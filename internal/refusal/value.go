package refusal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// optional is a part of a sentence that stands only where its value is known: {…}.
var optional = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{([^{}]*)\}`) })

// fill puts values into a sentence. It returns false when the sentence is empty or a value is missing.
func fill(sentence string, values map[string]string) (string, bool) {
	sentence = optional().ReplaceAllStringFunc(sentence, func(part string) string {
		if _, ok := fill(part[1:len(part)-1], values); !ok {
			return ""
		}
		return part[1 : len(part)-1]
	})
	complete := sentence != ""
	out := placeholder().ReplaceAllStringFunc(sentence, func(p string) string {
		v, ok := values[placeholder().FindStringSubmatch(p)[1]]
		complete = complete && ok && v != ""
		return v
	})
	return out, complete
}

// derive adds what follows from the values of a text: short (addresses or ports that are missing), prefix (the smallest
// subnet that holds what is needed), podPrefix (the smallest pod CIDR), moreIPs (outbound addresses that would have
// enough ports) and fewerPorts (ports a node that would fit).
func derive(values map[string]string) {
	needs, ok := number(values["needs"])
	if !ok {
		return
	}
	has, known := number(values["has"])
	if known && needs > has {
		values["short"] = strconv.Itoa(needs - has)
	}
	const largest = 1 << 24
	if needs > 0 && needs < largest {
		values["prefix"] = fmt.Sprintf("/%d", plan.BitsFor(needs+aks.ReservedPerSubnet))
		values["podPrefix"] = fmt.Sprintf("/%d", min(plan.BitsFor(needs), aks.PodBlockBits))
	}
	nodes, ok := number(values["nodes"])
	if !ok || nodes == 0 {
		return
	}
	values["moreIPs"] = strconv.Itoa((needs + aks.SNATPortsPerIP - 1) / aks.SNATPortsPerIP)
	if step := has / nodes / aks.SNATPortStep * aks.SNATPortStep; step > 0 {
		values["fewerPorts"] = strconv.Itoa(step)
	}
}

// number reads a count with or without commas.
func number(s string) (int, bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n, err == nil && n >= 0
}
