package filekind

import (
	"slices"
	"strings"
)

// structured returns the kinds that the first keys of YAML and JSON tell apart, the narrow ones before the wide ones.
func structured() []entry {
	return slices.Concat(own(), azure(), terraformJSON(), kubernetes(), pipelines(), otherData())
}

// own returns the files of aksnet itself.
func own() []entry {
	return []entry{
		{
			"plan", "a plan of aksnet", "compare a spec with it: aksnet validate SPEC --against FILE",
			func(s *sample) bool {
				return s.keys["kind"] == "Plan" && strings.HasPrefix(s.keys["apiversion"], "aksnet/")
			},
		},
		{
			"findings", "a report of aksnet with findings", "pass the spec that it is about",
			func(s *sample) bool { return s.has("findings", "summary") && !s.has("apiversion") },
		},
		{Spec, "a spec", "", isSpec},
	}
}

// isSpec reports whether the file is a spec, or would be one without its mistakes. A page with a spec in it is not.
func isSpec(s *sample) bool {
	if !s.json && fence().MatchString(s.text) {
		return false
	}
	if v := s.keys["apiversion"]; v != "" {
		return strings.HasPrefix(strings.ToLower(v), "aksnet")
	}
	return s.count("clusters", "vnets", "addressspace") > 0 && s.count("kind", "$schema", "contexts", "id") == 0
}

// azure returns what az, Azure PowerShell and Azure Resource Manager print or take.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax,
// https://learn.microsoft.com/cli/azure/format-output-azure-cli (read 2026-11-29)
func azure() []entry {
	return []entry{
		{
			"arm-template", "an ARM template", adviceRender,
			func(s *sample) bool {
				return strings.Contains(s.keys["$schema"], "eploymentTemplate.json") ||
					s.has("contentversion", "resources")
			},
		},
		{
			"arm-parameters", "the parameters of an ARM template", adviceExport,
			func(s *sample) bool {
				return strings.Contains(s.keys["$schema"], "eploymentParameters.json") ||
					s.has("contentversion", "parameters")
			},
		},
		{
			AzureError, "an error of Azure", adviceError,
			func(s *sample) bool { return s.has("error.code") || s.has("code", "message") },
		},
		{
			"what-if", "the result of a what-if deployment", adviceExport,
			func(s *sample) bool {
				return s.has("changes", "status") || s.has("properties.changes") || s.has("changes[].changetype")
			},
		},
		{
			Azure, "JSON of a cluster or network from Azure", adviceImport,
			func(s *sample) bool { return s.json && importable(s.resourceID()) },
		},
		{
			AzurePools, "JSON of a node pool from Azure",
			"import the whole cluster: az aks show -o json | aksnet import azure -",
			func(s *sample) bool { return strings.Contains(s.resourceID(), "/agentpools/") },
		},
		{
			AzureYAML, "YAML from az", "print it with -o json for aksnet import azure",
			func(s *sample) bool { return !s.json && importable(s.resourceID()) },
		},
		{
			AzureOther, "a resource of Azure that holds no network", "aksnet import azure reads VNets, subnets, route " +
				"tables, security groups, NAT gateways and AKS clusters",
			func(s *sample) bool { return strings.HasPrefix(s.resourceID(), "/subscriptions/") },
		},
		{
			AzureQuery, "the result of a query in Azure",
			"query whole resources, with their ids, and aksnet import azure FILE writes a spec",
			func(s *sample) bool {
				return s.json && s.has("data") && s.count("total_records", "totalrecords", "skip_token") > 0
			},
		},
	}
}

// resourceID returns the id of the resource, or of the first one of a list, in lower case.
func (s *sample) resourceID() string {
	for _, path := range []string{"id", "[].id", "value[].id", "data[].id", "resourceid", "[].resourceid"} {
		if id := strings.ToLower(s.keys[path]); strings.HasPrefix(id, "/subscriptions/") {
			return id
		}
	}
	return ""
}

// importable reports whether aksnet import azure reads the resource of an id.
func importable(id string) bool {
	_, after, ok := strings.Cut(id, "/providers/")
	parts := strings.Split(after, "/")
	if !ok || len(parts) < 3 {
		return false
	}
	kind := parts[0] + "/" + parts[1]
	if len(parts) > 4 {
		return kind == "microsoft.network/virtualnetworks" && parts[3] == "subnets"
	}
	return slices.Contains([]string{
		"microsoft.network/virtualnetworks", "microsoft.network/routetables", "microsoft.network/networksecuritygroups",
		"microsoft.network/natgateways", "microsoft.containerservice/managedclusters",
	}, kind)
}

// terraformJSON returns what Terraform prints and keeps as JSON.
// https://developer.hashicorp.com/terraform/internals/json-format (read 2026-11-29)
func terraformJSON() []entry {
	return []entry{
		{
			"terraform-plan", "a Terraform plan", adviceExport,
			func(s *sample) bool {
				return s.has("format_version") && s.count("planned_values", "resource_changes", "configuration") > 0
			},
		},
		{
			"terraform-state", "a Terraform state", adviceExport,
			func(s *sample) bool {
				return s.has("format_version", "values") || s.has("terraform_version", "lineage") ||
					s.has("terraform_version", "serial")
			},
		},
		{
			"terraform", "Terraform configuration", adviceRender,
			func(s *sample) bool {
				return s.json &&
					(s.named(".tf.json") || s.has("resource") && s.count("terraform", "provider", "variable") > 0)
			},
		},
		{
			"terraform-variables", "a file of Terraform variables", adviceExport,
			func(s *sample) bool { return s.named(".tfvars.json") },
		},
	}
}

// kubernetes returns what kubectl, Helm and their kind read.
// https://kubernetes.io/docs/concepts/overview/working-with-objects, https://helm.sh/docs/topics/charts (read
// 2026-11-29)
func kubernetes() []entry {
	inGroup := func(groups ...string) func(*sample) bool {
		return func(s *sample) bool {
			group, _, _ := strings.Cut(s.keys["apiversion"], "/")
			return s.has("kind") &&
				slices.ContainsFunc(groups, func(g string) bool { return strings.HasSuffix(group, g) })
		}
	}
	return []entry{
		{"cluster-api", "a manifest of Cluster API", adviceExport, inGroup("cluster.x-k8s.io")},
		{"aso", "a manifest of Azure Service Operator", adviceExport, inGroup(".azure.com")},
		{"crossplane", "a manifest of Crossplane", adviceExport, inGroup("upbound.io", "crossplane.io")},
		{
			"kustomization", "a kustomization", adviceExport,
			func(s *sample) bool {
				return strings.HasPrefix(s.keys["apiversion"], "kustomize.config.k8s.io/") ||
					s.named("kustomization.yaml", "kustomization.yml") && s.has("resources")
			},
		},
		{
			"kubeconfig", "a kubeconfig", "az aks show -o json | aksnet import azure - writes a spec from a cluster",
			func(s *sample) bool {
				return s.keys["kind"] == "Config" && s.count("contexts", "users", "current-context") > 0
			},
		},
		{
			"helm-chart", "a Helm chart", adviceExport,
			func(s *sample) bool {
				return slices.Contains([]string{"v1", "v2"}, s.keys["apiversion"]) && s.has("name", "version") &&
					!s.has("kind")
			},
		},
		{
			"manifest", "a Kubernetes manifest", adviceExport,
			func(s *sample) bool {
				return s.has("kind") && s.keys["apiversion"] != "" &&
					!strings.HasPrefix(s.keys["apiversion"], "aksnet") ||
					s.has("[].kind", "[].apiversion")
			},
		},
		{
			"helm-template", "a Helm template", adviceExport,
			func(s *sample) bool {
				return !s.json && strings.Contains(s.text, "{{") && helmTemplate().MatchString(s.text)
			},
		},
		{
			"helm-values", "a values file of Helm", adviceExport,
			func(s *sample) bool {
				n := s.count(
					"replicacount",
					"image",
					"ingress",
					"serviceaccount",
					"nodeselector",
					"tolerations",
					"affinity",
					"podannotations",
					"podsecuritycontext",
					"fullnameoverride",
					"nameoverride",
					"imagepullsecrets",
					"autoscaling",
				)
				return n > 1 || n > 0 && strings.HasPrefix(s.name, "values")
			},
		},
		{
			"compose", "a Docker Compose file", adviceStart,
			func(s *sample) bool {
				return s.has("services") && (s.count("version", "volumes", "networks", "configs", "secrets") > 0 ||
					strings.Contains(s.name, "compose") || composeService().MatchString(s.text))
			},
		},
	}
}

// pipelines returns the files of CI systems and configuration management.
func pipelines() []entry {
	const advice = "docs/ci.md has pipelines that run aksnet; pass the spec"
	return []entry{
		{"github-workflow", "a GitHub Actions workflow", advice, func(s *sample) bool { return s.has("on", "jobs") }},
		{
			"pipeline", "a CI pipeline", advice,
			func(s *sample) bool {
				return s.count("trigger", "pool", "stages", "steps", "jobs", "variables", "pr", "before_script") > 1 ||
					s.has("stages") || s.has("steps")
			},
		},
		{
			"playbook", "an Ansible playbook", adviceStart,
			func(s *sample) bool { return s.has("[].hosts") && s.count("[].tasks", "[].roles") > 0 },
		},
	}
}

// otherData returns well-known files of JSON and YAML that hold no network.
func otherData() []entry {
	return []entry{
		{
			"json-schema", "a JSON Schema", "aksnet schema prints the schema of specs; pass the spec",
			func(s *sample) bool { return strings.Contains(s.keys["$schema"], "json-schema.org") },
		},
		{
			"sarif", "a SARIF log", "pass the spec that its results are about",
			func(s *sample) bool { return s.has("runs", "version") },
		},
		{
			"openapi", "an OpenAPI description", adviceStart,
			func(s *sample) bool { return s.has("info") && s.count("openapi", "swagger") > 0 },
		},
		{
			"cloudformation", "an AWS CloudFormation template", adviceStart,
			func(s *sample) bool { return s.has("awstemplateformatversion") },
		},
		{
			"npm", "a package description of npm", adviceStart,
			func(s *sample) bool {
				return s.json && s.has("name") && s.count("dependencies", "devdependencies", "scripts") > 0
			},
		},
		{
			"notebook", "a Jupyter notebook", adviceStart,
			func(s *sample) bool { return s.json && s.has("cells", "nbformat") },
		},
	}
}
