package cmd

import (
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/armtest"
)

// payloads are texts that CI runners and terminals would act on.
func payloads() []string {
	return []string{
		"##vso[task.setvariable variable=x]y", "a ##[add-mask]y", "::add-mask::y", "a\n::error::y", "\r::debug::y",
		"#\u0301#vso[task.complete]y", "\x1b[0Ksection_start:1:x\r", "##teamcity[buildStatus]", "\u202e::group::y",
	}
}

// refused is a spec that has payloads wherever a spec can have a text, most of which are mistakes.
func refused() string {
	q := func(i int) string { s, _ := json.Marshal(payloads()[i%len(payloads())]); return string(s) }
	return strings.ReplaceAll(fmt.Sprintf(`apiVersion: aksnet/v1 # ##vso[task.complete]z
location: %[1]s
resourceGroup: %[2]s
subscription: %[3]s
tags: {%[1]s: %[4]s, b: %[3]s}
addressSpace:
  reserved: [{name: %[1]s, addressPrefix: 10.0.0.0/24}]
vnets: # ##[group]z
  - name: %[1]s
    resourceGroup: %[3]s
    ddosProtectionPlan: %[2]s
    addressPrefixes: [10.40.0.0/20, %[1]s]
    peerings: [%[4]s, {vnet: %[3]s}]
    subnets:
      - {name: %[4]s, prefixLength: 26, delegation: %[1]s, serviceEndpoints: [%[2]s], routeTable: %[3]s}
routeTables: [{name: %[1]s, routes: [{name: %[2]s, addressPrefix: 0.0.0.0/0, nextHopType: %[3]s}]}]
networkSecurityGroups:
  - name: %[1]s
    rules:
      - {name: %[3]s, priority: 300, direction: Inbound, access: Deny, sources: [%[1]s], description: %[4]s,
         destinationPorts: [%[2]s]}
natGateways: [{name: %[4]s, zones: [%[1]s]}]
clusters:
  - name: %[1]s
    vnet: %[3]s
    kubernetesVersion: %[2]s
    model: %[1]s
    %[5]s: 3
    dnsPrefix: %[4]s
    privateDNSZone: %[1]s
    nodeResourceGroup: %[2]s
    authorizedIPRanges: [%[3]s]
    loadBalancerProfile: {outboundIPs: [%[1]s]}
    nodePools: # ::add-mask::z
      - {name: %[1]s, count: 3, vmSize: %[3]s, zones: [%[2]s], maxSurge: %[1]s}
      - {name: %[6]s, count: %[1]s}
waivers: [{rule: %[1]s, reason: %[3]s}, {rule: NAME001, path: %[2]s, reason: %[4]s, until: %[1]s}]
`, q(0), q(3), q(2), q(5), q(1), q(8)), "\t", "  ")
}

// waived is a spec that is rendered, planned and applied: its payloads are where a spec may have any text, or are names
// that waivers accept.
func waived() string {
	q := func(i int) string { s, _ := json.Marshal(payloads()[i]); return string(s) }
	var waivers strings.Builder
	for _, rule := range []string{
		"NAME001", "NAME002", "NAME003", "NAME005", "NAME006", "NAME007", "NAME010", "NAME011", "NAME012", "NAME013",
		"NAME014", "NAME015", "NAME016", "NAME019", "NAME020", "VNET032",
	} {
		fmt.Fprintf(&waivers, "  - {rule: %s, reason: %s} # ##vso[task.complete]z\n", rule, q(0))
	}
	return fmt.Sprintf(`apiVersion: aksnet/v1 # ##vso[task.complete]z
location: westeurope
resourceGroup: rg-net
subscription: %[5]s
tags: {"##vso[a.b]k": %[1]s, b: %[4]s, "::set-env name=a::c": %[2]s, d: %[3]s}
addressSpace:
  reserved: [{name: %[1]s, addressPrefix: 10.0.0.0/24}]
vnets:
  - name: "::add-mask::vnet"
    addressPrefixes: [10.40.0.0/16]
    subnets: [{name: "::error::snet", prefixLength: 26, networkSecurityGroup: "::debug::nsg"}]
networkSecurityGroups:
  - name: "::debug::nsg"
    rules: [{name: "::group::rule", priority: 300, direction: Inbound, access: Deny, description: %[4]s}]
clusters:
  - name: "::warning::cluster"
    vnet: "::add-mask::vnet"
    dnsPrefix: "::echo::dns"
    outboundType: userAssignedNATGateway
    nodePools: [{name: "::notice::pool", mode: System, count: 3}, {name: apps, minCount: 1, maxCount: 5}]
waivers:
%[6]s`, q(0), q(2), q(3), q(5), armtest.Subscription, waivers.String())
}

// runs returns how every command is run, by its path: the arguments before the flag for the format. A command that is
// not here fails the test.
func runs(dir string) map[string][][]string {
	bad, good, az := filepath.Join(
		dir,
		"refused.yaml",
	), filepath.Join(
		dir,
		"waived.yaml",
	), filepath.Join(
		dir,
		"az.json",
	)
	specs := [][]string{{bad}, {good}, {dir}, {filepath.Join(dir, payloads()[3])}}
	out := map[string][][]string{
		"plan": append([][]string{{good, "--explain"}}, specs...), "compare": specs, "egress": append(
			[][]string{{good, "--fqdns"}}, specs...),
		"growth": {
			{good, "--per-month", "1"},
			{bad, "--per-month", "1"},
			{good, "--per-month", "1", "--pool", "##vso[a.b]"},
		},
		"migrate": {
			{good, "--to", "cilium"},
			{bad, "--to", "cilium"},
			{good, "--to", "overlay", "--cluster", "::error::x"},
		},
		"validate": append([][]string{{good, "--against", bad}, {good, "--set", "tags.x=##vso[a.b]"}}, specs...),
		"diff":     {{good}, {bad}}, "apply": {{good, "--yes"}, {bad, "--yes"}},
		"import azure": {{az}, {"--vnet", "::add-mask::vnet"}, {filepath.Join(dir, payloads()[3], "none")}},
		"init": {
			{"-o", "-", "--vnet", payloads()[0]},
			{"-o", "::error::x.yaml"},
			{"-o", "-", "--name", payloads()[2]},
		},
	}
	for verb, args := range ledgerRuns(dir) {
		out["ledger "+verb] = args
	}
	for _, format := range []string{"arm", "bicep", "terraform", "azcli"} {
		out["render "+format] = [][]string{
			{
				good,
			}, {bad}, {good, "--clusters", "--lockdown", "--role-assignments", "--out", "-"}, {good, "--out", "o\n::error::x"},
		}
	}
	for _, p := range payloads() {
		list := filepath.Join(dir, "list.txt")
		for _, verb := range []string{
			"info", "merge", "diff", "contains", "free", "intersect", "next", "overlaps", "range", "split", "subtract", "tree",
			"capacity", "size",
		} {
			out["ip "+verb] = append(out["ip "+verb], []string{p}, []string{list, p}, []string{"-f", list})
		}
		for _, verb := range []string{"models", "limits", "facts", "rules", "changes", "schema", "version", "man",
			"help", "", "import", "ledger",
			"ip", "render", "completion bash", "completion fish", "completion powershell", "completion zsh"} {
			out[verb] = append(out[verb], []string{p})
		}
		out["explain"] = append(out["explain"], []string{p}, []string{
			"Code=\"SubnetIsFull\" Message=\"Subnet " + p + " with address prefix 10.0.0.0/24 does not have enough capacity\"",
		}, []string{"(SubnetIsFull) " + p + "\nCode: SubnetIsFull\nMessage: " + p})
	}
	return out
}

// ledgerRuns returns runs of the verbs of ledgers on a ledger, a spreadsheet and owners that carry payloads.
func ledgerRuns(dir string) map[string][][]string {
	at := func(name string) string { return filepath.Join(dir, name) }
	held, good := at("held.lock"), at("waived.yaml")
	return map[string][][]string{
		"list": {
			{"--ledger", held},
			{"--ledger", held, "--in", "10.0.0.0/8"},
			{"--ledger", at("az.json")},
			{"--in", payloads()[0]},
		},
		"check": {
			{"--ledger", held},
			{"--ledger", held, at("az.json")},
			{"--ledger", held, good},
			{"--ledger", payloads()[1]},
		},
		"release": {{payloads()[0], "--ledger", held}, {"--expired", "--dry-run", "--ledger", held}},
		"import": {
			{at("list.csv"), "--ledger", at("new.lock")},
			{at("az.json"), "--ledger", at("new.lock"), "--owner", payloads()[2]},
		},
		"reserve": {{good, "--ledger", held, "--owner", payloads()[0]}, {at("refused.yaml"), "--ledger", held}},
		"commit":  {{good, "--ledger", held, "--owner", payloads()[0]}, {"--owner", payloads()[0], "--ledger", held}},
	}
}

// hostileLedger is a ledger, and a spreadsheet, with payloads in every text.
func hostileLedger() (ledger, sheet string) {
	var l, s strings.Builder
	l.WriteString("apiVersion: aksnet/v1\nkind: Ledger\nversion: 1\nentries:\n")
	s.WriteString("CIDR,Name,VNet,Owner\n")
	for i, p := range payloads() {
		text, _ := json.Marshal(p)
		fmt.Fprintf(
			&l,
			"  - {addressPrefix: 10.9.%d.0/24, kind: subnet, name: %s, vnet: %s, owner: %s, spec: %s, state: reserved, "+
				"until: 2020-01-01, x: %s}\n",
			i,
			text,
			text,
			text,
			text,
			text,
		)
		cell := strings.ReplaceAll(p, `"`, `""`)
		fmt.Fprintf(
			&s,
			"10.9.%d.0/24,\"%s\",\"%s\",\"%s\"\n10.9.%d.128/25,\"%s\",,\n\"%s\",x,,\n",
			i,
			cell,
			cell,
			cell,
			i,
			cell,
			cell,
		)
	}
	return l.String(), s.String()
}

// hostileFolder writes the files of runs and returns their folder.
func hostileFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	tag, _ := json.Marshal(payloads()[0])
	azure := fmt.Sprintf(
		`[{"id": "/subscriptions/%[1]s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v",
"name": %[2]s, "location": "westeurope", "tags": {"a": %[2]s},
"addressSpace": {"addressPrefixes": ["10.0.0.0/16", %[2]s]},
"subnets": [{"name": %[2]s, "addressPrefix": "10.0.0.0/24"}]}]`,
		armtest.Subscription,
		tag,
	)
	held, sheet := hostileLedger()
	for name, text := range map[string]string{
		"held.lock": held, "list.csv": sheet,
		"refused.yaml": refused(), "waived.yaml": waived(), "az.json": azure,
		"broken.yaml":  "clusters: [##vso[a.b]\n::error::x",
		"list.txt":     strings.Join(payloads(), "\n") + "\n10.0.0.1/24 # ##vso[a.b]\n",
		payloads()[3]:  refused(),
		"config.yaml":  "fail-on: \"##vso[a.b]\"\n",
		"config2.yaml": "\"##vso[a.b]\": 1\n", "config3.yaml": "a: [##vso[a.b]\n::error::x",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// hostileAzure starts a fake Azure whose answers contain payloads, and lets the environment point to it. If it refuses,
// every answer about a resource is an error.
func hostileAzure(t *testing.T, refuses bool) {
	t.Helper()
	s := armtest.NewTLS("secret-of-the-principal")
	t.Cleanup(s.Close)
	s.AddGroup("rg-net", "westeurope")
	tag, _ := json.Marshal(map[string]string{payloads()[0]: payloads()[2], "b": payloads()[3]})
	s.Put("/subscriptions/"+armtest.Subscription+"/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/"+
		"::add-mask::vnet", `{"location": "westeurope", "tags": `+string(tag)+`, "properties": {"addressSpace": {
		"addressPrefixes": ["10.40.0.0/16"]}, "subnets": [{"name": "##vso[task.complete]x", "properties": {
		"addressPrefix": "10.40.200.0/24"}}]}}`)
	plain := s.Config.Handler
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !refuses ||
			!strings.Contains(r.URL.Path, "/resourcegroups/") && !strings.Contains(r.URL.Path, "/resourceGroups/") {
			plain.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusConflict)
		answer := map[string]any{"code": payloads()[0], "message": strings.Join(payloads(), " ")}
		_ = json.NewEncoder(w).Encode(map[string]any{"error": answer})
	})
	ca := filepath.Join(t.TempDir(), "ca.pem")
	pemData := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(ca, pemData, 0o600); err != nil {
		t.Fatal(err)
	}
	for key, value := range map[string]string{
		"AZURE_TENANT_ID": armtest.Tenant, "AZURE_CLIENT_ID": "33333333-2222-3333-4444-555555555555",
		"AZURE_CLIENT_SECRET": "secret-of-the-principal", "AZURE_SUBSCRIPTION_ID": armtest.Subscription,
		"AKSNET_CLOUD": "custom", "AKSNET_ARM_ENDPOINT": s.URL, "AKSNET_AUTHORITY_HOST": s.URL,
		"AKSNET_ARM_AUDIENCE": "https://management.azure.com", "AKSNET_CA_FILE": ca, "AKSNET_POLL_INTERVAL": "2ms",
		"HOME": t.TempDir(),
	} {
		t.Setenv(key, value)
	}
}
