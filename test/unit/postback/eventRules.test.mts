import { readIds, readList } from '../../../rakuten/postback/eventRules';

describe('a list that a user writes', () => {
	it.each([
		['', []],
		[' ,; \n', []],
		['38502', ['38502']],
		['38502,45904', ['38502', '45904']],
		[' 38502 ; 45904,\n\n2149 ', ['38502', '45904', '2149']],
		['38502 45904\t2149', ['38502', '45904', '2149']],
	])('has the IDs of %j', (text, ids) => expect(readIds(text)).toEqual(ids));

	it.each([
		['', []],
		[' ,; \n', []],
		['AB 12, CD;EF\nGH ', ['AB 12', 'CD', 'EF', 'GH']],
	])('has the texts of %j, which may contain spaces', (text, texts) =>
		expect(readList(text)).toEqual(texts),
	);
});
