// Copies a text with its marks; says so on the button, which screen readers read out.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const say = (words) => {
    button.textContent = words;
  };
  button.setAttribute("aria-live", "polite");
  say(data.label);
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      say("Copied");
    } catch {
      say("Can't copy here");
    }
    setTimeout(() => say(data.label), 2000);
  };
}
