/**
 * Whether an address leads no further than the network that this n8n is in: loopback, private and
 * link-local addresses, names ending in .local, .internal or .localhost, and names without a dot.
 * Only there may something secret go without https.
 */
export function isPrivateHost(address: string): boolean {
	if (!URL.canParse(address)) return false;
	// The URL parser has converted every form of an IPv4 address (decimal, hex, short) to four numbers.
	const host = new URL(address).hostname.replace(/\.$/, '').toLowerCase();
	if (host.startsWith('[')) return isPrivateIpv6(host.slice(1, -1));
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(host);
	return !host.includes('.') || /\.(?:local|internal|localhost)$/.test(host);
}

const isPrivateIpv4 = (host: string) =>
	/^(?:127|10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(host);

/** ::1, fc00::/7, fe80::/10, and an IPv4 address in IPv6, which the parser writes in two groups. */
function isPrivateIpv6(host: string): boolean {
	const ipv4 = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(host);
	if (ipv4) {
		const [high, low] = ipv4.slice(1).map((group) => Number.parseInt(group, 16));
		return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
	}
	return host === '::1' || /^(?:f[cd][\da-f]{2}|fe[89ab][\da-f]):/.test(host);
}
