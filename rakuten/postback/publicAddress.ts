/**
 * Why Rakuten could not call an address, in words that follow "the address … "; undefined if it
 * can. Checks only the address itself, without asking anybody.
 */
export function whyNotPublic(address: string): string | undefined {
	if (!URL.canParse(address)) return 'is not a web address';
	const { protocol, hostname } = new URL(address);
	if (protocol !== 'https:') return 'is not https';
	const host = hostname.replace(/\.$/, '');
	const bytes = ipv4(host);
	const isPrivate = bytes
		? isPrivateIpv4(bytes)
		: host.startsWith('[')
			? isPrivateIpv6(host.slice(1, -1))
			: isPrivateName(host);
	return isPrivate ? 'is only known inside its own network' : undefined;
}

/** Endings that no public name has: reserved ones (RFC 2606, 6761, 6762, 8375), and common ones. */
const privateEnding =
	/(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|example|invalid|home\.arpa)$/i;

const isPrivateName = (host: string) => !host.includes('.') || privateEnding.test(host);

/**
 * The URL parser has converted every form of an IPv4 address (decimal, hex, short) to four numbers.
 */
function ipv4(host: string): readonly number[] | undefined {
	return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : undefined;
}

/** Private, loopback, link-local, shared, documentation, benchmark, multicast and reserved ranges. */
function isPrivateIpv4([a, b, c]: readonly number[]): boolean {
	return (
		a === 0 ||
		a === 10 ||
		a === 127 ||
		a >= 224 ||
		(a === 100 && b >= 64 && b < 128) ||
		(a === 169 && b === 254) ||
		(a === 172 && b >= 16 && b < 32) ||
		(a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) ||
		(a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
		(a === 203 && b === 0 && c === 113)
	);
}

/** Only 2000::/3 is routed in public, without its documentation and translation parts. */
function isPrivateIpv6(address: string): boolean {
	const groups = ipv6Groups(address);
	const [first, second] = groups;
	const leading = groups.slice(0, 5).every((group) => group === 0);
	if (leading && (groups[5] === 0xffff || groups[5] === 0)) {
		return isPrivateIpv4([groups[6] >> 8, groups[6] & 255, groups[7] >> 8]);
	}
	if (first === 0x64 && second === 0xff9b) {
		return isPrivateIpv4([groups[6] >> 8, groups[6] & 255, groups[7] >> 8]);
	}
	return first < 0x2000 || first > 0x3fff || (first === 0x2001 && second === 0x0db8);
}

/** The eight numbers of an address as the URL parser writes it: hex, with at most one `::`. */
function ipv6Groups(address: string): number[] {
	const [left, right] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
	const middle = right ? new Array<string>(8 - left.length - right.length).fill('0') : [];
	return [...left, ...middle, ...(right ?? [])].map((group) => Number.parseInt(group, 16));
}
