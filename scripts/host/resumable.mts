import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface ResumableStep {
	/** File-name part of its stamp: `.done-<name>`. */
	name: string;
	work: () => Promise<void>;
}

/**
 * Runs the steps of an installation in order, leaving a stamp in `folder` after each, so that a run
 * that was interrupted continues with the step it was in. `recipe` is what the steps depend on
 * (versions, platform): stamps made from another recipe don't count. Once a step has been done
 * again, every later one is done again too. Returns how many steps were run.
 */
export async function runResumable(
	folder: string,
	recipe: string,
	steps: ResumableStep[],
): Promise<number> {
	await mkdir(folder, { recursive: true });
	let ran = 0;
	for (const { name, work } of steps) {
		const stamp = path.join(folder, `.done-${name}`);
		if (ran === 0 && (await isStamped(stamp, recipe))) continue;
		await rm(stamp, { force: true });
		await work();
		await writeFile(`${stamp}.new`, recipe);
		await rename(`${stamp}.new`, stamp);
		ran++;
	}
	return ran;
}

async function isStamped(stamp: string, recipe: string): Promise<boolean> {
	try {
		return (await readFile(stamp, 'utf8')) === recipe;
	} catch {
		return false;
	}
}
