import ts from 'typescript';

/** The codes of the errors that code refuses its input with, as far as its calls can be followed. */
export class Refusals {
  readonly #checker: ts.TypeChecker;
  readonly #calls = new Map<ts.Node, Calls>();
  readonly #codeParameters = new Map<ts.Node, number | undefined>();

  constructor(program: ts.Program) {
    this.#checker = program.getTypeChecker();
  }

  /**
   * The codes of a function, method or constructor, those of whatever it calls included.
   *
   * What is called through an interface or an abstract method is not followed: which one it is, the
   * types do not say.
   */
  codesOf(declaration: ts.Declaration): ReadonlySet<string> {
    const codes = new Set<string>();
    const waiting = [this.#bodyOf(declaration)];
    const seen = new Set<ts.Node>();
    for (const node of waiting) {
      if (node === undefined || seen.has(node)) continue;
      seen.add(node);
      const calls = this.#callsIn(node);
      for (const code of calls.codes) codes.add(code);
      waiting.push(...calls.called);
    }
    return codes;
  }

  /** The codes of all errors in a program. */
  allCodes(program: ts.Program): ReadonlySet<string> {
    const sources = program.getSourceFiles().filter((file) => !isForeign(file));
    return new Set(sources.flatMap((file) => [...this.#callsIn(file).codes]));
  }

  #callsIn(node: ts.Node): Calls {
    let calls = this.#calls.get(node);
    if (calls === undefined) {
      const found: Calls = { codes: new Set(), called: [] };
      this.#visit(node, found);
      this.#calls.set(node, found);
      calls = found;
    }
    return calls;
  }

  #visit(node: ts.Node, found: Calls): void {
    if (ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const code = this.#codeOf(node);
      if (code !== undefined) {
        for (const text of this.#textsIn(code)) found.codes.add(text);
      }
      const callee = this.#checker.getResolvedSignature(node)?.declaration;
      if (callee !== undefined) found.called.push(this.#bodyOf(callee));
    } else if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      // Functions that are handed on, and getters, are called without parentheses.
      for (const declaration of this.#declarationsOf(node)) {
        if (!ts.isClassLike(declaration)) found.called.push(this.#bodyOf(declaration));
      }
    }
    if (ts.isConstructorDeclaration(node)) {
      for (const member of node.parent.members) {
        if (ts.isPropertyDeclaration(member)) this.#visit(member, found);
      }
    }
    ts.forEachChild(node, (child) => this.#visit(child, found));
  }

  /** Which parameter of a function is the code that it refuses with. */
  #codeParameter(declaration: ts.Declaration): number | undefined {
    const callee = this.#bodyOf(declaration);
    if (callee === undefined || !ts.isFunctionLike(callee)) return undefined;
    if (!this.#codeParameters.has(callee)) {
      // One that calls itself finds no more the second time.
      this.#codeParameters.set(callee, undefined);
      this.#codeParameters.set(callee, this.#findCodeParameter(callee));
    }
    return this.#codeParameters.get(callee);
  }

  #findCodeParameter(callee: ts.SignatureDeclaration): number | undefined {
    if (ts.isConstructorDeclaration(callee) && callee.parent.name?.text === 'StorageError') {
      return 0;
    }
    let found: number | undefined;
    const look = (node: ts.Node): void => {
      const code = this.#codeOf(node);
      if (code !== undefined && ts.isIdentifier(code)) {
        const declarations = this.#declarationsOf(code);
        const position = callee.parameters.findIndex((own) => declarations.includes(own));
        if (position >= 0) found = position;
      }
      ts.forEachChild(node, look);
    };
    look(callee);
    return found;
  }

  /** What a call hands on as the code of an error. */
  #codeOf(node: ts.Node): ts.Expression | undefined {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
    const callee = this.#checker.getResolvedSignature(node)?.declaration;
    const position = callee && this.#codeParameter(callee);
    return position === undefined ? undefined : node.arguments?.[position];
  }

  /** The texts that an expression can be: literals, and those of the constants that it reads. */
  #textsIn(expression: ts.Node): string[] {
    if (ts.isStringLiteral(expression)) return [expression.text];
    if (ts.isElementAccessExpression(expression)) return this.#textsIn(expression.expression);
    if (ts.isConditionalExpression(expression)) {
      return [expression.whenTrue, expression.whenFalse].flatMap((each) => this.#textsIn(each));
    }
    if (ts.isBinaryExpression(expression)) {
      return [expression.left, expression.right].flatMap((each) => this.#textsIn(each));
    }
    if (ts.isObjectLiteralExpression(expression)) {
      return expression.properties.flatMap((each) =>
        ts.isPropertyAssignment(each) ? this.#textsIn(each.initializer) : [],
      );
    }
    if (ts.isIdentifier(expression)) {
      return this.#declarationsOf(expression).flatMap((declaration) =>
        ts.isVariableDeclaration(declaration) && declaration.initializer
          ? this.#textsIn(declaration.initializer)
          : [],
      );
    }
    return [];
  }

  #declarationsOf(name: ts.Identifier | ts.PrivateIdentifier): readonly ts.Declaration[] {
    let symbol = this.#checker.getSymbolAtLocation(name);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) {
      symbol = this.#checker.getAliasedSymbol(symbol);
    }
    return symbol?.declarations ?? [];
  }

  /** What runs when something is called: of overloads the implementation, of a class its base's constructor. */
  #bodyOf(declaration: ts.Declaration): ts.Node | undefined {
    if (isForeign(declaration.getSourceFile())) return undefined;
    if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration)) {
      const { initializer } = declaration;
      return initializer && ts.isFunctionLike(initializer) ? initializer : undefined;
    }
    if (ts.isClassDeclaration(declaration)) return this.#constructorOf(declaration);
    if (!ts.isFunctionLike(declaration)) return undefined;
    if ('body' in declaration && declaration.body !== undefined) return declaration;
    const symbol = declaration.name && this.#checker.getSymbolAtLocation(declaration.name);
    return symbol?.declarations?.find((each) => 'body' in each && each.body !== undefined);
  }

  #constructorOf(declaration: ts.ClassLikeDeclaration): ts.Node | undefined {
    const own = declaration.members.find(ts.isConstructorDeclaration);
    if (own !== undefined) return own;
    const [base] =
      declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
        ?.types ?? [];
    const [above] = base ? this.#declarationsOf(base.expression as ts.Identifier) : [];
    return above && ts.isClassLike(above) ? this.#constructorOf(above) : undefined;
  }
}

function isForeign({ fileName }: ts.SourceFile): boolean {
  return fileName.includes('/node_modules/');
}

interface Calls {
  readonly codes: Set<string>;
  readonly called: (ts.Node | undefined)[];
}
