import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const sourceFolder = new URL('../rakuten/', import.meta.url).href;

/**
 * Lets a benchmark import the TypeScript under `rakuten/` directly, without a build: adds the
 * extension that those files leave out, and compiles them as the build does except for the module
 * format.
 */
registerHooks({
	resolve(specifier, context, next) {
		const within = specifier.startsWith('.') && context.parentURL?.startsWith(sourceFolder);
		return next(within ? `${specifier}.ts` : specifier, context);
	},
	load(url, context, next) {
		if (!url.startsWith(sourceFolder) || !url.endsWith('.ts')) return next(url, context);
		const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
			compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
		});
		return { format: 'module', source: outputText, shortCircuit: true };
	},
});

/** Imports a module by its path under `rakuten/`, for instance `csv/CsvScanner`. */
export async function importSource<Module>(path: string): Promise<Module> {
	return (await import(`${sourceFolder}${path}.ts`)) as Module;
}
