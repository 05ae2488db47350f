import ts from 'typescript';

const collections = ['Map', 'Set', 'WeakMap', 'WeakSet'];

/** What `new` makes of these never changes. */
const constants = ['RegExp', 'Intl', 'Error'];

const changingMethods = [
	...['set', 'add', 'delete', 'clear', 'push', 'pop', 'shift', 'unshift', 'splice'],
	...['fill', 'sort', 'reverse', 'copyWithin', 'write'],
];

/**
 * Names of what a module remembers from one call to the next: variables, collections and buffers
 * that are written to, instances, and values that differ each time the module is loaded. Tables that
 * are filled where they are declared and never written to don't count.
 */
export function moduleStateIn(text: string): string[] {
	const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
	const changed = changedNames(source);
	return topLevelVariables(source)
		.filter(
			({ name, isConst, initializer }) =>
				!isConst || changed.has(name) || (initializer && makesState(initializer)),
		)
		.map(({ name }) => name);
}

interface Variable {
	name: string;
	isConst: boolean;
	initializer: ts.Expression | undefined;
}

/** Variables of the module itself, and the static ones of its classes. */
function topLevelVariables(source: ts.SourceFile): Variable[] {
	return source.statements.flatMap((statement): Variable[] => {
		if (ts.isVariableStatement(statement)) {
			const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
			return statement.declarationList.declarations.map(({ name, initializer }) => ({
				name: name.getText(),
				isConst,
				initializer,
			}));
		}
		if (!ts.isClassDeclaration(statement)) return [];
		return statement.members
			.filter(ts.isPropertyDeclaration)
			.filter((member) => hasModifier(member, ts.SyntaxKind.StaticKeyword))
			.map((member) => ({
				name: `${statement.name?.text}.${member.name.getText()}`,
				isConst: hasModifier(member, ts.SyntaxKind.ReadonlyKeyword),
				initializer: member.initializer,
			}));
	});
}

const hasModifier = (member: ts.PropertyDeclaration, kind: ts.SyntaxKind) =>
	member.modifiers?.some((modifier) => modifier.kind === kind) === true;

/** Whether a value is there to be written to, or is another one in each process. */
function makesState(expression: ts.Expression): boolean {
	if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) {
		return makesState(expression.expression);
	}
	if (ts.isArrayLiteralExpression(expression)) return expression.elements.length === 0;
	if (ts.isObjectLiteralExpression(expression)) return expression.properties.length === 0;
	if (ts.isNewExpression(expression)) {
		const [made] = expression.expression.getText().split('.');
		if (collections.includes(made!)) return !expression.arguments?.length;
		return !constants.includes(made!);
	}
	return /^(Buffer\.alloc|random[A-Z]\w*\(|Math\.random\(|Date\.now\(|new Date\()/.test(
		expression.getText(),
	);
}

/** Names that are written to anywhere in a file: assigned, counted up, or changed by a method. */
function changedNames(source: ts.SourceFile): Set<string> {
	const changed = new Set<string>();
	const note = (target: ts.Expression) => {
		let root = target;
		while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) {
			root = root.expression;
		}
		if (ts.isNonNullExpression(root)) note(root.expression);
		else if (ts.isIdentifier(root)) changed.add(root.text);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) note(node.left);
		if (ts.isPostfixUnaryExpression(node)) note(node.operand);
		if (ts.isPrefixUnaryExpression(node) && isCount(node.operator)) note(node.operand);
		if (ts.isDeleteExpression(node)) note(node.expression);
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			const { name, expression } = node.expression;
			if (changingMethods.includes(name.text) && ts.isIdentifier(expression)) note(expression);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return changed;
}

const isAssignment = (kind: ts.SyntaxKind) =>
	kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

const isCount = (operator: ts.SyntaxKind) =>
	operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
