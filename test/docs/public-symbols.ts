import { join, relative, sep } from 'node:path';
import ts from 'typescript';

/** Something that a user sees of the package: an exported name, or a part of one. */
export interface PublicSymbol {
  /** File and name, such as `src/nfs/nfs-volume.ts: NfsVolumeProps.server`. */
  readonly name: string;

  /** What the checker knows of it. */
  readonly symbol: ts.Symbol;

  /** Where it is declared; the signatures of a function or method one by one. */
  readonly declaration: ts.Declaration;
}

/** A program over some files, with the options of the project. */
export function programOf(root: string, files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram([...files], { ...options, noEmit: true });
}

/** All that an index exports, with the members that have a doc of their own. */
export function publicSymbols(program: ts.Program, root: string, index: string): PublicSymbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  const found: PublicSymbol[] = [];
  const visited = new Set<ts.Declaration>();

  function add(name: string, symbol: ts.Symbol): void {
    for (const declaration of signaturesFirst(symbol.declarations ?? [])) {
      if (!isOurs(declaration) || isHidden(declaration) || visited.has(declaration)) continue;
      visited.add(declaration);
      const file = relative(root, declaration.getSourceFile().fileName).split(sep).join('/');
      found.push({ name: `${file}: ${name}`, symbol, declaration });
      addParts(name, declaration);
    }
  }

  function addParts(name: string, declaration: ts.Declaration): void {
    if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)) {
      addMembers(name, declaration.members);
      for (const base of declaration.heritageClauses?.flatMap(({ types }) => types) ?? []) {
        const { symbol } = checker.getTypeAtLocation(base);
        add(symbol.name, symbol);
      }
    } else if (ts.isTypeAliasDeclaration(declaration) || ts.isPropertySignature(declaration)) {
      if (declaration.type) addLiterals(name, declaration.type);
    }
  }

  function addMembers(name: string, members: ts.NodeArray<ts.ClassElement | ts.TypeElement>): void {
    for (const member of members) {
      const symbol = ts.isConstructorDeclaration(member)
        ? checker.getTypeAtLocation(member.parent).symbol.members?.get(CONSTRUCTOR)
        : member.name && checker.getSymbolAtLocation(member.name);
      if (symbol) {
        add(`${name}.${ts.isConstructorDeclaration(member) ? 'constructor' : symbol.name}`, symbol);
      }
    }
  }

  // Objects that a type describes in place have props too, in a union or a list as well.
  function addLiterals(name: string, node: ts.Node): void {
    if (ts.isTypeLiteralNode(node)) addMembers(name, node.members);
    // What a type is asked to be is nothing that anybody gives.
    else if (ts.isConditionalTypeNode(node)) {
      addLiterals(name, node.trueType);
      addLiterals(name, node.falseType);
    } else ts.forEachChild(node, (child) => addLiterals(name, child));
  }

  for (const exported of module ? checker.getExportsOfModule(module) : []) {
    const symbol =
      exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    add(exported.name, symbol);
  }
  return found;
}

/** The doc of one declaration, or the one that it takes over from a base or an interface. */
export function docOf(checker: ts.TypeChecker, { symbol, declaration }: PublicSymbol): Doc {
  const own = checker.getSignatureFromDeclaration as (
    node: ts.Declaration,
  ) => ts.Signature | undefined;
  const signature = ts.isFunctionLike(declaration) ? own(declaration) : undefined;
  const from = signature ?? symbol;
  return {
    text: ts.displayPartsToString(from.getDocumentationComment(checker)).trim(),
    tags: (signature?.getJsDocTags() ?? symbol.getJsDocTags(checker)).map(({ name, text }) => ({
      name,
      text: ts.displayPartsToString(text).trim(),
    })),
  };
}

/** A doc comment, read. */
export interface Doc {
  /** What stands before the tags. */
  readonly text: string;

  /** Its tags, such as `default`, without the sign. */
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

const CONSTRUCTOR = ts.InternalSymbolName.Constructor;

// The implementation behind overloads is nothing that a user sees.
function signaturesFirst(declarations: readonly ts.Declaration[]): readonly ts.Declaration[] {
  const overloaded = declarations.filter(ts.isFunctionLike).length > 1;
  return declarations.filter(
    (declaration) => !overloaded || !('body' in declaration) || declaration.body === undefined,
  );
}

function isOurs(declaration: ts.Declaration): boolean {
  const { fileName } = declaration.getSourceFile();
  return !fileName.includes('/node_modules/');
}

function isHidden(declaration: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Private;
  return (
    (ts.getCombinedModifierFlags(declaration) & hidden) !== 0 ||
    ts.getNameOfDeclaration(declaration)?.kind === ts.SyntaxKind.PrivateIdentifier ||
    ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal')
  );
}
