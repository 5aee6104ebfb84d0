// Holds recorded traffic (see TestRecord in apply/) against Azure's OpenAPI description, request and response.
// usage: node oav.mjs FOLDER-OF-SPECIFICATION RECORD.json     (oav 4.0.3 must be installed where node finds it)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [folder, record] = process.argv.slice(2);
const require = createRequire(process.cwd() + '/');
const { LiveValidator } = require('oav/dist/lib/liveValidation/liveValidator.js');

const validator = new LiveValidator({
  directory: dirname(folder),
  swaggerPathsPattern: ['specification/network/**/*.json', 'specification/resources/**/*.json'],
  useRelativeSourceLocationUrl: false,
  git: { shouldClone: false },
});
await validator.initialize();

// These are no resources of the description: how far an operation is, and clusters, whose description is not at hand.
const outside = (url) => /\/operation(s|Results)\/op-/.test(url) || /Microsoft\.ContainerService/.test(url);

let checked = 0, skipped = 0, refused = 0;
const problems = new Map();
const note = (what) => problems.set(what, (problems.get(what) ?? 0) + 1);
for (const e of JSON.parse(readFileSync(record, 'utf8'))) {
  if (outside(e.url)) { skipped++; continue; }
  const url = 'https://management.azure.com' + e.url;
  const result = await validator.validateLiveRequestResponse({
    liveRequest: { headers: { 'content-type': 'application/json', ...e.requestHeader }, method: e.method, url, body: e.request },
    liveResponse: { statusCode: String(e.status), headers: { 'content-type': 'application/json', ...e.responseHeader }, body: e.response },
  });
  checked++;
  if (e.status >= 400) refused++;
  for (const [side, r] of [['request', result.requestValidationResult], ['response', result.responseValidationResult]]) {
    if (side === 'response' && e.status >= 400 && r.runtimeException === undefined && r.isSuccessful) continue;
    for (const error of r.errors ?? []) {
      note(`${e.method} ${e.url.replace(/^.*\/providers\//, '').replace(/\?.*/, '')} ${e.status} ${side}: ${error.code} ${error.message} at ${(error.pathsInPayload ?? []).join(', ')}`);
    }
    if (r.runtimeException) note(`${e.method} ${e.url} ${e.status} ${side}: ${r.runtimeException.code} ${r.runtimeException.message}`);
  }
}
for (const [what, times] of problems) console.log(`${times} × ${what}`);
console.log(`${checked} exchanges checked (${refused} of them refusals), ${skipped} outside the description, ${problems.size} problems`);
process.exit(problems.size > 0 || checked === 0 ? 1 : 0);
