package aks

import "testing"

// TestOSImagesNameWhatWorks holds every image to a replacement of its own operating system that AKS still creates.
func TestOSImagesNameWhatWorks(t *testing.T) {
	for _, i := range OSImages() {
		if i.Use == "" || i.Use == i.SKU || i.Use.OSType() != i.SKU.OSType() {
			t.Errorf("%s: use %q", i.SKU, i.Use)
		}
		if use, ok := OSImageOf(i.Use); ok && use.Refused != "" {
			t.Errorf("%s: %s is refused too", i.SKU, i.Use)
		}
		if i.Since != "" && i.Before != "" && KubernetesAtLeast(i.Since, i.Before) {
			t.Errorf("%s: since %s, before %s", i.SKU, i.Since, i.Before)
		}
	}
	if _, ok := OSImageOf(AzureLinux); ok {
		t.Error("AzureLinux runs on every version")
	}
}
