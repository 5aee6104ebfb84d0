// Holds the resources of ARM templates against Azure's OpenAPI description, each as the PUT that a deployment makes of it.
// usage: node oav-templates.mjs FOLDER-OF-SPECIFICATION FILE…     (oav 4.0.3 must be installed where node finds it)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(process.cwd() + '/');
const { LiveValidator } = require('oav/dist/lib/liveValidation/liveValidator.js');
const validator = new LiveValidator({
  directory: dirname(folder),
  swaggerPathsPattern: ['specification/network/**/*.json'],
  useRelativeSourceLocationUrl: false,
  git: { shouldClone: false },
});
await validator.initialize();

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';

// resources walks a template and the deployments nested in it.
function* resources(template) {
  for (const r of template.resources) {
    if (r.type === 'Microsoft.Resources/deployments') yield* resources(r.properties.template);
    else yield r;
  }
}

// put is the address of a resource: its types and names, turn by turn.
function put(r) {
  const [provider, ...types] = r.type.split('/');
  const names = r.name.split('/');
  return `${group}/providers/${provider}/` + types.map((t, i) => `${t}/${encodeURIComponent(names[i])}`).join('/');
}

// literal puts an id where an expression stands, since expressions are resolved before they are sent.
const literal = (v, key) =>
  Array.isArray(v) ? v.map((x) => literal(x))
  : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, literal(x, k)]))
  : typeof v === 'string' && /^\[[^[]/.test(v) ? (key === 'id' ? `${group}/providers/Microsoft.Network/networkSecurityGroups/x` : 'westeurope')
  : v;

async function check(r) {
  const { type, apiVersion, name, dependsOn, comments, condition, scope, ...body } = r;
  const url = `https://management.azure.com${put(r)}?api-version=${apiVersion}`;
  const result = await validator.validateLiveRequest({ headers: { 'content-type': 'application/json' }, method: 'PUT', url, body: literal(body) });
  return [...(result.errors ?? []), ...(result.runtimeException ? [result.runtimeException] : [])];
}

// The descriptions at hand do not speak of these.
const outside = (type) => type.startsWith('Microsoft.Network/firewallPolicies');

let checked = 0, skipped = 0, faults = 0;
for (const file of files) {
  for (const r of resources(JSON.parse(readFileSync(file, 'utf8')))) {
    if (!r.type.startsWith('Microsoft.Network/') || outside(r.type)) { skipped++; continue; }
    checked++;
    for (const error of await check(r)) {
      faults++;
      console.log(`${file}: ${r.type} ${r.name}: ${error.code} ${error.message} at ${(error.pathsInPayload ?? []).join(', ')}`);
    }
  }
}
// The validator must see a fault that is there, or its silence means nothing.
const spoiled = { type: 'Microsoft.Network/routeTables', apiVersion: '2025-03-01', name: 'rt', location: 'x', properties: { routes: [{ name: 'r', properties: { addressPrefix: '0.0.0.0/0' } }] } };
if ((await check(spoiled)).length === 0) throw new Error('the validator finds nothing');
console.log(`${checked} resources of ${files.length} templates checked, ${skipped} outside the description, ${faults} faults`);
process.exit(faults > 0 || checked === 0 ? 1 : 0);
