/**
 * A voice for captions and words from the microphone, both on this device alone. The switch for the voice
 * is off until somebody turns it on; what the browser cannot do here itself stays hidden.
 */
const KEY = "call voice";

export function start() {
  const call = document.getElementById("call");
  if (!call?.dataset.live) return;
  offerVoice(call.dataset.language ?? "en");
  offerDictation(call.dataset.language ?? "en");
}

/** @param {string} language */
function offerVoice(language) {
  const label = document.getElementById("voice");
  const box = document.getElementById("voice-on");
  if (!label || !(box instanceof HTMLInputElement) || !("speechSynthesis" in window)) return;
  const show = () => (label.hidden = !voice(language));
  show();
  speechSynthesis.addEventListener("voiceschanged", show);
  box.checked = sessionStorage.getItem(KEY) === "on";
  again(box.checked);
  box.addEventListener("change", () => {
    sessionStorage.setItem(KEY, box.checked ? "on" : "off");
    again(box.checked);
    if (box.checked) read(language);
    else speechSynthesis.cancel();
  });
  document.getElementById("voice-again")?.addEventListener("click", () => read(language));
  window.addEventListener("caption", () => box.checked && read(language));
}

/** @param {boolean} isOn */
function again(isOn) {
  const button = document.getElementById("voice-again");
  if (button) button.hidden = !isOn;
}

/**
 * Only voices of this device: no word goes elsewhere.
 * @param {string} language
 */
function voice(language) {
  return speechSynthesis.getVoices().find((one) => one.localService && one.lang.startsWith(language));
}

/** @param {string} language */
function read(language) {
  const caption = document.getElementById("caption");
  const own = voice(language);
  if (!own || !caption?.textContent || caption.dataset.isCustomer !== "yes") return;
  const words = new SpeechSynthesisUtterance(caption.textContent);
  words.voice = own;
  words.lang = own.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

/** @param {string} language */
async function offerDictation(language) {
  const button = document.getElementById("dictate");
  const box = document.getElementById("words-box");
  const Recogniser = /** @type {any} */ (window).SpeechRecognition;
  if (!button || !(box instanceof HTMLTextAreaElement) || !Recogniser?.available) return;
  if (!("processLocally" in Recogniser.prototype)) return;
  const can = await Recogniser.available({ langs: [language], processLocally: true }).catch(() => "");
  if (can !== "available") return;
  const recogniser = Object.assign(new Recogniser(), { lang: language, processLocally: true, continuous: true });
  recogniser.addEventListener("result", (/** @type {any} */ event) => {
    const said = event.results[event.resultIndex][0].transcript.trim();
    box.value = `${box.value} ${said}`.trim();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const press = (/** @type {boolean} */ isOn) => button.setAttribute("aria-pressed", String(isOn));
  recogniser.addEventListener("end", () => press(false));
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") === "true";
    if (isOn) recogniser.stop();
    else recogniser.start();
    press(!isOn);
  });
}
