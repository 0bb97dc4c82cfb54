package browser

import "strings"

// faint finds text that stands out too little from what is behind it: less
// than 4.5 to 1, which is what the Web Content Accessibility Guidelines ask
// for. Text on a button that is off does not count.
const faint = `(() => {
	const parse = (c) => {
		const n = c.match(/[\d.]+/g).map(Number);
		if (c.startsWith("color(srgb")) return [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1];
		return [n[0], n[1], n[2], n[3] ?? 1];
	};
	const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
	const light = (c) => {
		const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const behind = (e) => {
		const box = e.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
		const layers = [];
		for (; e; e = e.parentElement) {
			const r = e.getBoundingClientRect(); // what is placed outside of its parent has not that behind it
			if (r.left <= x && x <= r.right && r.top <= y && y <= r.bottom) layers.push(parse(getComputedStyle(e).backgroundColor));
		}
		const dark = matchMedia("(prefers-color-scheme: dark)").matches;
		return layers.reverse().reduce((under, top) => over(top, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
	};
	const found = [];
	for (const e of document.querySelectorAll("body *")) {
		const text = [...e.childNodes].filter((c) => c.nodeType === Node.TEXT_NODE).map((c) => c.data).join("").trim();
		if (!text || e.closest("svg, script, style, noscript, option, :disabled") || !e.checkVisibility({visibilityProperty: true})) continue;
		let opacity = 1;
		for (let p = e; p; p = p.parentElement) opacity *= Number(getComputedStyle(p).opacity);
		const under = behind(e);
		const ink = parse(getComputedStyle(e).color);
		ink[3] *= opacity;
		const [x, y] = [light(over(ink, under)), light(under)].sort((a, b) => b - a);
		const ratio = (x + 0.05) / (y + 0.05);
		if (ratio < 4.5) found.push(ratio.toFixed(2) + " " + e.tagName + "." + e.className + " " + text.slice(0, 40));
	}
	return found;
})()`

// readable fails the test if text is too faint, or if the page is wider than
// the window. Whatever moves has to be done moving.
func (b *tab) readable() {
	b.t.Helper()
	b.wait(`document.getAnimations().every((a) => a.playState === "finished")`)
	if found := js[[]string](b, faint); len(found) > 0 {
		b.t.Errorf("too faint:\n  %s", strings.Join(found[:min(len(found), 20)], "\n  "))
	}
	if wide := js[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		b.t.Errorf("the page is %d pixels wider than the window", wide)
	}
}
