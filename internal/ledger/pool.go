package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
)

// PoolScheme is what the URL of a ledger in an IPAM pool starts with; the id of the pool follows.
const PoolScheme = "avnm:"

// Pool is a ledger in an IPAM pool of Azure Virtual Network Manager. What Azure resources have of the pool is
// committed.
// What aksnet hands out are static CIDRs of the pool, so that Azure gives it to nobody else.
//
// The ranges of a pool do not overlap, and so a static CIDR stands for a range with all that is in it: its description
// holds the entries. The API has no condition for a write. What decides between two writers is that each gives its
// static CIDR a name of its own: the pool refuses the second range, or both find the other one when they read the pool
// again, and both take back what they wrote.
type Pool struct {
	id    poolID
	pools *armnetwork.IpamPoolsClient
	cidrs *armnetwork.StaticCidrsClient
	pause func(attempt int) time.Duration
	// every is how often a deletion under way is asked for.
	every time.Duration
}

// PoolOptions is how to reach an IPAM pool.
type PoolOptions struct {
	// Credential signs requests, as azidentity finds it.
	Credential func() (azcore.TokenCredential, error)
	// Client is how requests are sent, and to which cloud.
	Client arm.ClientOptions
}

// poolID is the parts of a pool's id.
type poolID struct{ text, subscription, group, manager, name string }

// poolAttempts is how often a change is tried before it gives up with [ErrBusy].
const poolAttempts = 12

// pollPool is how often Azure is asked for a deletion under way.
const pollPool = 2 * time.Second

// NewPool returns the store of the id of an IPAM pool, with or without PoolScheme before it. The pool must exist.
func NewPool(resourceID string, o PoolOptions) (*Pool, error) {
	id, err := parsePoolID(strings.TrimPrefix(resourceID, PoolScheme))
	if err != nil {
		return nil, err
	}
	credential, err := o.Credential()
	if err != nil {
		return nil, wrap("opening the ledger "+PoolScheme+id.text, err)
	}
	pools, err := armnetwork.NewIpamPoolsClient(id.subscription, credential, &o.Client)
	if err != nil {
		return nil, wrap("opening the ledger "+PoolScheme+id.text, err)
	}
	cidrs, err := armnetwork.NewStaticCidrsClient(id.subscription, credential, &o.Client)
	if err != nil {
		return nil, wrap("opening the ledger "+PoolScheme+id.text, err)
	}
	return &Pool{id: id, pools: pools, cidrs: cidrs, pause: fullJitter, every: pollPool}, nil
}

func parsePoolID(text string) (poolID, error) {
	r, ok := aks.ParseResourceID(text)
	if !ok || !strings.EqualFold(r.Type, aks.TypeIPAMPool) || strings.ContainsAny(text, "?#%\\ ") {
		return poolID{}, fmt.Errorf(
			"%q is not the id of an IPAM pool: expected %s/subscriptions/ID/resourceGroups/GROUP/"+
				"providers/Microsoft.Network/networkManagers/MANAGER/ipamPools/NAME",
			text,
			PoolScheme,
		)
	}
	parts := strings.Split(text, "/")
	return poolID{text, r.Subscription, r.ResourceGroup, parts[len(parts)-3], r.Name}, nil
}

// String returns the URL of the store.
func (p *Pool) String() string { return PoolScheme + p.id.text }

// Load reads what is allocated in the pool.
func (p *Pool) Load(ctx context.Context) (*Ledger, error) {
	state, err := p.load(ctx)
	if err != nil {
		return nil, err
	}
	return state.ledger(), nil
}

// Update changes the static CIDRs of the pool, one request after the other. When that fails, it takes back what it
// wrote. It starts again if others have changed the pool meanwhile, and fails otherwise.
func (p *Pool) Update(ctx context.Context, change func(*Ledger) (bool, error)) error {
	for attempt := range poolAttempts {
		before, err := p.load(ctx)
		if err != nil {
			return err
		}
		l := before.ledger()
		changed, err := change(l)
		if err != nil || !changed {
			return err
		}
		steps, err := before.steps(l)
		if err != nil {
			return wrap("writing the ledger "+p.String(), err)
		}
		retry, err := p.write(ctx, before, steps)
		if !retry {
			return err
		}
		if err := sleep(ctx, p.pause(attempt)); err != nil {
			return err
		}
	}
	return fmt.Errorf("writing the ledger %s: %w (%d)", p, ErrBusy, poolAttempts)
}

// write takes steps and reads the pool again. If one failed, or others were faster, it takes them back. It reports
// whether to try again, because others have changed the pool since it was read.
func (p *Pool) write(ctx context.Context, before *poolState, steps []poolStep) (retry bool, err error) {
	done := 0
	for err == nil && done < len(steps) {
		// A request that fails may have been carried out all the same: its step is taken back too.
		err = p.take(ctx, steps[done])
		done++
	}
	var after *poolState
	if err == nil {
		if after, err = p.load(ctx); err == nil && after.confirms(steps) {
			return false, nil
		}
	}
	lost := err == nil
	// What was written is taken back even if the command was interrupted.
	undo, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	if undone := p.takeBack(undo, steps[:done]); undone != nil {
		return false, errors.Join(err, undone)
	}
	if lost {
		return true, nil
	}
	if now, loadErr := p.load(undo); loadErr == nil && ctx.Err() == nil && now.version() != before.version() {
		return true, nil
	}
	return false, err
}

// undoTime is how long taking back may last.
const undoTime = 2 * time.Minute

// takeBack undoes steps, the last one first. An error says what could not be undone.
func (p *Pool) takeBack(ctx context.Context, steps []poolStep) error {
	var failed []error
	for _, s := range slices.Backward(steps) {
		if err := p.take(ctx, s.back()); err != nil {
			failed = append(failed, fmt.Errorf("%s could not be taken back: %w", s, err))
		}
	}
	return errors.Join(failed...)
}

// take sends the request of a step.
func (p *Pool) take(ctx context.Context, s poolStep) error {
	if s.after == nil {
		return p.remove(ctx, s.name)
	}
	_, err := p.cidrs.Create(
		ctx,
		p.id.group,
		p.id.manager,
		p.id.name,
		s.name,
		&armnetwork.StaticCidrsClientCreateOptions{
			Body: &armnetwork.StaticCidr{Properties: s.after.properties()},
		},
	)
	if err != nil {
		return p.failure("writing", err)
	}
	return nil
}

func (p *Pool) remove(ctx context.Context, name string) error {
	poller, err := p.cidrs.BeginDelete(ctx, p.id.group, p.id.manager, p.id.name, name, nil)
	if err == nil {
		_, err = poller.PollUntilDone(ctx, &runtime.PollUntilDoneOptions{Frequency: p.every})
	}
	var response *azcore.ResponseError
	if errors.As(err, &response) && response.StatusCode == 404 {
		return nil
	}
	return p.failure("writing", err)
}

// load reads what is in the pool.
func (p *Pool) load(ctx context.Context) (*poolState, error) {
	state := &poolState{id: p.id}
	usage, err := p.pools.GetPoolUsage(ctx, p.id.group, p.id.manager, p.id.name, nil)
	if err != nil {
		return nil, p.failure("reading", err)
	}
	state.space = prefixesOf(usage.AddressPrefixes)
	static := p.cidrs.NewListPager(p.id.group, p.id.manager, p.id.name, nil)
	for static.More() {
		page, err := static.NextPage(ctx)
		if err != nil {
			return nil, p.failure("reading", err)
		}
		for _, c := range page.Value {
			state.addStatic(c)
		}
	}
	associated := p.pools.NewListAssociatedResourcesPager(p.id.group, p.id.manager, p.id.name, nil)
	for associated.More() {
		page, err := associated.NextPage(ctx)
		if err != nil {
			return nil, p.failure("reading", err)
		}
		for _, a := range page.Value {
			state.addAssociation(a)
		}
	}
	return state, nil
}

// failure says what Azure answered, and what to do about it; nil stays nil.
func (p *Pool) failure(doing string, err error) error {
	var response *azcore.ResponseError
	if err == nil || !errors.As(err, &response) {
		return wrap(doing+" the ledger "+p.String(), err)
	}
	advice := ""
	switch response.StatusCode {
	case 403:
		advice = ": the identity needs to read the network manager, and to write static CIDRs of its pool"
	case 404:
		advice = ": there is no such pool, or the identity cannot see it"
	}
	code := response.ErrorCode
	if code == "" {
		code = "no error code"
	}
	return fmt.Errorf("%s the ledger %s: Azure answered %d (%s)%s", doing, p, response.StatusCode, code, advice)
}
