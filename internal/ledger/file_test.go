package ledger

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// take claims the first free /24 of 10.0.0.0/16 for a name, as a plan does.
func take(l *Ledger, owner, name string) (bool, error) {
	h := Holder{Owner: owner, Specs: []string{"s"}}
	for _, e := range l.Entries() {
		if h.Holds(e) && e.Name == name {
			return false, nil
		}
	}
	_, holes := l.In(netip.MustParsePrefix("10.0.0.0/15"))
	free := netip.PrefixFrom(holes[0].Addr(), 24)
	changes, conflicts := l.Claim(
		h,
		[]Entry{{AddressPrefix: free, Kind: VNet, Name: name, Owner: owner, Spec: "s"}},
		Term{Now: time.Unix(0, 0)},
	)
	if len(conflicts) > 0 {
		return false, conflicts[0]
	}
	return changes.Any(), nil
}

// together lets workers take ranges from a store at one time, and reports how many ranges the ledger has afterwards.
func together(t *testing.T, workers, each int, open func() Store) {
	t.Helper()
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			store := open()
			for i := range each {
				err := store.Update(t.Context(), func(l *Ledger) (bool, error) {
					return take(l, fmt.Sprintf("worker-%d", w), fmt.Sprintf("vnet-%d", i))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	l, err := open().Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(l.Entries()); n != workers*each {
		t.Errorf("%d ranges of %d", n, workers*each)
	}
	if twice := overlapsByPairs(l); len(twice) > 0 {
		t.Errorf("%s is held twice", twice[0].Second.AddressPrefix)
	}
}

func TestFileTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	together(t, 32, 10, func() Store { return NewFile(path) })
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("files left behind: %v", left)
	}
}

func TestFileIsNotWrittenWhenNothingChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	if err := NewFile(path).Update(t.Context(), func(*Ledger) (bool, error) { return false, nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("there is a file")
	}
}

func TestFileWithMistakesIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	const bad = "kind: Ledger\nentries:\n  - {addressPrefix: 10.0.0.1/24, kind: static, name: a}\n"
	if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	err := NewFile(path).Update(t.Context(), func(l *Ledger) (bool, error) { return take(l, "x", "a") })
	if mistakes := (*MistakesError)(nil); !errors.As(err, &mistakes) {
		t.Errorf("got %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != bad {
		t.Errorf("it was changed:\n%s", text)
	}
}

func TestFileKeepsItsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := NewFile(path).Update(t.Context(), func(l *Ledger) (bool, error) { return take(l, "x", "a") })
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

func TestWaitingForTheLockEnds(t *testing.T) {
	store := NewFile(filepath.Join(t.TempDir(), FileName))
	err := store.Update(t.Context(), func(*Ledger) (bool, error) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		err := store.Update(ctx, func(*Ledger) (bool, error) { return false, nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		return false, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
