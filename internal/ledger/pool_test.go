package ledger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	azfake "github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9/fake"

	"github.com/aksnet/aksnet/ipam"
)

const (
	poolGroup = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/"
	testPool  = poolGroup + "networkManagers/nm/ipamPools/weu"
)

// poolService is an IPAM pool with its static CIDRs and what resources have of it.
type poolService struct {
	mu         sync.Mutex
	cidrs      map[string]armnetwork.StaticCidrProperties
	associated []*armnetwork.PoolAssociation
	// lenient pools take ranges that overlap, as one that two requests reach at once may.
	lenient bool
	writes  int
	// onWrite is called before the n-th write, from 1; an error is the answer, before or after the write takes place.
	onWrite func(n int) (before, after int)
}

func newPoolService() *poolService {
	return &poolService{cidrs: map[string]armnetwork.StaticCidrProperties{}}
}

func (s *poolService) has(p netip.Prefix, but string) bool {
	for name, c := range s.cidrs {
		if name != but && slices.ContainsFunc(prefixesOf(c.AddressPrefixes), p.Overlaps) {
			return true
		}
	}
	return slices.ContainsFunc(s.associated, func(a *armnetwork.PoolAssociation) bool {
		return slices.ContainsFunc(prefixesOf(a.AddressPrefixes), p.Overlaps)
	})
}

func (s *poolService) fault() (before, after int) {
	s.writes++
	if s.onWrite == nil {
		return 0, 0
	}
	return s.onWrite(s.writes)
}

func (s *poolService) factory() *fake.ServerFactory {
	refuse := func(e *azfake.ErrorResponder, status int) { e.SetResponseError(status, "Refused") }
	f := &fake.ServerFactory{}
	f.StaticCidrsServer.Create = func(
		_ context.Context, _, _, _, name string, o *armnetwork.StaticCidrsClientCreateOptions,
	) (
		r azfake.Responder[armnetwork.StaticCidrsClientCreateResponse], e azfake.ErrorResponder) {
		s.mu.Lock()
		defer s.mu.Unlock()
		before, after := s.fault()
		if before != 0 {
			refuse(&e, before)
			return r, e
		}
		body := *o.Body.Properties
		for _, p := range prefixesOf(body.AddressPrefixes) {
			if !s.lenient && s.has(p, name) {
				refuse(&e, http.StatusBadRequest)
				return r, e
			}
		}
		s.cidrs[name] = body
		if after != 0 {
			refuse(&e, after)
			return r, e
		}
		r.SetResponse(http.StatusCreated, armnetwork.StaticCidrsClientCreateResponse{}, nil)
		return r, e
	}
	f.StaticCidrsServer.BeginDelete = func(_ context.Context, _, _, _, name string,
		_ *armnetwork.StaticCidrsClientBeginDeleteOptions) (
		r azfake.PollerResponder[armnetwork.StaticCidrsClientDeleteResponse], e azfake.ErrorResponder) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if before, _ := s.fault(); before != 0 {
			refuse(&e, before)
			return r, e
		}
		delete(s.cidrs, name)
		r.AddNonTerminalResponse(http.StatusAccepted, nil)
		r.SetTerminalResponse(http.StatusNoContent, armnetwork.StaticCidrsClientDeleteResponse{}, nil)
		return r, e
	}
	f.StaticCidrsServer.NewListPager = func(_, _, _ string, _ *armnetwork.StaticCidrsClientListOptions) (
		r azfake.PagerResponder[armnetwork.StaticCidrsClientListResponse]) {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, name := range slices.Sorted(maps.Keys(s.cidrs)) {
			one := s.cidrs[name]
			page := armnetwork.StaticCidrsClientListResponse{}
			page.Value = []*armnetwork.StaticCidr{{Name: &name, Properties: &one}}
			r.AddPage(http.StatusOK, page, nil)
		}
		if len(s.cidrs) == 0 {
			r.AddPage(http.StatusOK, armnetwork.StaticCidrsClientListResponse{}, nil)
		}
		return r
	}
	f.IpamPoolsServer.NewListAssociatedResourcesPager = func(_, _, _ string,
		_ *armnetwork.IpamPoolsClientListAssociatedResourcesOptions) (
		r azfake.PagerResponder[armnetwork.IpamPoolsClientListAssociatedResourcesResponse]) {
		page := armnetwork.IpamPoolsClientListAssociatedResourcesResponse{}
		page.Value = s.associated
		r.AddPage(http.StatusOK, page, nil)
		return r
	}
	f.IpamPoolsServer.GetPoolUsage = func(
		_ context.Context, _, _, name string, _ *armnetwork.IpamPoolsClientGetPoolUsageOptions,
	) (
		r azfake.Responder[armnetwork.IpamPoolsClientGetPoolUsageResponse], e azfake.ErrorResponder) {
		if name != "weu" {
			refuse(&e, http.StatusNotFound)
			return r, e
		}
		usage := armnetwork.IpamPoolsClientGetPoolUsageResponse{}
		usage.AddressPrefixes = texts("10.64.0.0/12")
		r.SetResponse(http.StatusOK, usage, nil)
		return r, e
	}
	return f
}

func texts(all ...string) (out []*string) {
	for _, s := range all {
		out = append(out, &s)
	}
	return out
}

// open returns the store of the pool, through the SDK.
func (s *poolService) open(t *testing.T, id string) *Pool {
	t.Helper()
	p, err := NewPool(id, PoolOptions{
		Credential: func() (azcore.TokenCredential, error) { return &azfake.TokenCredential{}, nil },
		Client: arm.ClientOptions{ClientOptions: azcore.ClientOptions{
			Transport: fake.NewServerFactoryTransport(s.factory()), Retry: policy.RetryOptions{MaxRetries: -1},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.pause = func(int) time.Duration { return time.Millisecond }
	p.every = time.Millisecond
	return p
}

func poolClaims(second int) []Entry {
	vnet, subnet := fmt.Sprintf("10.64.%d.0/24", second), fmt.Sprintf("10.64.%d.0/26", second)
	return []Entry{
		{AddressPrefix: netip.MustParsePrefix(vnet), Kind: VNet, Name: "vnet-a", Owner: "o", Spec: "a.yaml"},
		{
			AddressPrefix: netip.MustParsePrefix(subnet),
			Kind:          Subnet,
			Name:          "snet-a",
			VNet:          "vnet-a",
			Owner:         "o",
			Spec:          "a.yaml",
		},
	}
}

var (
	poolHolder = Holder{Owner: "o", Specs: []string{"a.yaml"}}
	poolTerm   = Term{
		Now:   time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC),
		Until: time.Date(2026, 12, 2, 8, 0, 0, 0, time.UTC),
	}
)

func reserve(p *Pool, claims []Entry) error {
	return p.Update(context.Background(), func(l *Ledger) (bool, error) {
		changes, conflicts := l.Claim(poolHolder, claims, poolTerm)
		if len(conflicts) > 0 {
			return false, errors.New(conflicts[0].Error())
		}
		return changes.Any(), nil
	})
}

func entriesOf(t *testing.T, p *Pool) string {
	t.Helper()
	l, err := p.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range l.Entries() {
		out = append(out, fmt.Sprintf("%s %s %s %s", e.AddressPrefix, e.Kind, e.Name, e.State))
	}
	return strings.Join(out, "\n")
}

func TestPoolKeepsEntries(t *testing.T) {
	s := newPoolService()
	p := s.open(t, PoolScheme+testPool)
	if err := reserve(p, poolClaims(0)); err != nil {
		t.Fatal(err)
	}
	if len(s.cidrs) != 1 {
		t.Errorf("%d static CIDRs, want one for the network with what is in it", len(s.cidrs))
	}
	if got, want := entriesOf(t, p), "10.64.0.0/24 vnet vnet-a reserved\n10.64.0.0/26 subnet snet-a "+
		"reserved"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	writes := s.writes
	if err := reserve(p, poolClaims(0)); err != nil || s.writes != writes {
		t.Errorf("the same claims: %v, %d writes", err, s.writes-writes)
	}
	commit := func(l *Ledger) (bool, error) { return len(l.CommitAll(poolHolder.Holds)) > 0, nil }
	if err := p.Update(context.Background(), commit); err != nil {
		t.Fatal(err)
	}
	if got := entriesOf(t, p); !strings.Contains(got, "snet-a committed") || len(s.cidrs) != 1 {
		t.Errorf("after commit: %s", got)
	}
	release := func(l *Ledger) (bool, error) { return l.Release(poolHolder.Holds).Any(), nil }
	if err := p.Update(context.Background(), release); err != nil || len(s.cidrs) != 0 {
		t.Errorf("after release: %v, %d static CIDRs", err, len(s.cidrs))
	}
}

func TestPoolReadsWhatOthersHave(t *testing.T) {
	s := newPoolService()
	vnet, static := poolGroup+"virtualNetworks/vnet-x", testPool+"/staticCidrs/on-prem"
	subnet := vnet + "/subnets/snet-x"
	s.cidrs["on-prem"] = armnetwork.StaticCidrProperties{AddressPrefixes: texts("10.65.0.0/24")}
	s.associated = []*armnetwork.PoolAssociation{
		{ResourceID: &vnet, AddressPrefixes: texts("10.64.0.0/24", "10.64.2.0/28")},
		{ResourceID: &subnet, AddressPrefixes: texts("10.64.0.0/26")},
		{ResourceID: &static, AddressPrefixes: texts("10.65.0.0/24")},
		nil, {},
	}
	p := s.open(t, testPool)
	want := "10.64.0.0/24 vnet vnet-x committed\n10.64.0.0/26 subnet snet-x committed\n10.64.2.0/28 vnet vnet-x " +
		"committed\n" +
		"10.65.0.0/24 static on-prem committed"
	if got := entriesOf(t, p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := reserve(p, poolClaims(0)); err == nil || s.writes > 0 {
		t.Errorf("a claim of what a network has: %v, %d writes", err, s.writes)
	}
	free := func(l *Ledger) (bool, error) { return l.Release(func(*Entry) bool { return true }).Any(), nil }
	if err := p.Update(context.Background(), free); err == nil ||
		!strings.Contains(err.Error(), "aksnet did not write") {
		t.Errorf("releasing what others have: %v", err)
	}
	outside := []Entry{{AddressPrefix: netip.MustParsePrefix("10.244.0.0/16"), Kind: PodCIDR, Cluster: "c"}}
	if err := reserve(p, outside); err == nil || !strings.Contains(err.Error(), "outside the pool") {
		t.Errorf("a range outside the pool: %v", err)
	}
}

// TestPoolTakesBack fails at each write, before or after it takes place: nothing of the change stays.
func TestPoolTakesBack(t *testing.T) {
	claims := slices.Concat(poolClaims(0), []Entry{
		{AddressPrefix: netip.MustParsePrefix("10.70.0.0/24"), Kind: VNet, Name: "vnet-b", Owner: "o", Spec: "a.yaml"},
		{AddressPrefix: netip.MustParsePrefix("10.71.0.0/24"), Kind: VNet, Name: "vnet-c", Owner: "o", Spec: "a.yaml"},
	})
	for at := 1; at <= 3; at++ {
		for _, applied := range []bool{false, true} {
			s := newPoolService()
			s.onWrite = func(n int) (int, int) {
				switch {
				case n != at:
					return 0, 0
				case applied:
					return 0, http.StatusForbidden
				}
				return http.StatusForbidden, 0
			}
			p := s.open(t, testPool)
			err := reserve(p, claims)
			if err == nil || !strings.Contains(err.Error(), "403") || len(s.cidrs) > 0 {
				t.Errorf("write %d, applied %v: %v, left %v", at, applied, err, slices.Collect(maps.Keys(s.cidrs)))
			}
		}
	}
	s := newPoolService()
	s.onWrite = func(n int) (int, int) {
		if n == 1 {
			return 0, 0
		}
		return http.StatusForbidden, 0
	}
	if err := reserve(s.open(t, testPool), claims); err == nil ||
		!strings.Contains(err.Error(), "could not be taken back") {
		t.Errorf("taking back fails: %v", err)
	}
}

// TestPoolManyWriters has writers ask for a network each at once, in pools that refuse overlaps and in one that does
// not.
func TestPoolManyWriters(t *testing.T) {
	for _, lenient := range []bool{false, true} {
		s := newPoolService()
		s.lenient = lenient
		var wait sync.WaitGroup
		for i := range 6 {
			p := s.open(t, testPool)
			p.pause = func(attempt int) time.Duration { return time.Duration((i*7+attempt*3)%20) * time.Millisecond }
			wait.Go(func() {
				err := p.Update(context.Background(), func(l *Ledger) (bool, error) {
					for n := range 64 {
						claim := Entry{
							AddressPrefix: netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 64, byte(n), 0}), 24),
							Kind:          VNet,
							Name:          fmt.Sprintf("vnet-%d", i),
							Owner:         "o",
							Spec:          fmt.Sprint(i),
						}
						if len(l.Overlapping(claim.AddressPrefix)) == 0 {
							_, conflicts := l.Claim(Holder{"o", []string{fmt.Sprint(i)}}, []Entry{claim}, poolTerm)
							return len(conflicts) == 0, nil
						}
					}
					return false, errors.New("full")
				})
				if err != nil && !errors.Is(err, ErrBusy) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		l, err := s.open(t, testPool).Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range l.Entries() {
			for _, other := range l.Entries()[:i] {
				if e.AddressPrefix.Overlaps(other.AddressPrefix) {
					t.Errorf("lenient %v: %s for %s and for %s", lenient, e.AddressPrefix, e.Name, other.Name)
				}
			}
		}
		if len(l.Entries()) == 0 {
			t.Errorf("lenient %v: nobody got a network", lenient)
		}
	}
}

func TestPoolIDs(t *testing.T) {
	for _, id := range []string{"", "avnm:", "weu", poolGroup + "virtualNetworks/v", testPool + "?x", testPool + "/x"} {
		if _, err := NewPool(id, PoolOptions{}); err == nil || !strings.Contains(err.Error(), "IPAM pool") {
			t.Errorf("%q: %v", id, err)
		}
	}
	missing := newPoolService().open(t, strings.Replace(testPool, "weu", "gone", 1))
	if _, err := missing.Load(context.Background()); err == nil || !strings.Contains(err.Error(), "no such pool") {
		t.Errorf("a pool that does not exist: %v", err)
	}
}

// FuzzPoolNote reads descriptions that somebody else may have written: none makes an entry outside its static CIDR.
func FuzzPoolNote(f *testing.F) {
	f.Add(`{"by":"aksnet","entries":[{"addressPrefix":"10.64.0.0/26","kind":"subnet","state":"reserved"}]}`)
	f.Add(`{"by":"aksnet","entries":[null]}`)
	f.Fuzz(func(t *testing.T, description string) {
		block := netip.MustParsePrefix("10.64.0.0/24")
		entries, _ := noted(description, []netip.Prefix{block})
		for _, e := range entries {
			if !ipam.Covers(block, e.AddressPrefix) {
				t.Errorf("%s", e.AddressPrefix)
			}
		}
	})
}
