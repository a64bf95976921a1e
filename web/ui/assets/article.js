// Marks the place of an article's text that the address names: /a/12#345-390, in code points.

const text = document.getElementById("text");
const notice = document.getElementById("notice");

// The position in UTF-16 units of a position in code points; -1 behind the end.
function unitsBefore(string, codePoints) {
  let units = 0;
  for (let left = codePoints; left > 0; left -= 1) {
    if (units >= string.length) return -1;
    units += string.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

function markPlace() {
  if (!text) return;
  const whole = text.textContent;
  text.replaceChildren(whole);
  notice.textContent = "";
  if (location.hash.length < 2) return;
  const [, first, last] = /^#(\d{1,9})-(\d{1,9})$/.exec(location.hash) ?? [];
  const start = first === undefined ? -1 : unitsBefore(whole, Number(first));
  const end = last === undefined ? -1 : unitsBefore(whole, Number(last));
  if (start < 0 || end <= start) {
    notice.textContent = notice.dataset.missing;
    return;
  }
  const mark = document.createElement("mark");
  mark.tabIndex = -1;
  mark.textContent = whole.slice(start, end);
  text.replaceChildren(whole.slice(0, start), mark, whole.slice(end));
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

addEventListener("hashchange", markPlace);
markPlace();
