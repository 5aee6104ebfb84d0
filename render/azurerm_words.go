package render

// serviceEndpoints lists the service endpoints that azurerm enables, in its spelling. It rejects others, and these in
// another spelling, before it asks Azure.
// https://github.com/hashicorp/terraform-provider-azurerm/blob/main/website/docs/r/subnet.html.markdown
// at version 5.2.0 (read 2026-11-29)
func serviceEndpoints() []string {
	return []string{
		"Microsoft.AzureActiveDirectory", "Microsoft.AzureCosmosDB", "Microsoft.CognitiveServices",
		"Microsoft.ContainerRegistry", "Microsoft.EventHub", "Microsoft.KeyVault", "Microsoft.ServiceBus",
		"Microsoft.Sql", "Microsoft.Storage", "Microsoft.Storage.Global", "Microsoft.Web",
	}
}

// delegationServices lists the services that azurerm delegates a subnet to, as serviceEndpoints does.
func delegationServices() []string {
	return []string{
		"GitHub.Network/networkSettings", "Informatica.DataManagement/organizations",
		"Microsoft.ApiManagement/service", "Microsoft.Apollo/npu", "Microsoft.App/environments",
		"Microsoft.App/testClients", "Microsoft.AVS/PrivateClouds", "Microsoft.AzureCosmosDB/clusters",
		"Microsoft.BareMetal/AzureHostedService", "Microsoft.BareMetal/AzureHPC",
		"Microsoft.BareMetal/AzurePaymentHSM", "Microsoft.BareMetal/AzureVMware", "Microsoft.BareMetal/CrayServers",
		"Microsoft.BareMetal/MonitoringServers", "Microsoft.Batch/batchAccounts", "Microsoft.CloudTest/hostedpools",
		"Microsoft.CloudTest/images", "Microsoft.CloudTest/pools", "Microsoft.Codespaces/plans",
		"Microsoft.ContainerInstance/containerGroups", "Microsoft.ContainerService/managedClusters",
		"Microsoft.ContainerService/TestClients", "Microsoft.Databricks/workspaces",
		"Microsoft.DBforMySQL/flexibleServers", "Microsoft.DBforMySQL/servers", "Microsoft.DBforMySQL/serversv2",
		"Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforPostgreSQL/serversv2",
		"Microsoft.DBforPostgreSQL/singleServers", "Microsoft.DelegatedNetwork/controller",
		"Microsoft.DevCenter/networkConnection", "Microsoft.DevOpsInfrastructure/pools",
		"Microsoft.DocumentDB/cassandraClusters", "Microsoft.Fidalgo/networkSettings",
		"Microsoft.HardwareSecurityModules/dedicatedHSMs", "Microsoft.Kusto/clusters",
		"Microsoft.LabServices/labplans", "Microsoft.Logic/integrationServiceEnvironments",
		"Microsoft.MachineLearningServices/workspaces", "Microsoft.MessagingConnectors/connectors",
		"Microsoft.Netapp/volumes", "Microsoft.Network/applicationGateways", "Microsoft.Network/dnsResolvers",
		"Microsoft.Network/fpgaNetworkInterfaces", "Microsoft.Network/managedResolvers",
		"Microsoft.Network/networkWatchers.", "Microsoft.Network/virtualNetworkGateways",
		"Microsoft.Orbital/orbitalGateways", "Microsoft.PowerAutomate/hostedRpa",
		"Microsoft.PowerPlatform/enterprisePolicies", "Microsoft.PowerPlatform/vnetaccesslinks",
		"Microsoft.ServiceFabricMesh/networks", "Microsoft.ServiceNetworking/trafficControllers",
		"Microsoft.Singularity/accounts/networks", "Microsoft.Singularity/accounts/npu",
		"Microsoft.Sql/managedInstances", "Microsoft.Sql/managedInstancesOnebox",
		"Microsoft.Sql/managedInstancesStage", "Microsoft.Sql/managedInstancesTest", "Microsoft.Sql/servers",
		"Microsoft.StoragePool/diskPools", "Microsoft.StreamAnalytics/streamingJobs", "Microsoft.Synapse/workspaces",
		"Microsoft.Web/hostingEnvironments", "Microsoft.Web/serverFarms", "NGINX.NGINXPLUS/nginxDeployments",
		"Oracle.Database/networkAttachments", "PaloAltoNetworks.Cloudngfw/firewalls",
		"PureStorage.Block/storagePools", "Qumulo.Storage/fileSystems",
	}
}
