import type { Account } from './account.mts';
import type { Line } from './lines.mts';

/** What makes a row unreadable. */
export type Damage = 'extraField' | 'missingField' | 'amount' | 'date';

const DAMAGES: readonly Damage[] = ['extraField', 'missingField', 'amount', 'date'];

export interface DamageOrder {
	/** How many lines; 1 by default. */
	rows?: number;
	/** One way for all, or (by default) each way in turn. */
	how?: Damage | 'mixed';
	match?: { network?: number | 'all'; from?: string; to?: string };
}

/**
 * Lines that every line report writes unreadably, until the damage is removed. They are chosen
 * once, evenly over the sales that fit, so that a reader meets the same ones however it cuts its
 * requests, and the ledger can say beforehand how many it must refuse.
 */
export class DamagedRows {
	#damages = new Map<Line, { fault: number; how: Damage }>();

	/** @returns how many lines were damaged, fewer than asked for when fewer fit */
	damage(account: Account, fault: number, order: DamageOrder): number {
		const { network, from, to } = order.match ?? {};
		const lines = account
			.find({ network: network === 'all' ? undefined : network, from, to })
			.filter((line) => line.sales > 0 && !this.#damages.has(line));
		const rows = Math.min(order.rows ?? 1, lines.length);
		for (let index = 0; index < rows; index++) {
			const line = lines[Math.floor(((index + 0.5) * lines.length) / rows)]!;
			const how =
				order.how === undefined || order.how === 'mixed'
					? DAMAGES[index % DAMAGES.length]!
					: order.how;
			this.#damages.set(line, { fault, how });
		}
		return rows;
	}

	/** Removes the damage of one fault, or all of it. */
	repair(fault?: number): void {
		for (const [line, damage] of this.#damages) {
			if (fault === undefined || damage.fault === fault) this.#damages.delete(line);
		}
	}

	of(line: Line): Damage | undefined {
		return this.#damages.get(line)?.how;
	}
}
