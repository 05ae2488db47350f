import { reportPath, reportQuery } from '../../../rakuten/report/reportRequest';

describe('a report request', () => {
	it('§10.31 puts the key into the path unchanged', () => {
		expect(reportPath({ language: 'en', reportKey: 'reporting-portal%3A-transaction' })).toBe(
			'/en/reports/reporting-portal%3A-transaction/filters',
		);
	});

	const days = { startDate: '2026-01-01', endDate: '2026-01-31' };

	it('§10.5 never asks for a summary, and repeats networks', () => {
		expect(
			reportQuery({ ...days, networks: [1, 3], timeZone: 'Europe/London', dateType: 'process' }),
		).toEqual({
			start_date: '2026-01-01',
			end_date: '2026-01-31',
			include_summary: 'N',
			network: ['1', '3'],
			tz: 'Europe/London',
			date_type: 'process',
			date_format: 'm/d/yy',
		});
	});

	it('leaves the network out when all are wanted, and never holds a token', () => {
		const query = reportQuery({ ...days, networks: [], timeZone: 'GMT', dateType: 'transaction' });
		expect(Object.keys(query)).toEqual([
			'start_date',
			'end_date',
			'include_summary',
			'tz',
			'date_type',
			'date_format',
		]);
	});
});
