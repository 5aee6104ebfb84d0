package cmd

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
)

// Only yes is yes. Who types something else is told once what to type; the end of input is a usage error.
func TestConfirm(t *testing.T) {
	for input, want := range map[string]struct {
		yes, usage bool
		said       string
	}{
		"yes\n":      {yes: true, said: "accepted: "},
		"yes":        {yes: true, said: "accepted: "},
		" yes \n":    {yes: true, said: "accepted: "},
		"y\nyes\n":   {yes: true, said: "to apply these changes, or \"no\": "},
		"YES\nyes\n": {yes: true, said: "to apply these changes, or \"no\": "},
		"y\ny\nyes":  {said: "or \"no\": nothing was changed\n"},
		"no\nyes\n":  {said: "accepted: nothing was changed\n"},
		"\nyes\n":    {said: "accepted: nothing was changed\n"},
		"":           {usage: true, said: "accepted: \n"},
		"y\n":        {usage: true, said: "or \"no\": \n"},
	} {
		var said bytes.Buffer
		yes, err := confirm(cli.IO{In: strings.NewReader(input), Err: &said})
		if yes != want.yes || errors.As(err, new(cli.UsageError)) != want.usage ||
			!strings.HasSuffix(said.String(), want.said) {
			t.Errorf("%q: %v %v\n%s", input, yes, err, said.String())
		}
	}
}

// Without a terminal, each start, each new reason to wait and each end is a line with the number of its change.
func TestApplyLog(t *testing.T) {
	var out bytes.Buffer
	l := newApplyLog(cli.IO{Err: &out})
	vnet := &apply.Change{
		Action: apply.Create,
		Type:   "T/vnets",
		ID:     "/subscriptions/s/resourceGroups/g/providers/T/vnets/v",
	}
	table := &apply.Change{
		Action: apply.Update,
		Type:   "T/tables",
		ID:     "/subscriptions/s/resourceGroups/g/providers/T/tables/t",
	}
	event := func(c *apply.Change, at int, s apply.State, reason string) {
		l.event(apply.Event{Change: c, State: s, Reason: reason, At: at, Of: 3, Took: 1234 * time.Millisecond})
	}
	event(vnet, 1, apply.Started, "")
	event(table, 2, apply.Started, "")
	event(table, 2, apply.Waiting, "busy")
	event(table, 2, apply.Waiting, "busy")
	if got, want := l.status(), "0 of 3 done: create v (0s), update t (0s), busy"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	event(vnet, 1, apply.Done, "")
	event(table, 2, apply.Failed, "no")
	want := []string{
		"[1/3] create T/vnets v", "[2/3] update T/tables t", "[2/3] update T/tables t: waiting, busy",
		"[1/3] create T/vnets v: done in 1.2s", "[2/3] update T/tables t: failed", "",
	}
	if got := strings.Split(out.String(), "\n"); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
