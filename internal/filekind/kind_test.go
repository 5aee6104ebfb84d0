package filekind

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	group     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/"
	vnetID    = group + "Microsoft.Network/virtualNetworks/v"
	clusterID = group + "Microsoft.ContainerService/managedClusters/c"
	diskID    = group + "Microsoft.Compute/disks/d"
	zipHead   = "PK\x03\x04\x14\x00\x00\x00\x08\x00"
)

// examples is files by the kind that they are. A name stands before "|", where it matters.
func examples() map[Kind][]string {
	return map[Kind][]string{
		Empty: {"", " \n\t\n"},
		Spec: {
			"apiVersion: aksnet/v1\nclusters: []\n", "clusters:\n- name: x\n", `{"vnets": [{"name": "v"}]}`,
			"values.yaml|apiVersion: aksnet/v1\nimage: x\n", "apiVersion: aksnet/v2\n", "apiversion: AKSnet/v1\n",
			"apiVersion: aksnet/v1\nclusters:\n  - name: '{{ x }}'\n",
			"# a comment: here\naddressSpace: {pools: [10.0.0.0/8]}\nresource: \"x\"\n",
		},
		UTF16: {utf16le("apiVersion: aksnet/v1"), "a\x00p\x00i\x00V\x00e\x00", "\x00a\x00p\x00i\x00V\x00e"},
		"plan": {
			`{"apiVersion": "aksnet/v1", "kind": "Plan", "vnets": []}`,
			"apiVersion: aksnet/v1\nkind: Plan\n",
		},
		"findings": {
			`{"findings": [{"rule": "IP004"}], "summary": {"errors": 1}}`,
			"findings: []\nsummary:\n  errors: 0\n",
		},
		Azure: {
			`{"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "id": "` + vnetID + `"}`,
			`[{"aadProfile": null, "agentPoolProfiles": [{"count": 3}], "id": "` + clusterID + `"}]`,
			`{"value": [{"name": "v", "id": "` + vnetID + `", "properties": {}}]}`,
			`{"count": 1, "data": [{"id": "` + vnetID + `/subnets/s"}], "skip_token": null, "total_records": 1}`,
			"\ufeff" + `[ {"Name": "v", "Id": "` + vnetID + `"} ]`,
		},
		AzurePools: {`[{"count": 3, "id": "` + clusterID + `/agentPools/p"}]`},
		AzureYAML: {
			"addressSpace:\n  addressPrefixes:\n  - 10.0.0.0/16\nid: " + vnetID + "\n",
			"- id: " + clusterID + "\n",
		},
		AzureOther: {`{"id": "` + diskID + `"}`, "- id: " + diskID + "\n  name: d\n"},
		AzureQuery: {`{"count": 1, "data": [{"name": "v"}], "total_records": 1}`},
		AzureError: {
			`{"error": {"code": "AuthorizationFailed", "message": "no"}}`,
			"ERROR: (InsufficientSubnetSize) Pre-allocated IPs 93 exceeds 58\nCode: InsufficientSubnetSize\n",
			"(SubnetIsFull) Subnet s is full.\nCode: SubnetIsFull\nMessage: Subnet s is full.\n",
		},
		"what-if": {`{"changes": [{"changeType": "Create"}], "status": "Succeeded"}`},
		"arm-template": {
			`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}`,
			"// made by hand\n/* and\nlong */ {\"contentVersion\": \"1.0.0.0\", \"resources\": {}}",
		},
		"arm-parameters": {
			`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}`,
		},
		"bicep": {
			"targetScope = 'subscription'\n", "// net\nparam location string = 'x'\n", "main.bicep|// only a comment\n",
			"resource v 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'v'\n}\n",
			"@description('x: y')\nparam a string\n", "module net './net.bicep' = {\n  name: 'net'\n}\n",
		},
		"bicep-parameters": {"using './main.bicep'\nparam a = 'b'\n", "using none\n"},
		"terraform": {
			"resource \"azurerm_virtual_network\" \"v\" {\n  name = \"v\"\n}\n", "terraform {\n}\n",
			"# x\nlocals {\n  a = 1\n}\n",
			"main.tf.json|{\"resource\": {}}", `{"resource": {}, "variable": {}}`, "versions.tf|# nothing yet\n",
		},
		"terraform-variables": {
			"location = \"westeurope\"\nprefixes = [\"10.0.0.0/16\"]\n", "prod.tfvars|# none\n", "x.tfvars.json|{\"a\": 1}",
		},
		"terraform-plan": {`{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}`},
		"terraform-state": {
			`{"version": 4, "terraform_version": "1.9.0", "serial": 1}`,
			`{"format_version": "1.0", "values": {}}`,
		},
		"terraform-plan-file": {zipHead + "tfplan....tfstate"},
		"terraform-output":    {"\nTerraform will perform the following actions:\n\n  # azurerm_subnet.s\n"},
		"cluster-api": {
			"apiVersion: infrastructure.cluster.x-k8s.io/v1beta1\nkind: AzureManagedControlPlane\n",
		},
		"aso":        {"apiVersion: network.azure.com/v1api20201101\nkind: VirtualNetwork\n"},
		"crossplane": {"apiVersion: network.azure.upbound.io/v1beta1\nkind: Subnet\n"},
		"kustomization": {
			"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
			"kustomization.yaml|resources:\n- a.yaml\n",
		},
		"kubeconfig": {"apiVersion: v1\nclusters:\n- cluster: {}\ncontexts: []\nkind: Config\n"},
		"helm-chart": {"apiVersion: v2\nname: shop\nversion: 1.0.0\n"},
		"helm-template": {
			"{{- if .Values.on }}\nspec:\n{{ end }}\n",
			"spec:\n  {{- toYaml .Values.x | nindent 2 }}\n",
		},
		"helm-values": {"replicaCount: 1\nimage:\n  tag: x\n", "values-prod.yaml|ingress: {}\n"},
		"manifest": {
			"# x\n---\napiVersion: apps/v1\nkind: Deployment\n",
			`{"kind": "List", "apiVersion": "v1", "items": []}`,
		},
		"compose": {
			"services:\n  web:\n    image: x\n",
			"version: '3'\nservices: {}\n",
			"docker-compose.yml|services: {}\n",
		},
		"github-workflow": {"name: x\non: [push]\njobs: {}\n"},
		"pipeline":        {"trigger: none\npool: x\n", "stages:\n- test\n"},
		"playbook":        {"- hosts: all\n  tasks: []\n", "- name: x\n  hosts: all\n  roles: []\n- hosts: b\n"},
		"json-schema":     {`{"$schema": "https://json-schema.org/draft/2020-12/schema"}`},
		"sarif":           {`{"version": "2.1.0", "runs": []}`},
		"openapi":         {"openapi: 3.0.0\ninfo: {}\n"},
		"cloudformation":  {"AWSTemplateFormatVersion: 2010-09-09\n"},
		"npm":             {`{"name": "x", "scripts": {"a": "b"}}`},
		"notebook":        {`{"cells": [], "nbformat": 4}`},
		"html":            {"<!DOCTYPE html>\n<html></html>", "<!-- x -->\n<html>"},
		"xml":             {"<?xml version=\"1.0\"?>\n<a/>", "<mxfile host=\"x\">"},
		Coloured:          {"\x1b[1m{\x1b[0m\n"},
		AfterWarnings:     {"WARNING: The behavior of this command has been altered.\n[\n  {}\n]\n"},
		"shell": {
			"#!/usr/bin/env bash\n",
			"az aks create -g rg -n c\n",
			"# x\nID=$(az network vnet show -n v)\n",
			"x.sh|echo\n",
		},
		"script":      {"#!/usr/bin/env python3\nprint(1)\n"},
		"powershell":  {"$rg = 'x'\nNew-AzVirtualNetwork -Name v\n", "x.ps1|Write-Host 1\n"},
		"dockerfile":  {"FROM golang:1.26 AS build\nRUN go build\n"},
		"diff":        {"diff --git a/x b/x\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n"},
		"markdown":    {"README.md|# x\n", "# Network\n\nUse this:\n\n```yaml\nclusters: []\n```\n"},
		"toml":        {"[tool.x]\na = 1\n", "x.ini|[a]\nb=c\n"},
		"environment": {"export AZURE_TENANT_ID=x\nNAME=y\n"},
		"csv":         {"name,prefix,region\nv,10.0.0.0/16,weu\n", "x.csv|name;prefix\nv;10.0.0.0/16\n"},
		"pdf":         {"%PDF-1.7\n%\xe2\xe3"},
		"xlsx":        {zipHead + "[Content_Types].xml" + "xl/workbook.xml"},
		"docx":        {zipHead + "[Content_Types].xml" + "word/document.xml"},
		"zip":         {zipHead + "readme.txt"},
		"archive":     {"\x1f\x8b\x08\x00"},
		"tar":         {strings.Repeat("\x00", 257) + "ustar\x0000"},
		"ole":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
		"image":       {"\x89PNG\r\n\x1a\n"},
		"program":     {"\x7fELF\x02\x01"},
		"sqlite":      {"SQLite format 3\x00"},
		Unknown: {
			"hello", "a: 1\nb: 2\n", "[1, 2]", `{"a": 1}`, "\x00\x01\x02", "name: shop\ncount: 3\n", "- a\n- b\n",
			"x.yaml|title: x\n", "clusters\n",
		},
	}
}

func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func TestOf(t *testing.T) {
	for want, files := range examples() {
		for _, file := range files {
			name, text := "file", file
			if before, after, ok := strings.Cut(file, "|"); ok && !strings.ContainsAny(before, " \n{\"") {
				name, text = before, after
			}
			if got := Of(name, []byte(text)); got != want {
				t.Errorf("%q: %q, want %q", file, got, want)
			}
		}
	}
}

// TestEveryKindHasAnExample keeps kinds without an example out of the tables, and one title for each kind in them.
func TestEveryKindHasAnExample(t *testing.T) {
	titles := map[Kind]string{}
	for _, e := range slices.Concat(tables()...) {
		if len(examples()[e.kind]) == 0 {
			t.Errorf("%q has no example", e.kind)
		}
		if before := titles[e.kind]; before != "" && before != e.title {
			t.Errorf("%q has the titles %q and %q", e.kind, before, e.title)
		}
		titles[e.kind] = e.title
		if strings.ContainsAny(e.title, ";.") || strings.HasSuffix(e.advice, ".") || e.title == "" {
			t.Errorf("%q: title %q, advice %q", e.kind, e.title, e.advice)
		}
	}
	for kind := range examples() {
		if kind != Unknown && titles[kind] == "" {
			t.Errorf("%q is in no table", kind)
		}
	}
}

// TestSpecWithAnythingInIt has a spec that quotes the words of other files: its first keys decide.
func TestSpecWithAnythingInIt(t *testing.T) {
	for _, files := range examples() {
		for _, file := range files {
			if strings.ContainsAny(file, "\x00\x1b") || !utf8.ValidString(file) {
				continue
			}
			text := "apiVersion: aksnet/v1\nclusters:\n  - name: x\n    tags:\n      note: |\n"
			for line := range strings.Lines(file) {
				text += "        " + strings.TrimRight(line, "\n") + "\n"
			}
			if got := Of("values.yaml", []byte(text)); got != Spec {
				t.Errorf("%q in a spec is %q", file, got)
			}
		}
	}
}

// FuzzOf looks for texts that panic, and for kinds that depend on more than the beginning and the end.
func FuzzOf(f *testing.F) {
	for _, files := range examples() {
		for _, file := range files {
			f.Add("x.yaml", []byte(file))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		kind := Of(name, data)
		if kind.Title() == "" || kind.Advice() == "" {
			t.Errorf("%q has no words", kind)
		}
		if kind != Of(name, data) {
			t.Error("two answers")
		}
	})
}
