import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Some seconds of counting inside SQLite. */
const COUNT = 10_000_000;

/**
 * Makes n8n's database slow at one place: storing a new execution takes it seconds, as on a busy
 * disk, while everything else is as quick as ever. So there is time to kill n8n just then.
 */
export class SlowStart {
	private readonly file: string;

	constructor(userFolder: string) {
		this.file = path.join(userFolder, '.n8n', 'database.sqlite');
	}

	begin(): void {
		this.execute(`
			CREATE TRIGGER e2e_slow_start BEFORE INSERT ON execution_entity BEGIN
				SELECT count(*) FROM (
					WITH RECURSIVE counted(number) AS
						(SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < ${COUNT})
					SELECT number FROM counted
				);
			END`);
	}

	end(): void {
		this.execute('DROP TRIGGER IF EXISTS e2e_slow_start');
	}

	private execute(sql: string): void {
		const database = new DatabaseSync(this.file, { timeout: 10_000 });
		try {
			database.exec(sql);
		} finally {
			database.close();
		}
	}
}
