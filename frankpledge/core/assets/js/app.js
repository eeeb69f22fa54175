// Nothing here is needed to read a page: it moves focus where GOV.UK's patterns want it,
// and offers to copy a command.
import { createAll, Button, ErrorSummary, SkipLink } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button);
createAll(ErrorSummary);
createAll(SkipLink);

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
