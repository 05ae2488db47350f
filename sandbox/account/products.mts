/** What a kind of shop sells: product names and prices in US dollars. */
export interface ProductRange {
	prefix: string;
	products: ReadonlyArray<readonly [name: string, dollars: number]>;
}

export const PRODUCT_RANGES: readonly ProductRange[] = [
	{
		prefix: 'HOM',
		products: [
			['Linen duvet cover, queen', 129],
			['Wool throw 50" x 60"', 89],
			['Oak dining table, extending', 1849],
			['Velvet three-seat sofa', 2399],
			['Ceramic table lamp', 64.5],
			['Cotton bath towel set (6)', 48],
			['Memory foam mattress 12"', 1199],
			['Gift card', 50],
		],
	},
	{
		prefix: 'AUD',
		products: [
			['Wireless headphones "Studio", black', 249.99],
			['Bluetooth speaker, waterproof', 79.95],
			['Turntable with phono stage', 399],
			['4K projector', 1599.99],
			['HDMI cable 2 m', 12.49],
			['Noise cancelling earbuds', 129.9],
			['Soundbar 5.1', 549],
		],
	},
	{
		prefix: 'OUT',
		products: [
			['Trail running shoes, women’s', 124.95],
			['Trail running shoes, men’s', 124.95],
			['Down jacket 800 fill', 289],
			['Tent, 2-person', 349.5],
			['Merino socks (3 pairs)', 32],
			['Carbon road bike', 3450],
			['Stainless bottle 750 ml', 27.5],
			['Headlamp 400 lm', 44.9],
		],
	},
	{
		prefix: 'KIT',
		products: [
			['Espresso machine', 699],
			['Coffee beans, dark roast 1 kg', 24.9],
			['Crème brûlée set', 39.5],
			['Chef’s knife 8"', 94],
			['Cast iron skillet', 45],
			['Tea sampler, 12 tins', 36],
			['Stand mixer, red', 449.99],
		],
	},
	{
		prefix: 'BTY',
		products: [
			['Vitamin C serum 30 ml', 38],
			['Face cream, "sensitive"', 29.9],
			['Eau de toilette 100 ml', 92],
			['Hair dryer 1800 W', 159],
			['Lip balm', 4.95],
			['Bath salts, lavender & rosemary', 18.5],
		],
	},
	{
		prefix: 'BKT',
		products: [
			['Wooden train set, 80 pieces', 74.99],
			['Picture book: The Otter’s Boat', 14.99],
			['Puzzle, 1,000 pieces', 19.95],
			['Watercolour set (24)', 28],
			['Fountain pen, fine nib', 58],
			['Play kitchen', 189],
			['Sticker sheet', 2.5],
		],
	},
];
