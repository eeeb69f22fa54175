// Nothing here is needed to read a page: it moves focus where GOV.UK's patterns want it,
// and offers to copy a command.
import { createAll, Button, ErrorSummary, SkipLink } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);
createAll(ErrorSummary);
createAll(SkipLink);

// A page that is still being made looks again by itself, and is replaced when the real one is there.
const again = document.querySelector("[data-look-again]");
if (again) {
  const look = async () => {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer && answer.status !== 202) location.reload();
    else setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
}

for (const command of document.querySelectorAll(".fp-command")) {
  const text = command.querySelector("pre");
  if (!navigator.clipboard || !text) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = "Copy the command";
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = "Copied";
    said.textContent = "The command is copied.";
    setTimeout(() => (button.textContent = "Copy the command"), 3000);
  });
  command.append(button, said);
}
