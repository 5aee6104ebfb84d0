package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/spec"
)

var unsafeText = &Rule{
	ID: "NAME021", Title: "text that changes the meaning of an id, a URL or a script", Severity: Error, Since: "v0.1.0",
	Explanation: "Names become segments of resource ids and URLs, and words of scripts. A slash, a backslash, a " +
		"question mark, a number sign or a percent sign would make another id or URL of them, and so would a name that " +
		"is one or two dots. The Azure CLI takes a name that begins with a hyphen for an option and one that begins " +
		"with an at sign, also after an equals sign, for a file; in URLs it replaces words in braces. A quotation mark " +
		"would end a string in the JSON of a script. " +
		"Characters that cannot be seen make a name look like another one. The rule checks every text of the spec " +
		"that is not a description, also those that another rule checks. In a resource id it checks every segment. " +
		"Tags may contain anything but what a shell cannot pass on, and hidden characters in their names.",
	Fix: "use a name without these characters", Source: aks.PageResourceNames,
	Unwaivable: "the id or script would mean something else",
	Check:      checkUnsafeText,
}

// freeTexts are the settings whose texts are never part of an id, a URL or a script: descriptions, and values of bodies
// that contain slashes.
func freeTexts() []string {
	return []string{
		"apiVersion", "addressSpace.reserved[].name", "waivers[].rule", "waivers[].path", "waivers[].reason",
		"waivers[].until", "networkSecurityGroups[].rules[].description", "networkSecurityGroups[].rules[].sources",
		"networkSecurityGroups[].rules[].destinations", "networkSecurityGroups[].rules[].sourcePorts",
		"networkSecurityGroups[].rules[].destinationPorts", "vnets[].subnets[].delegation",
		"vnets[].subnets[].serviceEndpoints",
	}
}

// resourceIDs are the settings that take the id of a resource, most of them instead of a name.
func resourceIDs() []string {
	return []string{
		"addressSpace.ipamPool", "vnets[].ipamPool",
		"vnets[].peerings[].vnet", "vnets[].virtualHub.id", "vnets[].ddosProtectionPlan", "vnets[].subnets[].routeTable",
		"vnets[].subnets[].networkSecurityGroup", "vnets[].subnets[].natGateway",
		"clusters[].loadBalancerProfile.outboundIPs", "clusters[].loadBalancerProfile.outboundIPPrefixes",
		"clusters[].natGatewayProfile.outboundIPs", "clusters[].natGatewayProfile.outboundIPPrefixes",
		"clusters[].services.publicIPs", "clusters[].privateDNSZone", "clusters[].webAppRouting.dnsZoneResourceIds",
		"clusters[].bootstrapProfile.containerRegistryId", "clusters[].nodePools[].nodePublicIPPrefixID",
	}
}

func checkUnsafeText(p *Pass) {
	p.Spec.EachText(func(t spec.Text) {
		wrong := unsafeName(t.Value)
		if wrong == "" || slices.Contains(freeTexts(), t.Setting()) {
			return
		}
		switch setting := t.Setting(); {
		case strings.HasSuffix(setting, "tags"):
			wrong = unsafeTag(t)
		case slices.Contains(resourceIDs(), setting) && strings.HasPrefix(t.Value, "/"):
			wrong = unsafeID(t.Value)
		}
		if wrong != "" {
			p.Report(Finding{Path: t.Path(), atKey: t.IsKey, backstop: true, Message: fmt.Sprintf("%q %s", t.Value, wrong)})
		}
	})
}

// unsafeName returns what would make something else of a name, or "".
func unsafeName(name string) string {
	switch {
	case name == "." || name == "..":
		return "is a step of a path and not a name"
	case strings.HasPrefix(name, "-"):
		return "begins with -, which makes an option of it"
	case strings.HasPrefix(name, "@"):
		return "begins with @, which makes the name of a file of it"
	case strings.Contains(name, "=@"):
		return "contains =@, which makes the name of a file of what follows"
	}
	if i := strings.IndexAny(name, `/\?#%{}"`); i >= 0 {
		return fmt.Sprintf("contains %q, which has a meaning in ids, URLs or JSON", name[i])
	}
	return hiddenIn(name)
}

// hiddenIn returns which hidden character a text contains, or "".
func hiddenIn(text string) string {
	if i := strings.IndexFunc(text, printable.Hidden); i >= 0 {
		return fmt.Sprintf("contains the hidden character %U", []rune(text[i:])[0])
	}
	return ""
}

// unsafeID returns what would make something else of a resource id, or "".
func unsafeID(id string) string {
	for _, segment := range strings.Split(id[1:], "/") {
		if segment == "" {
			return "has an empty segment"
		}
		if wrong := unsafeName(segment); wrong != "" {
			return fmt.Sprintf("has a segment %q that %s", segment, wrong)
		}
	}
	return ""
}

// unsafeTag returns what a script could not pass on, or would hide, in a tag.
func unsafeTag(t spec.Text) string {
	switch {
	case t.IsKey:
		return hiddenIn(t.Value)
	case strings.Contains(t.Value, "\x00"):
		return hiddenIn("\x00")
	}
	return ""
}
