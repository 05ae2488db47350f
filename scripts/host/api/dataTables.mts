import type { N8nSession } from './session.mts';

/** The largest page n8n gives. */
const PAGE = 250;

export interface DataTable {
	id: string;
	name: string;
	projectId: string;
	columns: DataTableColumn[];
}

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

/** A row with n8n's own columns; dates are ISO strings. */
export type DataTableRow = { id: number; createdAt: string; updatedAt: string } & Record<
	string,
	unknown
>;

/** The Data Tables page. */
export class DataTables {
	private readonly session: N8nSession;

	constructor(session: N8nSession) {
		this.session = session;
	}

	/** All tables of all projects, by name. */
	async list(): Promise<DataTable[]> {
		const tables: DataTable[] = [];
		for (;;) {
			const { data, count } = await this.session.request<{ data: DataTable[]; count: number }>(
				'GET',
				`/data-tables-global?take=${PAGE}&skip=${tables.length}&sortBy=name:asc`,
			);
			tables.push(...data);
			if (tables.length >= count || data.length === 0) return tables;
		}
	}

	async find(name: string): Promise<DataTable | undefined> {
		return (await this.list()).find((table) => table.name === name);
	}

	/** Creates a table in the owner's own project. Throws if there is one with that name. */
	async create(name: string, columns: DataTableColumn[]): Promise<void> {
		const { id } = await this.session.request<{ id: string }>('GET', '/projects/personal');
		await this.session.request('POST', `/projects/${id}/data-tables`, { name, columns });
	}

	/** Number of rows of the table of that name; 0 when there is none. */
	async count(name: string): Promise<number> {
		const table = await this.find(name);
		if (!table) return 0;
		return (await this.page(table, 0, 1)).count;
	}

	/** All rows of the table of that name in the order they were first stored. Throws if there is none. */
	async rows(name: string): Promise<DataTableRow[]> {
		const table = await this.find(name);
		if (!table) throw new Error(`n8n has no data table named "${name}"`);
		const rows: DataTableRow[] = [];
		for (;;) {
			const { data } = await this.page(table, rows.at(-1)?.id ?? 0, PAGE);
			for (const row of data) rows.push(row);
			if (data.length < PAGE) return rows;
		}
	}

	/** Deletes the table of that name, if there is one. */
	async delete(name: string): Promise<void> {
		const table = await this.find(name);
		if (table) {
			await this.session.request('DELETE', `/projects/${table.projectId}/data-tables/${table.id}`);
		}
	}

	/** Rows with a greater id. By id rather than by position: as quick at the end as at the start. */
	private async page(
		table: DataTable,
		afterId: number,
		take: number,
	): Promise<{ count: number; data: DataTableRow[] }> {
		const filter = {
			type: 'and',
			filters: [{ columnName: 'id', condition: 'gt', value: afterId }],
		};
		const query = new URLSearchParams({
			take: String(take),
			sortBy: 'id:asc',
			filter: JSON.stringify(filter),
		});
		return await this.session.request(
			'GET',
			`/projects/${table.projectId}/data-tables/${table.id}/rows?${query}`,
		);
	}
}
