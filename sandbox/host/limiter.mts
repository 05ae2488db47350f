/** The limit working code keeps to: "api allows 5 req per min". */
export const DOCUMENTED_REQUESTS_PER_MINUTE = 5;

export interface Limit {
	/** Requests of one token in any minute; 0 for no limit. */
	requestsPerMinute: number;
	/** How much faster the limiter's clock runs: at 60, its minute takes a second. */
	speedUp: number;
}

/** A real sliding limit per token. Refused requests do not count. */
export class Limiter {
	limit: Limit;
	#passed = new Map<string, number[]>();

	constructor(limit: Limit) {
		this.limit = limit;
	}

	/** Says what differs from the real host, so that no figure is taken for what it is not. */
	get text(): string {
		const { requestsPerMinute, speedUp } = this.limit;
		const documented = `${DOCUMENTED_REQUESTS_PER_MINUTE}/min`;
		const own = requestsPerMinute > 0 ? `${requestsPerMinute}/min` : 'no limit';
		const clock = speedUp === 1 ? '' : ` on a clock ${speedUp} times faster`;
		if (own === documented && clock === '') return `${documented} as documented`;
		return `${own}${clock} instead of the documented ${documented}`;
	}

	/**
	 * @param now in milliseconds
	 * @returns undefined when the request may pass (and is counted), otherwise the milliseconds to wait
	 */
	refuse(token: string, now: number): number | undefined {
		const { requestsPerMinute, speedUp } = this.limit;
		if (requestsPerMinute === 0) return undefined;
		const minute = 60_000 / speedUp;
		const passed = (this.#passed.get(token) ?? []).filter((time) => time > now - minute);
		this.#passed.set(token, passed);
		if (passed.length >= requestsPerMinute) {
			return passed[passed.length - requestsPerMinute]! + minute - now;
		}
		passed.push(now);
		return undefined;
	}
}
