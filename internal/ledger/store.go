package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/aksnet/aksnet/spec"
)

// Store keeps a ledger that several processes share.
type Store interface {
	// Load reads the ledger. One that does not exist yet is empty.
	Load(context.Context) (*Ledger, error)
	// Update reads the ledger, changes it and writes it, so that nobody else changes it in between. change may run
	// several times, each time with a fresh ledger. If it returns false or an error, nothing is written.
	Update(ctx context.Context, change func(*Ledger) (bool, error)) error
	// String returns the URL of the store.
	String() string
}

// MistakesError says that what a store holds is wrong, as findings with positions.
type MistakesError struct{ Problems []spec.Problem }

func (e *MistakesError) Error() string {
	first := e.Problems[0]
	return fmt.Sprintf("%s: %s", first.Position, first.Message)
}

// ErrBusy says that others changed the ledger again and again, so that no change of ours came through.
var ErrBusy = errors.New("the ledger is busy: others changed it at every attempt")

// read parses what a store holds.
func read(name string, data []byte) (*Ledger, error) {
	l, problems := Parse(name, data)
	if len(problems) > 0 {
		return l, &MistakesError{problems}
	}
	return l, nil
}
