// Runs inside the page under test, ahead of the page's own code.
document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.blockedURI}`));

const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);

const lightOf = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((one) => {
    const part = one / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const groundOf = (element) => {
  if (!element) return [255, 255, 255];
  const ground = channels(getComputedStyle(element).backgroundColor);
  return ground.length === 3 || ground[3] === 1 ? ground : groundOf(element.parentElement);
};

const contrastOf = (element) => {
  const text = lightOf(channels(getComputedStyle(element).color));
  const ground = lightOf(groundOf(element));
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
};

/** What the tests ask of a page. */
window.inPage = {
  focused: () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',

  ground: () => getComputedStyle(document.body).backgroundColor,

  hasSideScroll: () =>
    [document.documentElement, ...document.querySelectorAll('.timeline, .card, .form-body, .palette')].some(
      (element) => element.scrollWidth > element.clientWidth + 1,
    ),

  /** Controls that somebody who does not see them could not tell apart. */
  nameless: () =>
    [...document.querySelectorAll('button, a, input, textarea, select, [role=option], dialog')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const label = element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby');
        return !label && !element.labels?.length && !element.textContent?.trim();
      })
      .map((element) => element.outerHTML.slice(0, 120)),

  /** Text that stands out from its ground by less than 4.5:1. What cannot be used may be paler. */
  pale: () =>
    [...document.querySelectorAll('body *')]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((element) => !element.closest('[aria-disabled=true], .unseen, .message-hour, .skip'))
      .filter((element) => element.checkVisibility() && contrastOf(element) < 4.5)
      .map((element) => `${contrastOf(element).toFixed(2)} ${element.className} ${element.textContent?.slice(0, 30)}`),
};
