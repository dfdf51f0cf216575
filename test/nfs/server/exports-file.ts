/** A client of an export, and what it may do. */
export interface ExportClient {
  readonly client: string;

  /** Options by name; `true` where one has no value. */
  readonly options: Readonly<Record<string, string | true>>;
}

/** One entry of an exports file. */
export interface ExportEntry {
  readonly path: string;
  readonly clients: readonly ExportClient[];
}

/**
 * Reads a text by the grammar of exports(5): an entry to a line, a path and its clients, each with
 * options in brackets that follow it without a space; `-options` are those of the clients behind
 * them; `#` begins a comment, `\` at a line's end goes on with the next; what is in double quotes
 * holds spaces, `\ooo` is a byte.
 *
 * @throws Error where the text is no such file
 */
export function readExportsFile(text: string): ExportEntry[] {
  return text
    .replace(/\\\n[ \t]*/g, ' ')
    .split('\n')
    .map(wordsOf)
    .filter((words) => words.length > 0)
    .map(([path = '', ...words]) => ({ path, clients: clientsOf(path, words) }));
}

function wordsOf(line: string): string[] {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '' && !rest.startsWith('#')) {
    const [word = ''] = /^(?:"[^"]*"|[^\s"])+/.exec(rest) ?? [];
    if (word === '') {
      throw new Error(`a quote is not closed: ${line}`);
    }
    words.push(bytesOf(word.replaceAll('"', '')));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

function bytesOf(word: string): string {
  const bytes = Buffer.from(word, 'utf8')
    .toString('latin1')
    .replace(/\\([0-3][0-7]{2})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function clientsOf(path: string, words: readonly string[]): ExportClient[] {
  if (!path.startsWith('/')) {
    throw new Error(`no path: ${path}`);
  }
  let defaults = {};
  const clients: ExportClient[] = [];
  for (const word of words) {
    if (word.startsWith('-')) {
      defaults = { ...defaults, ...optionsOf(word.slice(1)) };
      continue;
    }
    const [, client = '', , options = ''] = /^([^()]*)(\(([^()]*)\))?$/.exec(word) ?? [];
    if (client === '') {
      throw new Error(`a client without a name is every machine: ${word}`);
    }
    clients.push({ client, options: { ...defaults, ...optionsOf(options) } });
  }
  // A line without clients exports to every machine.
  return clients.length === 0 ? [{ client: '*', options: defaults }] : clients;
}

/** Options without a value that exports(5) knows, and those with one. */
const FLAGS =
  /^(rw|ro|sync|async|(no_)?wdelay|(no)?hide|(no)?crossmnt|(in)?secure|(no_)?(root|all)_squash|(no_)?subtree_check|(in)?secure_locks|(no_)?auth_nlm|(no_)?acl|(no_)?pnfs|mp|mountpoint)$/;
const VALUES =
  /^(anonuid=\d+|anongid=\d+|fsid=(root|\d+|[0-9a-f-]{36})|(mp|mountpoint)=\/.*|sec=[a-z0-9:]+)$/;

function optionsOf(text: string): Record<string, string | true> {
  const options = text.split(',').filter(Boolean);
  for (const option of options) {
    if (!FLAGS.test(option) && !VALUES.test(option)) {
      throw new Error(`unknown keyword "${option}"`);
    }
  }
  return Object.fromEntries(
    options.map((option) => {
      const equals = option.indexOf('=');
      return equals < 0 ? [option, true] : [option.slice(0, equals), option.slice(equals + 1)];
    }),
  );
}
