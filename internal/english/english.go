// Package english writes counted nouns for messages and comments.
package english

import (
	"fmt"
	"strings"
)

// Plural returns one for a single thing, else many.
func Plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Count returns a number with its noun, as "1 node", "3 nodes" or "2 addresses".
func Count(n int, noun string) string {
	many := noun + "s"
	if strings.HasSuffix(noun, "s") {
		many = noun + "es"
	}
	return fmt.Sprintf("%d %s", n, Plural(n, noun, many))
}
