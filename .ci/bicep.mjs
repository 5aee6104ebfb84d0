// Reads Bicep files with a grammar that is not ours and says where it finds faults.
// usage: node bicep.mjs FILE…     (tree-sitter-bicep 1.1.0 and web-tree-sitter 0.27.1 must be installed where node finds them)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter')).href);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));

function* faults(node) {
  if (node.type === 'ERROR' || node.isMissing) yield node;
  for (const child of node.children) yield* faults(child);
}

// The grammar must see a fault that is there, or its silence means nothing.
if (!parser.parse("resource x 'a@b' = {\n  name: 'open\n}\n").rootNode.hasError) throw new Error('the grammar finds nothing');

let count = 0;
for (const file of process.argv.slice(2)) {
  const root = parser.parse(readFileSync(file, 'utf8')).rootNode;
  if (!root.hasError) continue;
  for (const node of faults(root)) {
    count++;
    console.log(`${file}:${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${node.isMissing ? 'missing ' + node.type : 'cannot be read'}`);
  }
}
console.log(`${process.argv.length - 2} Bicep files read, ${count} faults`);
process.exit(count > 0 || process.argv.length < 3 ? 1 : 0);
