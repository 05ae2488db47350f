/** A turn of phrase that no text of the project may use, and what to write instead. */
export interface Idiom {
	/** Found in running text: line breaks within a sentence or comment are spaces. */
	find: RegExp;
	better: string;
	/** One text it must find, and one it must leave alone. */
	bad: string;
	good: string;
}

export const idioms: readonly Idiom[] = [
	{
		find: /(?<!\bthere )\b(?:is|are) none\b(?! of)/i,
		better: 'is not a …',
		bad: 'A URL that is none',
		good: 'or none if there is none; it is none of these',
	},
	{
		find: /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|doubt\b|problem\b)[a-z]/i,
		better: 'is not a …',
		bad: 'The answer is no list',
		good: 'There is no list; it is no longer used',
	},
	{
		find: /\bbe had\b|\bcan(?:'t|not) have been had\b/i,
		better: "can't be read, can't be reached",
		bad: "a range that can't be had",
		good: 'it had to be read',
	},
	{
		find: /\b(?:can(?:'t|not| not)|could not) be told\b(?! apart)/i,
		better: "is not known, can't be distinguished",
		bad: "so that it can't be told which side it belongs to",
		good: "two lines that can't be told apart",
	},
	{
		find: /\bbehind (?:it|them|that|this|the (?:url|address|header|line|word|name|node))\b/i,
		better: 'after it, at the end of it',
		bad: 'the URL with a sample behind it',
		good: 'n8n behind a proxy',
	},
	{
		find: /\btell the makers\b|\bthe makers of this\b/i,
		better: 'please open an issue',
		bad: 'tell the makers of this node',
		good: 'please open an issue',
	},
	{
		find: /\bfor ever\b/i,
		better: 'forever, always',
		bad: 'waits for ever',
		good: 'for every line',
	},
	{
		find: /\bseldom\b|\brarely has to\b/i,
		better: 'rarely, or no sentence at all',
		bad: 'What is seldom needed',
		good: 'Additional options',
	},
	{
		find: /(?<!['"`.])\bElse\b(?!['"`(])|, else (?!if\b)(?=[a-z])|; else (?:the|it|all|from|GMT)\b/,
		better: 'Otherwise',
		bad: 'Else the zone of the URL; the zone, else GMT',
		good: 'or else it stops; otherwise GMT',
	},
	{
		find: /\b(?:she|her|hers|herself|he|him|his|himself)\b/i,
		better: 'they, or you',
		bad: 'the day she means',
		good: 'the day they mean, there and here',
	},
	{
		find: /\b(?:lest|hence|anew|whence|thereby|whilst|albeit)\b/i,
		better: 'so that … not, so, again',
		bad: 'lest it be lost',
		good: 'at least once',
	},
	{
		find: /\bmeanwhile\b/i,
		better: 'in the meantime',
		bad: 'replaced meanwhile',
		good: 'replaced in the meantime',
	},
	{
		find: /\bstands? (?:in|at|behind|beside|above|before|there|alone|under|on|here)\b/i,
		better: 'is',
		bad: 'what stands in angle brackets',
		good: 'what stands for "no value"',
	},
	{
		find: /\bas (?:it|they) stands?\b/i,
		better: 'unchanged, as it is',
		bad: 'sent as it stands',
		good: 'sent as it is',
	},
	{
		find: /(?:^|[.*/"'`] )So many\b/,
		better: 'This many, Number of',
		bad: '. So many rows in one file',
		good: 'It has so many rows that it needs a file',
	},
	{
		find: /\bwhat (?:becomes|became) of\b|\bwhat (?:they|it) comes? to\b|\bcame of (?:it|them)\b/i,
		better: 'what happened to',
		bad: 'What became of them',
		good: 'What happened to them',
	},
	{
		find: /\ball the same\b/i,
		better: 'still, anyway',
		bad: 'It works all the same',
		good: 'not all the samples',
	},
	{
		find: /\bgo(?:es)? on (?:where|with|from|listening|to|as)\b|\bwent on (?:where|with|from)\b/i,
		better: 'continues',
		bad: 'It goes on where it stopped',
		good: 'It continues where it stopped; it goes on the list',
	},
	{
		find: /\bone (?:a|to a|to an) (?:line|row|site)\b|\b(?:object|line|row|key)s? a (?:row|line|key|file)\b/,
		better: 'per',
		bad: 'one object a row',
		good: 'one object per row',
	},
	{
		find: /\btakes? (?:it|them) (?:away|out)\b|\btaken (?:away|out)\b|\bTakes every trace\b/,
		better: 'removed',
		bad: 'its columns are taken away again',
		good: 'its columns are removed again',
	},
	{
		find: /\b(?:normalis|recognis|serialis|organis|initialis|minimis|optimis|summaris)|\b(?:behaviour|colour|favour|honour|licence|centre)\b|\bunrecognis/i,
		better: 'American spelling, as n8n writes',
		bad: 'Unrecognised behaviour',
		good: 'Unrecognized behavior',
	},
	{
		find: /\btime-outs?\b/i,
		better: 'timeout',
		bad: 'after a time-out',
		good: 'after a timeout',
	},
	{
		find: /\bmend(?:s|ed|ing)?\b/i,
		better: 'fix',
		bad: 'how to mend it',
		good: 'how to fix it; what we recommend',
	},
	{
		find: /\bexchange the\b/i,
		better: 'swap the',
		bad: 'Exchange the two',
		good: 'in exchange for the token',
	},
	{
		find: /\btells\b(?! (?:apart\b|you\b|n8n\b|them\b|users\b|the user\b))/i,
		better: 'says, shows, returns, contains',
		bad: 'what a postback tells',
		good: 'n8n tells you why',
	},
	{
		find: /\bnot one (?:row|line|byte|request)\b/i,
		better: 'no row at all',
		bad: 'there is not one row',
		good: 'there is no row',
	},
	{
		find: /\bbears? (?:the|a|its)\b/i,
		better: 'has, contains',
		bad: 'Answers bear the header Date',
		good: 'Answers have the header Date',
	},
];

/** Running text: joins the lines of a paragraph or comment; paragraphs stay apart. */
const runningText = (text: string) =>
	text
		.replaceAll(String.raw`\n`, '\n')
		.replace(/[ \t]*\n[ \t]*(?:\*(?!\/) ?|\/\/ ?|> ?)?[ \t]*/g, '\n')
		.replace(/(?<!\n)\n(?!\n)/g, ' ')
		.replace(/ {2,}/g, ' ');

/** The idioms in a text, each with the words around it. */
export function idiomsIn(text: string): string[] {
	const running = runningText(text);
	return idioms.flatMap(({ find, better }) =>
		[...running.matchAll(new RegExp(find, `${find.flags}g`))].map(
			({ index, 0: words }) =>
				`"${running.slice(Math.max(0, index - 40), index + words.length + 20)}": ${better}`,
		),
	);
}
