import { reportName } from '../../../rakuten/report/builtInReports';

it.each([
	['signature-orders-report', 'Signature Orders'],
	['offer-report', 'Offer'],
	['Signature-Orders-Report', 'Signature-Orders-Report'],
	['my-earnings', 'my-earnings'],
	['M%C3%BCnchen-%2B-more', 'München-+-more'],
	// Not the code of any letter, or of one that can't be seen.
	['50%25-off', '50%-off'],
	['a%ZZb', 'a%ZZb'],
	['a%FFb', 'a%FFb'],
	['a%0Ab', 'a%0Ab'],
	['a%E2%80%AEb', 'a%E2%80%AEb'],
])('the report %s is called %s', (key, name) => {
	expect(reportName(key)).toBe(name);
});
