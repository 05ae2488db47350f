import { chromium as playwright, type Browser, type LaunchOptions } from 'playwright-core';
import { chromium } from './debian.mts';

/** Starts this machine's Chromium without a window, with nothing in it that calls home. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
	return await playwright.launch({
		...options,
		executablePath: chromium(),
		// prettier-ignore
		args: [
			'--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync',
		],
	});
}
