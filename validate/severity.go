package validate

import "fmt"

// Severity says how bad a finding is. The zero Severity is none.
type Severity int

// The severities, from the mildest to the worst.
const (
	Note    Severity = iota + 1 // worth knowing
	Warning                     // works today, and breaks or is refused under conditions that the message names
	Error                       // refused by Azure, or broken once it is deployed
)

// String returns "error", "warning" or "note", and "" for none.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return ""
}

// ParseSeverity reads what String returns.
func ParseSeverity(text string) (Severity, error) {
	for _, s := range []Severity{Note, Warning, Error} {
		if s.String() == text {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q is no severity: error, warning or note", text)
}

// MarshalText writes s as String returns it.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Severity) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSeverity(string(text))
	return err
}
