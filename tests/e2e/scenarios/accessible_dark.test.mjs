/** Every view can be used by everyone, dark. */

import { everyViewIn } from "../lib/everyone.mjs";

everyViewIn("dark");
