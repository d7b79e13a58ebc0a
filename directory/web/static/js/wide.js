// Filters lie open where there is room beside the list, in browsers whose style sheets cannot do it alone.
export function openOnWide() {
  if (CSS.supports("selector(::details-content)") || !matchMedia("(min-width: 56rem)").matches) return;
  for (const entry of document.querySelectorAll("details[data-wide-open]")) entry.open = true;
}
