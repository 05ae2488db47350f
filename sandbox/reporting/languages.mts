/**
 * The language part of a report's path changes column headers, and may change date and decimal
 * style. The words here are the sandbox's own; the real effect is that a reader of English headers
 * does not find its columns.
 */
export const LANGUAGES = ['en', 'fr', 'de', 'pt', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

const HEADERS: Record<string, Partial<Record<Language, string>>> = {
	'Order ID': { fr: 'ID de commande', de: 'Bestell-ID', pt: 'ID do pedido', ja: '注文ID' },
	'Advertiser Name': { fr: 'Annonceur', de: 'Advertiser', pt: 'Anunciante', ja: '広告主名' },
	'Transaction Date': {
		fr: 'Date de transaction',
		de: 'Transaktionsdatum',
		pt: 'Data',
		ja: '取引日',
	},
	'Process Date': { fr: 'Date de traitement', de: 'Datum', pt: 'Data proc.', ja: '処理日' },
	Sales: { fr: 'Ventes', de: 'Umsatz', pt: 'Vendas', ja: '売上' },
	'# of Items': { fr: 'Nb d’articles', de: 'Artikel', pt: 'Nº de itens', ja: '商品数' },
	'Total Commission': { fr: 'Commission', de: 'Provision', pt: 'Comissão', ja: '報酬額' },
	Currency: { fr: 'Devise', de: 'Währung', pt: 'Moeda', ja: '通貨' },
};

/** A header in a language; headers without a translation stay English. */
export function headerIn(language: Language, header: string): string {
	return HEADERS[header]?.[language] ?? header;
}

/** `1,234.50` → `1.234,50` in the languages that write it so. */
export function numberIn(language: Language, text: string): string {
	if (language === 'en' || language === 'ja') return text;
	return text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'));
}

/** The parts of a date in the order of a language: month first in English only. */
export function dateParts(language: Language, y: string, m: string, d: string): string[] {
	if (language === 'en') return [m, d, y];
	return language === 'ja' ? [y, m, d] : [d, m, y];
}
