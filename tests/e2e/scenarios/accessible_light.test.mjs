/** Every view can be used by everyone, light. */

import { everyViewIn } from "../lib/everyone.mjs";

everyViewIn("light");
