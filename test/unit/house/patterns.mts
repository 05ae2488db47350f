import { join } from 'node:path';

import ts from 'typescript';

import { project } from './sources.mts';

/** A regular expression, as `check` of recheck takes it. */
export interface Pattern {
	readonly source: string;
	readonly flags: string;
}

/** Regular expressions in a text of TypeScript or JavaScript. */
export interface PatternsInText {
	readonly literals: readonly Pattern[];
	/** Expressions that name `RegExp` as a value: outside functions, and within. */
	readonly built: { readonly atLoad: number; readonly inFunctions: number };
}

export function patternsIn(text: string, name = 'text.ts'): PatternsInText {
	const literals: Pattern[] = [];
	const built = { atLoad: 0, inFunctions: 0 };
	const visit = (node: ts.Node, isInFunction: boolean): void => {
		if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
		if (ts.isRegularExpressionLiteral(node)) literals.push(patternOf(node.text));
		if (ts.isIdentifier(node) && node.text === 'RegExp') {
			built[isInFunction ? 'inFunctions' : 'atLoad']++;
		}
		const isInside = isInFunction || ts.isFunctionLike(node);
		ts.forEachChild(node, (child) => visit(child, isInside));
	};
	visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true), false);
	return { literals, built };
}

/** A pattern as it is written between slashes. */
export function patternOf(literal: string): Pattern {
	const end = literal.lastIndexOf('/');
	return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

/** The regular expressions that a file's own code builds while some work is done. */
export function builtIn(file: string, work: () => void): Pattern[] {
	const built: Pattern[] = [];
	const { RegExp: own } = globalThis;
	const path = join(project, file);
	globalThis.RegExp = new Proxy(own, {
		construct(target, given: [string, string?]) {
			const pattern = new target(...given);
			// The second line of the stack is this trap, the third its caller.
			if (new Error().stack?.split('\n')[2]?.includes(path)) {
				built.push({ source: pattern.source, flags: pattern.flags });
			}
			return pattern;
		},
	});
	try {
		work();
	} finally {
		globalThis.RegExp = own;
	}
	return built;
}
