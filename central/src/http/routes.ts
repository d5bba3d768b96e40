/**
 * Every address of the central. Owns the list, gathered from the parts that answer.
 */

import { adminRoutes } from "../admin/routes.ts";
import { deviceRoutes } from "../devices/routes.ts";
import { documentRoutes } from "../documents/routes.ts";
import { pullRoutes } from "../pull/routes.ts";
import { pushRoutes } from "../push/routes.ts";
import type { Route } from "./call.ts";
import { healthRoute } from "./health.ts";

export const routes: Route[] = [healthRoute, ...deviceRoutes, ...pushRoutes, ...documentRoutes, ...pullRoutes, ...adminRoutes];
