// The form of a lesson's video: a file that is too large is told before it is sent, and one form is sent once.
(() => {
  const form = document.querySelector("form[data-most]");
  const video = document.getElementById("video");
  const tooLarge = document.getElementById("trop-lourd");
  const most = Number(form.dataset.most) * 1024 * 1024;
  const isTooLarge = () => video.files.length > 0 && video.files[0].size > most;

  video.addEventListener("change", () => {
    tooLarge.hidden = !isTooLarge();
  });
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      tooLarge.hidden = false;
      video.focus();
      return;
    }
    document.getElementById("envoi").hidden = false;
    form.querySelector("button").disabled = true;
  });
  // The browser may show the page again as it was left.
  window.addEventListener("pageshow", () => {
    document.getElementById("envoi").hidden = true;
    form.querySelector("button").disabled = false;
  });
})();
