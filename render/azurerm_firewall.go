package render

func azurermFirewallPolicy(f *azurermFields) {
	f.argument("sku", "properties.sku.tier")
	dns := &azurermFields{node: f.node, out: f.out}
	dns.set("proxy_enabled", f.take("properties.dnsSettings.enableProxy"))
	dns.set("servers", f.take("properties.dnsSettings.servers"))
	if len(dns.attributes) > 0 {
		f.blocks = append(f.blocks, hclBlock{head: "dns", attributes: dns.attributes})
	}
}

// azurermFirewallRules moves every collection into a block of the kind of its rules.
func azurermFirewallRules(f *azurermFields) {
	f.argument("priority", "properties.priority")
	collections, _ := f.take("properties.ruleCollections").([]any)
	for _, item := range collections {
		body, _ := item.(object)
		rules, _ := body.get("rules").([]any)
		if len(rules) == 0 {
			f.refuse("azurerm has no rule collections without rules.")
			continue
		}
		first, _ := rules[0].(object)
		switch first.get("ruleType") {
		case "NetworkRule":
			f.collection("network_rule_collection", body, azurermNetworkRule)
		case "ApplicationRule":
			f.collection("application_rule_collection", body, azurermApplicationRule)
		default:
			f.refuse("azurerm has no argument for rules of type %v.", first.get("ruleType"))
		}
	}
}

func (f *azurermFields) collection(block string, body object, rule func(*azurermFields)) {
	f.nested("properties.ruleCollections", block, body, func(f *azurermFields) {
		f.argument("name", "name")
		f.argument("priority", "priority")
		f.argument("action", "action.type")
		f.take("ruleCollectionType")
		kind := f.body.get("rules").([]any)[0].(object).get("ruleType")
		f.each("rules", "rule", func(f *azurermFields) {
			if got := f.take("ruleType"); got != kind {
				f.refuse("azurerm has no rule collections with rules of types %v and %v.", kind, got)
			}
			rule(f)
		})
	})
}

func azurermNetworkRule(f *azurermFields) {
	f.argument("name", "name")
	f.argument("description", "description")
	f.argument("protocols", "ipProtocols")
	f.argument("source_addresses", "sourceAddresses")
	f.argument("destination_addresses", "destinationAddresses")
	f.argument("destination_fqdns", "destinationFqdns")
	f.argument("destination_ports", "destinationPorts")
}

func azurermApplicationRule(f *azurermFields) {
	f.argument("name", "name")
	f.argument("description", "description")
	f.argument("source_addresses", "sourceAddresses")
	f.argument("destination_fqdns", "targetFqdns")
	f.argument("destination_fqdn_tags", "fqdnTags")
	f.each("protocols", "protocols", func(f *azurermFields) {
		f.argument("type", "protocolType")
		f.argument("port", "port")
	})
}
