"""Somebody who has a keyboard and no mouse goes over a whole page: with Tab to its end, opening what opens, and back."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Page

#: How many stops one field may have of its own: a date with its hour, and the door to its calendar.
STOPS = 8
#: Notes, before a page comes, what listens to a click without being something that a keyboard can press.
LISTENING = """() => { const add = EventTarget.prototype.addEventListener; window.heard = [];
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (/^(click|dblclick|(pointer|mouse|touch)(down|up|start|end))$/.test(kind)
        && this instanceof Element && !this.closest('[role=listbox]')) heard.push(this);
    return add.call(this, kind, ...rest) } }"""
#: What one can press or fill in on a page, folded or not, in the order of the page; and what is done at each stop.
READY = """() => {
  const kinds = 'a[*|href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], '
    + '[tabindex="0"], [contenteditable], [role=button], [role=link], [role=checkbox], [role=tab], [role=menuitem]';
  const folds = [...document.querySelectorAll('details:not([open])')], names = folds.map((fold) => fold.name);
  folds.forEach((fold) => { fold.removeAttribute('name'); fold.open = true });
  const named = (e) => `${e.outerHTML.split('\\n')[0].slice(0, 130)}`;
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('[inert], fieldset:disabled');
  const all = [...document.querySelectorAll(kinds)].filter((e) => seen(e) && !(e.tabIndex < 0 && e.closest('[role=toolbar]')));
  const groups = new Map(), wrong = [], reached = new Set(), pressed = new Set(), sent = [], plain = new Map();
  for (const e of all) if (e.type === 'radio') {
    const key = `${e.form?.id}${e.form?.action}${e.name}`;
    groups.set(key, [...(groups.get(key) ?? []), e]) }
  const group = (e) => [...groups.values()].find((one) => one.includes(e)) ?? [e];
  const stop = (e) => e.type !== 'radio' || e === (group(e).find((one) => one.checked) ?? group(e)[0]);
  const ring = (e) => { const s = getComputedStyle(e); return [s.backgroundColor, s.boxShadow, s.borderColor, s.stroke].join() };
  const inLine = (e) => getComputedStyle(e).display === 'inline'
    && [...e.parentNode.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const size = (e) => { const b = [e, ...(e.labels ?? [])].map((one) => one.getBoundingClientRect());
    return [Math.max(...b.map((one) => one.width)), Math.max(...b.map((one) => one.height))] };
  for (const e of all) {
    plain.set(e, ring(e));
    if (e.tabIndex < 0 && !e.closest('[hidden], [aria-hidden=true]')) wrong.push(`no key leads to ${named(e)}`);
    if (e.tabIndex > 0) wrong.push(`out of turn: ${named(e)}`);
    const [wide, high] = size(e);
    if (Math.min(wide, high) < 23.9 && !inLine(e) && !e.closest('.unseen')) wrong.push(`${wide}x${high} pixels: ${named(e)}`) }
  for (const e of window.heard ?? [])
    if (e.isConnected && !e.matches(kinds) && !e.matches('form, label')) wrong.push(`only a mouse: ${named(e)}`);
  const held = all.filter(stop);
  folds.forEach((fold, n) => { fold.open = false; if (names[n]) fold.name = names[n] });
  addEventListener('submit', (event) => {
    event.preventDefault(); event.stopImmediatePropagation(); sent.push(event.submitter) }, true);
  for (const form of document.forms) form.noValidate = true;
  const root = document.documentElement;
  root.tabIndex = -1; root.focus(); root.removeAttribute('tabindex');
  let last = null, stays = 0, place = -1;
  const clear = (e) => { const b = e.getClientRects()[0] ?? e.getBoundingClientRect();
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) => [b.x + x * b.width, b.y + y * b.height]);
    return points.some(([x, y]) => { const top = document.elementFromPoint(x, y);
      return top && (e.contains(top) || top.contains(e) && top !== root && top !== document.body
        && !/fixed|sticky/.test(getComputedStyle(top).position) || [...e.labels ?? []].some((one) => one.contains(top))) }) };
  const marked = (e) => { const s = getComputedStyle(e);
    return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || ring(e) !== plain.get(e) };
  window.keys = {
    async step(back) {
      const e = document.activeElement;
      if (!e || e === document.body || e === root) return last === null ? 'none' : 'end';
      stays = e === last ? stays + 1 : 0;
      if (stays) return stays > STOPS ? (wrong.push(`Tab does not leave ${named(e)}`), 'end') : '';
      if ((back ? pressed : reached).has(e)) return 'end'; // round, where the browser has no bar of its own
      last = e;
      const at = all.indexOf(e);
      if (at < 0) return '';
      if (back ? at > place : at < place) wrong.push(`${back ? 'back' : 'forth'} out of order: ${named(e)}`);
      place = at;
      (back ? pressed : reached).add(e);
      for (let wait = 0; wait < 4 && !clear(e); wait++) await new Promise((go) => setTimeout(go, 20));
      if (!clear(e)) wrong.push(`hidden at focus${back ? ' (back)' : ''}: ${named(e)}`);
      if (back) return '';
      if (!marked(e)) wrong.push(`no focus to see: ${named(e)}`);
      if (e.matches('summary') && !e.parentNode.open) return 'Enter';
      if (e.type === 'radio' && group(e).length > 1) return 'arrows';
      return e.form?.method === 'post' && /^(submit|image)$/.test(e.type) ? 'press' : '' },
    opened() { const e = document.activeElement; if (!e.parentNode.open) wrong.push(`Enter does not open ${named(e)}`) },
    moved() { const e = document.activeElement;
      if (e === last || e.name !== last.name || !e.checked) wrong.push(`arrows do not choose in ${named(last)}`) },
    given(count) {
      if (sent.splice(0).filter((by) => by === last).length !== count) wrong.push(`Enter and Space do not send ${named(last)}`) },
    turn() { last = null; stays = 0; place = Infinity; const e = document.activeElement; if (e && e !== document.body) e.blur() },
    told() {
      const missed = (set, e) => !group(e).some((one) => set.has(one));
      for (const e of held) if (missed(reached, e)) wrong.push(`Tab does not reach ${named(e)}`);
      for (const e of reached) if (missed(pressed, e) && !e.closest('details.drop'))
        wrong.push(`Shift+Tab does not reach ${named(e)}`);
      return [reached.size, [...new Set(wrong)]] } };
  return all.length }""".replace("STOPS", str(STOPS))


async def ready(context: BrowserContext) -> None:
    """Has a browser note, on each page to come, what listens to a mouse."""
    await context.add_init_script(f"({LISTENING})()")


async def by_keys(page: Page) -> tuple[int, list[str]]:
    """Goes over a page that came after `ready`: how many stops it has, and what is wrong at them; no form leaves."""
    limit = (await page.evaluate(READY) + 3) * STOPS
    for _ in range(limit):
        await page.keyboard.press("Tab")
        deed = await page.evaluate("keys.step(false)")
        if deed in ("end", "none"):
            break
        if deed == "Enter":
            await page.keyboard.press("Enter")
            await page.evaluate("keys.opened()")
        elif deed == "arrows":
            await page.keyboard.press("ArrowDown")
            await page.evaluate("keys.moved()")
            await page.keyboard.press("ArrowUp")
        elif deed == "press":
            await page.keyboard.press("Enter")
            await page.keyboard.press("Space")
            await page.evaluate("keys.given(2)")
    await page.evaluate("keys.turn()")
    for _ in range(limit):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("keys.step(true)") in ("end", "none"):
            break
    told: tuple[int, list[str]] = await page.evaluate("keys.told()")
    return told[0], [f"{page.url}: {line}" for line in told[1]]
