/**
 * Starts the comforts of a page. Every page works without this file.
 * Each behaviour listens on the document, so that parts which arrive later are covered too.
 */
import { start as calls } from "./components/calls.js";
import { start as callVoice } from "./components/call-voice.js";
import { start as chats } from "./components/chats.js";
import { start as chatSend } from "./components/chat-send.js";
import { start as copy } from "./components/copy.js";
import { start as draft } from "./components/draft.js";
import { start as files } from "./components/files.js";
import { start as insert } from "./components/insert.js";
import { start as keys } from "./components/keys.js";
import { start as load } from "./components/load.js";
import { start as menu } from "./components/menu.js";
import { start as once } from "./components/once.js";
import { start as poll } from "./components/poll.js";
import { start as preview } from "./components/preview.js";
import { start as print } from "./components/print.js";
import { start as rating } from "./components/rating.js";
import { start as send } from "./components/send.js";
import { start as toast } from "./components/toast.js";
import { start as unsent } from "./components/unsent.js";

const behaviours = [calls, callVoice, chats, chatSend, copy, draft, files, insert, keys, load, menu, once, poll, preview, print, rating, send, toast, unsent];
for (const begin of behaviours) begin();
