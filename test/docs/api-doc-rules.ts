import ts from 'typescript';
import { type Doc, docOf, type PublicSymbol } from './public-symbols';
import { Refusals } from './refusals';

/** What the docs of public symbols leave out, by file and name. */
export function problemsOf(program: ts.Program, symbols: readonly PublicSymbol[]): string[] {
  const checker = program.getTypeChecker();
  const refusals = new Refusals(program);
  const known = refusals.allCodes(program);
  return symbols.flatMap((symbol) => {
    const doc = docOf(checker, symbol);
    return [
      ...problemsOfText(symbol, doc),
      ...problemsOfSource(symbol, doc),
      ...problemsOfDefault(symbol, doc),
      ...problemsOfParameters(symbol, doc),
      ...problemsOfErrors(symbol, doc, { symbols, refusals, known }),
    ].map((problem) => `${symbol.name}: ${problem}`);
  });
}

/** What a number can count; a doc that names none of them leaves its unit open. */
const UNIT =
  /\b(seconds|bytes|inodes?|MiB\/s|IOPS|GiB|percent|UID|GID|GIDs|port|ports|line|pods|replicas|how (many|often)|times|partition|billionths|number by which)\b/i;

function problemsOfText({ declaration }: PublicSymbol, { text }: Doc): string[] {
  // Of a constructor the parameters and errors are what there is to say.
  if (ts.isConstructorDeclaration(declaration)) return [];
  if (text === '') return ['says nothing'];
  const number =
    ts.isPropertySignature(declaration) && /\bnumber\b/.test(declaration.type?.getText() ?? '');
  return number && !UNIT.test(text) ? ['is a number of what? its doc names no unit'] : [];
}

/** How a text names its source: a file, a manual's page, a standard, an issue, or in words. */
const SOURCE = /\bSource\b|\b[\w.-]+\(\d\)|\bRFC \d+|\b[\w-]+#\d+|\.(go|md|yaml|h|c)\b/;

// What a driver takes is somebody else's decision; what our own host is made with is ours.
const OWN_CHOICES = ['NFS_SERVER_VERSIONS', 'NFS_DISK_FORMATS'];

function problemsOfSource({ symbol, declaration }: PublicSymbol, { text }: Doc): string[] {
  const { fileName, text: file } = declaration.getSourceFile();
  if (!ts.isVariableDeclaration(declaration) || !fileName.endsWith('/limits.ts')) return [];
  const named = SOURCE.test(text) || /^\/\/ Source of what follows/m.test(file);
  return named || OWN_CHOICES.includes(symbol.name) ? [] : ['is a limit without a source'];
}

function problemsOfDefault({ declaration }: PublicSymbol, { tags }: Doc): string[] {
  if (!ts.isPropertySignature(declaration)) return [];
  const { questionToken, type } = declaration;
  // `never` says of a prop that it cannot be given.
  if (type?.kind === ts.SyntaxKind.NeverKeyword) return [];
  if (questionToken) {
    const said = tags.some(({ name, text }) => name === 'default' && text !== '');
    return said ? [] : ["may be left out and has no '@default'"];
  }
  // A doc that is taken over may have one: what narrows a prop may want it given.
  const own = ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'default');
  return own ? ["must be given and has a '@default'"] : [];
}

function problemsOfParameters({ declaration }: PublicSymbol, { tags }: Doc): string[] {
  if (!ts.isFunctionLike(declaration)) return [];
  const described = tags.flatMap(({ name, text }) =>
    name === 'param' ? [text.split(/\s/, 1)[0] ?? ''] : [],
  );
  // A parameter that is taken apart has no name of its own: its doc gives it one.
  const named = declaration.parameters.flatMap(({ name }) =>
    ts.isIdentifier(name) ? name.text : [],
  );
  const unnamed = declaration.parameters.filter(({ name }) => !ts.isIdentifier(name)).length;
  const parameters = named.filter((name) => name !== 'this');
  const others = described.filter((name) => !parameters.includes(name));
  return [
    ...parameters
      .filter((name) => !described.includes(name))
      .map((name) => `has no '@param ${name}'`),
    ...(others.length < unnamed ? ["has no '@param' for what it takes apart"] : []),
    ...others.slice(unnamed).map((name) => `has a '@param ${name}' and no such parameter`),
  ];
}

/** What the errors of a doc are held against. */
interface Thrown {
  readonly symbols: readonly PublicSymbol[];
  readonly refusals: Refusals;
  readonly known: ReadonlySet<string>;
}

function problemsOfErrors(
  { name, declaration }: PublicSymbol,
  { tags }: Doc,
  { symbols, refusals, known }: Thrown,
): string[] {
  if (!ts.isFunctionLike(declaration)) return [];
  const text = tags.flatMap((tag) => (tag.name === 'throws' ? tag.text : [])).join('; ');
  const named = [...text.matchAll(/`([A-Z]\w+)`/g)].map(([, code = '']) => code);
  const said = new Set([
    ...named,
    ...constructorsIn(text, symbols).flatMap((each) => [...refusals.codesOf(each)]),
    ...(UNREACHABLE[name.slice(name.indexOf(': ') + 2)]?.codes ?? []),
    ...ONLY_WHERE_NEEDED,
  ]);
  const missing = [...refusals.codesOf(declaration)].filter((code) => !said.has(code));
  return [
    ...(missing.length > 0
      ? [`throws ${missing.sort().join(', ')} and has no '@throws' that says so`]
      : []),
    ...named
      .filter((code) => !known.has(code))
      .map((code) => `'@throws' names ${code}, and nothing is refused with it`),
  ];
}

/** The constructors of the classes that a text names outside of quotes, as in "and as NfsVolume". */
function constructorsIn(text: string, symbols: readonly PublicSymbol[]): ts.Declaration[] {
  const words = new Set(text.replaceAll(/`[^`]*`/g, '').match(/\b[A-Z]\w+\b/g));
  return symbols.flatMap(({ declaration }) =>
    ts.isConstructorDeclaration(declaration) && words.has(declaration.parent.name?.text ?? '')
      ? [declaration]
      : [],
  );
}

/** Codes of props that have to be given: whether there is such a prop, the calls do not say. */
const ONLY_WHERE_NEEDED = ['PropMissing'];

/** Codes that the calls lead to and that cannot be thrown there, with the reason. */
export const UNREACHABLE: Readonly<
  Record<string, { readonly codes: readonly string[]; readonly why: string }>
> = {
  'CsiClaim.snapshot': {
    codes: ['ScopeInvalid', 'LabelsInvalid', 'NamespaceInvalid'],
    why: 'the claim is the scope, and its chart was checked when it was made',
  },
  'EbsStorageClass.checkClaim': {
    codes: ['EbsKmsKey'],
    why: 'one table has the codes of classes and of claims',
  },
  'EbsStorageClass.constructor': {
    codes: ['EbsAccessMode', 'EbsSize'],
    why: 'one table has the codes of classes and of claims',
  },
  'EbsVolume.pooled': {
    codes: ['EbsFormat'],
    why: 'volumes of a pool have volumeMode Filesystem',
  },
  'EbsVolume.snapshot': {
    codes: ['ScopeInvalid', 'LabelsInvalid', 'NamespaceInvalid'],
    why: 'the volume is the scope, and its chart was checked when it was made',
  },
  'LocalPathProvisioner.constructor': {
    codes: ['LocalPathNodePath', 'LocalPathPathPattern', 'NameTooLong', 'NamespaceInvalid'],
    why: 'its class has a name, and neither folder nor pattern',
  },
  'LocalPathProvisioner.storageClass': {
    codes: ['ScopeInvalid', 'LabelsInvalid'],
    why: 'the provisioner is the scope, and its chart was checked when it was made',
  },
  'LocalPathStorageChart.constructor': {
    codes: ['ClaimExclusive'],
    why: 'its writer is one pod',
  },
  'NfsStorageClass.constructor': {
    codes: ['NfsOnDelete', 'NfsParameter'],
    why: 'the types of the props let no other value and no other parameter through',
  },
  'NfsSubdirProvisioner.constructor': {
    codes: ['NameTooLong', 'RequestTooLarge', 'SelectorMisses', 'SizeInvalid'],
    why: 'its own volume has a name, a size and no selector',
  },
  'ShareCheck.constructor': {
    codes: ['ClaimExclusive'],
    why: 'a shared claim is no exclusive one',
  },
  'StorageValidation.validate': {
    codes: ['PropType', 'PropUnknown'],
    why: 'the constructor has checked the properties',
  },
};
