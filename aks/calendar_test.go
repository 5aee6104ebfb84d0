package aks

import "testing"

// TestCalendarIsInOrder holds the rows to their order and every row to the order of its dates.
func TestCalendarIsInOrder(t *testing.T) {
	all := KubernetesReleases()
	if all[0].Minor != OldestReadRelease {
		t.Errorf("the oldest row is %s, the constant %s", all[0].Minor, OldestReadRelease)
	}
	for i, r := range all {
		if r.General >= r.EndOfLife || r.EndOfLife >= r.EndOfLTS {
			t.Errorf("%s: %s, %s, %s are not in order", r.Minor, r.General, r.EndOfLife, r.EndOfLTS)
		}
		if i == 0 {
			continue
		}
		if d, ok := MinorDistance(all[i-1].Minor, r.Minor); !ok || d != 1 || all[i-1].General >= r.General {
			t.Errorf("%s does not follow %s", r.Minor, all[i-1].Minor)
		}
	}
}

func TestReleaseOf(t *testing.T) {
	for version, want := range map[string]string{
		"1.34": "1.34", "1.34.2": "1.34", "v1.36.0": "1.36", "1.26": "", "1.45": "", "2.34": "", "text": "",
	} {
		if r, ok := ReleaseOf(version); r.Minor != want || ok != (want != "") {
			t.Errorf("ReleaseOf(%q) = %q, %v, want %q", version, r.Minor, ok, want)
		}
	}
}

func TestDefaultRelease(t *testing.T) {
	for day, want := range map[string]string{
		"2026-11-28": "1.36", "2026-10-30": "1.35", "2023-01-01": "1.27", "2031-01-01": "1.36",
	} {
		if got := DefaultRelease(day).Minor; got != want {
			t.Errorf("DefaultRelease(%s) = %s, want %s", day, got, want)
		}
	}
}

func TestMinorDistance(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     int
		ok       bool
	}{{"1.31", "1.34.2", 3, true}, {"1.34", "1.33", -1, true}, {"1.34", "2.1", -33, false}, {"", "1.34", 34, false}} {
		if got, ok := MinorDistance(tt.from, tt.to); got != tt.want || ok != tt.ok {
			t.Errorf("MinorDistance(%q, %q) = %d, %v, want %d, %v", tt.from, tt.to, got, ok, tt.want, tt.ok)
		}
	}
}
