import { parseArgs } from 'node:util';

export const USAGE = `npm start [-- options]
  The main job on this machine: a real n8n with this package in it, a stand-in for Rakuten beside it,
  twelve months of earnings imported, and conversions in real time in the event log. Stays up until
  Ctrl-C, and conversions go on coming; nothing of it is kept.

  --once   stop after that. Exit status 0 only if what n8n stored equals what the stand-in holds and
           has sent, after refusals, a range that was too large, unreadable rows and corrections, and
           conversions sent twice, in any order, or not at all
  --json   the figures as one JSON line, the last one on stdout; those of the event log under "log"
  --live   no stand-in and no import: for a Rakuten account of your own. This n8n is kept
  --help   this text`;

export interface StartOptions {
	once: boolean;
	json: boolean;
	live: boolean;
	help: boolean;
}

/** Reads the command line. Throws in plain words if it is not understood. */
export function readOptions(args: string[]): StartOptions {
	const flag = { type: 'boolean', default: false } as const;
	try {
		const { values } = parseArgs({
			args,
			options: { once: flag, json: flag, live: flag, help: flag },
		});
		if (values.live && (values.once || values.json)) {
			throw new Error(
				'--live imports nothing by itself, so --once and --json have nothing to tell.',
			);
		}
		return values;
	} catch (error) {
		// parseArgs explains at length how to pass positional arguments, and there are none.
		const [reason] = (error as Error).message.split(/\. To specify/);
		throw new Error(`${reason}\n\n${USAGE}`);
	}
}
