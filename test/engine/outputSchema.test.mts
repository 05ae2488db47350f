import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runReport, useSandbox } from './reportNode.mts';

const schemas = join(__dirname, '../../nodes/RakutenAdvertising/__schema__/v1.0.0/report');

/** The fields that n8n shows for an operation before it has run, with their types. */
const shownFields = (operation: string) =>
	(
		JSON.parse(readFileSync(join(schemas, `${operation}.json`), 'utf8')) as {
			properties: Record<string, { type: string }>;
		}
	).properties;

const typeOf = (value: unknown) =>
	Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

const sandbox = useSandbox();

const operations = readdirSync(schemas).map((file) => file.replace('.json', ''));

it.each(operations)(
	'the output that n8n shows for %s before it has run is what comes',
	async (operation) => {
		const { rows } = await runReport(
			sandbox,
			{
				operation,
				dateRange: 'last30Days',
				simplify: true,
				requiredColumns: 'custom',
				requiredColumnList: 'Order ID, Total Commissions, Gift Card',
			},
			{ credential: { siteId: '3771737', siteName: 'Blog' } },
		);
		if (operation === 'get') {
			expect(Object.keys(rows[0])).toEqual(Object.keys(shownFields(operation)));
		}
		for (const [name, { type }] of Object.entries(shownFields(operation))) {
			const values = rows
				.map((row) => row[name])
				.filter((value) => value !== null && value !== undefined);
			expect([name, ...new Set(values.map(typeOf))]).toEqual([name, type]);
		}
	},
);
