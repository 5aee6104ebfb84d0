# Debian's azure-cli 2.45 asks for a version of the network SDK that Debian's SDK package does not have; without it, no
# az network command starts. Where that version is missing, az uses the next one.
import importlib.abc
import importlib.machinery
import importlib.util
import sys

PROFILES = "azure.cli.core.profiles._shared"
WANTED, NEXT = "2022-01-01", "2022-07-01"


def has(version):
    return importlib.util.find_spec("azure.mgmt.network.v" + version.replace("-", "_")) is not None


class Profiles(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name != PROFILES:
            return None
        self.real = importlib.machinery.PathFinder.find_spec(name, path)
        return importlib.util.spec_from_loader(name, self, origin=self.real.origin)

    def exec_module(self, module):
        self.real.loader.exec_module(module)
        latest = module.AZURE_API_PROFILES["latest"]
        network = module.ResourceType.MGMT_NETWORK
        if latest[network] == WANTED and not has(WANTED) and has(NEXT):
            latest[network] = NEXT


sys.meta_path.insert(0, Profiles())
