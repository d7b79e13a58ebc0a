// What makes the pages better where scripts run. Every page works without.
import { setUpAreas } from "./areas.js";
import { setUpGlance } from "./glance.js";
import { setUpKeys } from "./keys.js";
import { setUpLiveSearch } from "./live.js";
import { setUpOrder } from "./order.js";
import { setUpPairs } from "./pairs.js";
import { setUpPasskeys } from "./passkeys.js";
import { setUpRule } from "./rule.js";
import { setUpSave } from "./save.js";
import { setUpShare } from "./share.js";
import { setUpSuggestions } from "./suggest.js";

document.documentElement.classList.add("live");
setUpSuggestions();
setUpLiveSearch();
setUpPairs();
setUpShare();
setUpSave();
setUpOrder();
setUpPasskeys();
setUpKeys();
setUpGlance();
setUpAreas();
setUpRule();
