// Package english writes counted nouns and numbers for messages and comments.
package english

import (
	"fmt"
	"strconv"
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

// Text formats a sentence with facts in it. Every verb is %v; whole numbers get commas between thousands.
func Text(format string, facts ...any) string {
	for i, fact := range facts {
		if n, ok := fact.(int); ok {
			facts[i] = Grouped(n)
		}
	}
	return fmt.Sprintf(format, facts...)
}

// Grouped returns a number of zero or more with commas between thousands: "1,000".
func Grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", Grouped(n/1000), n%1000)
}

// OrList returns words as "a, b or c".
func OrList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
