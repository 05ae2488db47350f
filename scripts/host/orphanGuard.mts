/**
 * A small process that runs beside one that we started and makes sure that it does not outlive us:
 * its stdin is a pipe from us, which ends when we end, however we end (also by SIGKILL). Then it
 * kills the process group it was given and exits. Started by `startOwn`, ended when no longer
 * needed.
 */
const group = Number(process.argv[2]);

// Ctrl-C in a terminal is for the one who started us.
process.on('SIGINT', () => {});
process.stdin.resume();
process.stdin.once('end', () => {
	try {
		process.kill(process.platform === 'win32' ? group : -group, 'SIGKILL');
	} catch {
		// It had ended already.
	}
	process.exit();
});
