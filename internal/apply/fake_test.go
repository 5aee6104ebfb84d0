package apply_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	azfake "github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9/fake"

	"github.com/aksnet/aksnet/internal/apply"
)

// shelf keeps resources of one type for the SDK's fake servers.
type shelf[T any] struct {
	mu   sync.Mutex
	kept map[string]T
	puts int
}

func (s *shelf[T]) get(name string) (v T, missing *azfake.ErrorResponder) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.kept[name]
	if !ok {
		missing = &azfake.ErrorResponder{}
		missing.SetResponseError(http.StatusNotFound, "ResourceNotFound")
	}
	return v, missing
}

func (s *shelf[T]) put(name string, v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]T{}
	}
	s.kept[name] = v
	s.puts++
}

// answer and operation wrap a value as the fake servers want it: at once, or after two looks at an operation.
func answer[R any](v R) (r azfake.Responder[R]) {
	r.SetResponse(http.StatusOK, v, nil)
	return r
}

func operation[R any](v R) (p azfake.PollerResponder[R]) {
	p.AddNonTerminalResponse(http.StatusCreated, nil)
	p.AddNonTerminalResponse(http.StatusOK, nil)
	p.SetTerminalResponse(http.StatusOK, v, nil)
	return p
}

func orMissing(e *azfake.ErrorResponder) azfake.ErrorResponder {
	if e == nil {
		return azfake.ErrorResponder{}
	}
	return *e
}

// The SDK's own fake servers, which decode every request into the SDK's types, take what apply sends, and give back
// what diff finds equal.
func TestFakeServers(t *testing.T) {
	var (
		vnets    shelf[armnetwork.VirtualNetwork]
		subnets  shelf[armnetwork.Subnet]
		peerings shelf[armnetwork.VirtualNetworkPeering]
		groups   shelf[armnetwork.SecurityGroup]
		tables   shelf[armnetwork.RouteTable]
	)
	vnets.put("vnet-hub", armnetwork.VirtualNetwork{})
	factory := &fake.ServerFactory{
		VirtualNetworksServer: fake.VirtualNetworksServer{
			Get: func(_ context.Context, _, name string,
				_ *armnetwork.VirtualNetworksClientGetOptions) (azfake.Responder[armnetwork.VirtualNetworksClientGetResponse],
				azfake.ErrorResponder) {
				v, e := vnets.get(name)
				return answer(armnetwork.VirtualNetworksClientGetResponse{VirtualNetwork: v}), orMissing(e)
			},
			BeginCreateOrUpdate: func(_ context.Context, _, name string, v armnetwork.VirtualNetwork,
				_ *armnetwork.VirtualNetworksClientBeginCreateOrUpdateOptions) (
				azfake.PollerResponder[armnetwork.VirtualNetworksClientCreateOrUpdateResponse], azfake.ErrorResponder) {
				if v.Properties.Subnets != nil {
					t.Errorf("%s is sent with subnets", name)
				}
				vnets.put(name, v)
				return operation(
					armnetwork.VirtualNetworksClientCreateOrUpdateResponse{VirtualNetwork: v},
				), azfake.ErrorResponder{}
			},
		},
		SubnetsServer: fake.SubnetsServer{
			Get: func(_ context.Context, _, vnet, name string,
				_ *armnetwork.SubnetsClientGetOptions) (azfake.Responder[armnetwork.SubnetsClientGetResponse],
				azfake.ErrorResponder) {
				v, e := subnets.get(vnet + "/" + name)
				return answer(armnetwork.SubnetsClientGetResponse{Subnet: v}), orMissing(e)
			},
			BeginCreateOrUpdate: func(_ context.Context, _, vnet, name string, v armnetwork.Subnet,
				_ *armnetwork.SubnetsClientBeginCreateOrUpdateOptions) (
				azfake.PollerResponder[armnetwork.SubnetsClientCreateOrUpdateResponse],
				azfake.ErrorResponder,
			) {
				subnets.put(vnet+"/"+name, v)
				return operation(armnetwork.SubnetsClientCreateOrUpdateResponse{Subnet: v}), azfake.ErrorResponder{}
			},
		},
		VirtualNetworkPeeringsServer: fake.VirtualNetworkPeeringsServer{
			Get: func(_ context.Context, _, vnet, name string,
				_ *armnetwork.VirtualNetworkPeeringsClientGetOptions) (
				azfake.Responder[armnetwork.VirtualNetworkPeeringsClientGetResponse],
				azfake.ErrorResponder,
			) {
				v, e := peerings.get(vnet + "/" + name)
				return answer(
						armnetwork.VirtualNetworkPeeringsClientGetResponse{VirtualNetworkPeering: v},
					), orMissing(
						e,
					)
			},
			BeginCreateOrUpdate: func(_ context.Context, _, vnet, name string, v armnetwork.VirtualNetworkPeering,
				_ *armnetwork.VirtualNetworkPeeringsClientBeginCreateOrUpdateOptions) (
				azfake.PollerResponder[armnetwork.VirtualNetworkPeeringsClientCreateOrUpdateResponse], azfake.ErrorResponder) {
				peerings.put(vnet+"/"+name, v)
				return operation(
						armnetwork.VirtualNetworkPeeringsClientCreateOrUpdateResponse{VirtualNetworkPeering: v},
					),
					azfake.ErrorResponder{}
			},
		},
		SecurityGroupsServer: fake.SecurityGroupsServer{
			Get: func(_ context.Context, _, name string,
				_ *armnetwork.SecurityGroupsClientGetOptions) (azfake.Responder[armnetwork.SecurityGroupsClientGetResponse],
				azfake.ErrorResponder) {
				v, e := groups.get(name)
				return answer(armnetwork.SecurityGroupsClientGetResponse{SecurityGroup: v}), orMissing(e)
			},
			BeginCreateOrUpdate: func(_ context.Context, _, name string, v armnetwork.SecurityGroup,
				_ *armnetwork.SecurityGroupsClientBeginCreateOrUpdateOptions) (
				azfake.PollerResponder[armnetwork.SecurityGroupsClientCreateOrUpdateResponse], azfake.ErrorResponder) {
				groups.put(name, v)
				return operation(
					armnetwork.SecurityGroupsClientCreateOrUpdateResponse{SecurityGroup: v},
				), azfake.ErrorResponder{}
			},
		},
		RouteTablesServer: fake.RouteTablesServer{
			Get: func(_ context.Context, _, name string,
				_ *armnetwork.RouteTablesClientGetOptions) (azfake.Responder[armnetwork.RouteTablesClientGetResponse],
				azfake.ErrorResponder) {
				v, e := tables.get(name)
				return answer(armnetwork.RouteTablesClientGetResponse{RouteTable: v}), orMissing(e)
			},
			BeginCreateOrUpdate: func(_ context.Context, _, name string, v armnetwork.RouteTable,
				_ *armnetwork.RouteTablesClientBeginCreateOrUpdateOptions) (
				azfake.PollerResponder[armnetwork.RouteTablesClientCreateOrUpdateResponse], azfake.ErrorResponder) {
				tables.put(name, v)
				return operation(
					armnetwork.RouteTablesClientCreateOrUpdateResponse{RouteTable: v},
				), azfake.ErrorResponder{}
			},
		},
	}
	c, err := apply.NewClient(apply.Options{
		Credential: signedIn{}, Transport: fake.NewServerFactoryTransport(factory), PollInterval: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	g := graph(t, "shop.yaml")
	run(t, diff(t, c, g))
	if vnets.puts != 2 || subnets.puts != 4 || peerings.puts != 2 || groups.puts != 2 || tables.puts != 1 {
		t.Errorf(
			"puts: %d networks, %d subnets, %d peerings, %d groups, %d tables",
			vnets.puts,
			subnets.puts,
			peerings.puts,
			groups.puts,
			tables.puts,
		)
	}
	if got := lines(diff(t, c, g), false); got != nil {
		t.Errorf("after apply: %q", got)
	}
}
