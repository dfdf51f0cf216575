// Makes lib/src/index.js load a module when one of its names is first read: an app that takes two
// constructs does not pay for all the others at its start.
//
// TypeScript writes one `require` per module, and getters that read from its result. Here the
// result is an object that requires the module when it is read from. The getters stay as they are,
// since Node finds by their form what an ES module can import.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

const index = new URL('../lib/src/index.js', import.meta.url);
const eager = readFileSync(index, 'utf8');
const lazy = eager.replace(/^(?:var|const) (\w+) = require\(("[^"]+")\);$/gm, (_, module, path) => {
  const names = [...eager.matchAll(new RegExp(`return ${module}\\.(\\w+);`, 'g'))];
  const getters = names.map(([, name]) => `get ${name}() { return require(${path}).${name}; }`);
  return `const ${module} = { ${getters.join(', ')} };`;
});
assert(lazy !== eager, 'index.js requires nothing: the compiler writes it in another form');
writeFileSync(index, lazy);
