/** Written to stderr, so that a program's own result on stdout stays clean (`--json`). */
const out = process.stderr;
const TELL_EVERY_MS = 5_000;
const REDRAW_EVERY_MS = 1_000;

/** `4.2 s`, `1 min 05 s`. */
export function elapsed(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** One line to the person waiting. */
export function say(line: string): void {
	out.write(`${line}\n`);
}

/**
 * Runs one step of a long job and shows that it is alive: the title at once, the time passed (and
 * `detail()`, if given) every few seconds, and the total at the end. On a terminal the line is
 * redrawn in place; elsewhere (CI logs) a new line is written every five seconds.
 */
export async function step<T>(
	title: string,
	work: () => Promise<T>,
	detail: () => string = () => '',
): Promise<T> {
	const started = Date.now();
	const state = () => [elapsed(Date.now() - started), detail()].filter(Boolean).join(', ');
	const line = (text: string) => {
		if (out.isTTY) out.write(`\r\x1b[2K${text.slice(0, (out.columns ?? 80) - 1)}`);
		else out.write(`${text}\n`);
	};
	line(`  ${title} …`);
	const timer = setInterval(
		() => line(`  ${title} … ${state()}`),
		out.isTTY ? REDRAW_EVERY_MS : TELL_EVERY_MS,
	);
	const close = (mark: string) => {
		clearInterval(timer);
		line(`${mark} ${title} (${elapsed(Date.now() - started)})`);
		if (out.isTTY) out.write('\n');
	};
	try {
		const result = await work();
		close('✓');
		return result;
	} catch (error) {
		close('✗');
		throw error;
	}
}
