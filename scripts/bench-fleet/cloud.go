package main

import (
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"

	"github.com/aksnet/aksnet/internal/armtest"
)

// cloud is a stand-in for Azure, and the settings with which aksnet finds it.
type cloud struct {
	*armtest.Server
	env []string
}

const secret = "bench"

// newCloud starts a stand-in. For every command but apply it has the resources of the spec.
func newCloud(o *options, c command, path string) (cloud, error) {
	s := armtest.NewTLS(secret)
	s.Steps = 0
	s.AddGroup("rg", "westeurope")
	ca := filepath.Join(o.dir, "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(ca, text, 0o600); err != nil {
		return cloud{}, err
	}
	out := cloud{s, []string{
		"AZURE_TENANT_ID=" + armtest.Tenant, "AZURE_CLIENT_ID=33333333-2222-3333-4444-555555555555",
		"AZURE_CLIENT_SECRET=" + secret, "AZURE_SUBSCRIPTION_ID=" + armtest.Subscription, "AKSNET_CLOUD=custom",
		"AKSNET_ARM_ENDPOINT=" + s.URL, "AKSNET_AUTHORITY_HOST=" + s.URL,
		"AKSNET_ARM_AUDIENCE=https://management.azure.com", "AKSNET_CA_FILE=" + ca, "AKSNET_POLL_INTERVAL=1ms",
	}}
	if c.args[0] == "apply" {
		return out, nil
	}
	r, err := o.measure(o.binaries[0], []string{"apply", "--yes", path}, out.env)
	if err == nil && r.stopped {
		err = fmt.Errorf("apply of %s takes longer than %s", path, o.cap)
	}
	return out, err
}
